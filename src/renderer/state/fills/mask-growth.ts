import { grown, MOST_GROWTH, ringAround } from '../../../shared/grow';
import { planePatchOf } from '../../../shared/plane-delta';
import { texts } from '../../texts';
import type { EngineLink } from '../../link/engine-link';
import type { Documents } from '../document/documents';
import { layersOf } from '../document/edits';
import type { OpenDocument } from '../document/open-document';
import type { PictureView } from '../document/picture-view';
import { PlanePyramid } from '../document/plane-pyramid';
import { isBusy } from './fill-machine';
import type { FillsState, FillsStore } from './fills-slice';

/** The mask is looked at when the hand rests, not with every stroke. */
const WAIT_MS = 600;

interface MaskGrowthOptions {
  readonly store: FillsStore;
  readonly engine: EngineLink;
  readonly documents: Documents;
  readonly canvas: Pick<PictureView, 'setRim'>;
  /** Whether a stroke is under the hand, which must not wait for anything. */
  readonly isHandBusy: () => boolean;
}

/**
 * Looks whether what is painted leaves a rim or a shadow of what it is to cover, and offers to grow it to the edge. The engine
 * looks at the picture, and gives way to fills; a stroke or a fill that begins makes its answer void.
 */
export class MaskGrowth {
  private readonly options: MaskGrowthOptions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private document: OpenDocument | null = null;
  private stopListening: () => void = () => undefined;
  /** Counts the states of the mask, so that an answer about an earlier one is known. */
  private asked = 0;
  /** A person wants to hear no more of this hole. */
  private dismissed = false;

  constructor(options: MaskGrowthOptions) {
    this.options = options;
    options.store.subscribe((now, before) => {
      if (now.document !== before.document) this.follow(options.documents.open);
      if (KEYS.some((key) => now[key] !== before[key]) || mayLook(now) !== mayLook(before)) this.lookAgain();
    });
  }

  /** Grows the hole over what is left over: a step of the history. */
  take(): void {
    const { store, documents } = this.options;
    const { maskFault } = store.getState();
    if (!maskFault) return;
    documents.open?.transform('hole', (now) => grown(now, maskFault.grow), texts.steps.growToEdge);
  }

  /** Leaves it as it is, and says no more about it until another hole is painted. */
  dismiss(): void {
    this.dismissed = true;
    this.lookAgain();
  }

  private follow(document: OpenDocument | null): void {
    if (document === this.document) return;
    this.stopListening();
    this.document = document;
    this.dismissed = false;
    this.stopListening =
      document?.masks.onChange((plane) => {
        if (plane === 'hole') this.lookAgain();
      }) ?? (() => undefined);
  }

  private lookAgain(): void {
    const { store, canvas } = this.options;
    this.asked++;
    clearTimeout(this.timer);
    const state = store.getState();
    if (!state.painted.hole) this.dismissed = false;
    if (state.maskFault) {
      store.setState({ maskFault: null });
      canvas.setRim(null);
    }
    if (!this.dismissed && mayLook(state)) this.timer = setTimeout(() => void this.look(), WAIT_MS);
  }

  private async look(): Promise<void> {
    const { store, engine, canvas, isHandBusy } = this.options;
    const { document } = this;
    if (isHandBusy()) return this.lookAgain();
    const number = this.asked;
    const hole = document && planePatchOf(document.masks.plane('hole'));
    if (!document || !hole) return;
    const { documentId } = document.info;
    const layers = layersOf(store.getState().edits);
    // That nothing was found out, as when a fill came in between, needs no message: the fill goes on without it.
    const found = await engine.request('maskFit', { documentId, hole, layers }).catch(() => null);
    if (number !== this.asked || !found?.fault || found.grow === 0) return;
    if (isHandBusy()) return this.lookAgain();
    const grow = Math.min(MOST_GROWTH, found.grow);
    canvas.setRim(new PlanePyramid(ringAround(document.masks.plane('hole'), grow)));
    store.setState({ maskFault: { fault: found.fault, grow } });
  }
}

const KEYS = ['document', 'edits', 'selectedEdit'] as const;

/**
 * What shall come back is painted over exactly; only what is to vanish may leave something over. Of a fill that is there a
 * person sees what it leaves.
 */
function mayLook({ document, partial, painted, selectedEdit, settings, engine, fill }: FillsState): boolean {
  return (
    document.kind === 'open' &&
    !partial &&
    painted.hole &&
    selectedEdit === null &&
    settings.manner === 'remove' &&
    engine.kind === 'ready' &&
    fill.kind !== 'waiting' &&
    !isBusy(fill)
  );
}
