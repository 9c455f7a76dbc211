import { HintStroke } from '../../../shared/hint-stroke';
import { strokeSample } from '../../../shared/stroke';
import { texts } from '../../texts';
import type { ShellSlice } from '../shell/shell-slice';
import type { DocumentStore } from './document-slice';
import type { Documents } from './documents';
import type { HintChoice } from './hint-choice';
import type { StrokeSession } from './stroke-session';
import { EYEDROPPER_TOOL, HINT_TOOL } from './tool-id';

/** Colours painted into the hole, for the coarse fill to be steered by. */
export class Hints {
  private readonly store: DocumentStore;
  private readonly documents: Documents;

  constructor(parts: { store: DocumentStore; documents: Documents }) {
    this.store = parts.store;
    this.documents = parts.documents;
  }

  /**
   * Starts a stroke with the present tip. It is painted as it grows, and is one step when it is committed. One that begins
   * outside the hole of the edited fill is for the new one.
   */
  beginStroke(): StrokeSession | null {
    const document = this.documents.open;
    if (!document) return null;
    const { hint, settings } = this.store.getState();
    const { colour, ...tip } = hint;
    const stroke = new HintStroke(document.hints, { colour: rgbOf(colour), ...tip });
    let begun = false;
    return {
      add: (places) => {
        const [first] = places;
        if (!begun && first && !document.masks.plane('hole').get(Math.floor(first.at.x), Math.floor(first.at.y)))
          document.workspace.enter(null);
        begun = true;
        stroke.add(places.map(({ at }) => strokeSample(at.x, at.y, settings.brushSize / 2)));
      },
      commit: () =>
        document.remember(hint.erases ? texts.steps.hintEraser : texts.steps.hint, { hints: stroke.change() }),
      discard: () => document.hints.toggle(stroke.change()),
    };
  }

  /** Paints with this colour from now on; takes the brush up again after the eyedropper. */
  pick(colour: string): void {
    this.choose({ colour, erases: false });
    if (this.store.getState().tool === EYEDROPPER_TOOL) this.store.setState({ tool: HINT_TOOL });
  }

  choose(change: Partial<HintChoice>): void {
    this.store.setState(({ hint }) => ({ hint: { ...hint, ...change } }));
  }

  clear(): void {
    const document = this.documents.open;
    document?.remember(texts.steps.clearHint, { hints: document.hints.clear() });
  }
}

/** Whether the chosen model can be steered: it has a coarse stage. */
export function takesHints({ models, settings }: Pick<ShellSlice, 'models' | 'settings'>): boolean {
  return models.find(({ modelId }) => modelId === settings.modelId)?.capabilities.coarse !== false;
}

/** A colour on the screen as "#rrggbb". */
export function hexOf([red, green, blue]: readonly [number, number, number]): string {
  return `#${[red, green, blue].map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
