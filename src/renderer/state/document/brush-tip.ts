import type { Point } from '../../../shared/geometry';
import { strokeSample, type StrokeSample } from '../../../shared/stroke';
import type { DocumentStore } from './document-slice';
import type { PlaneTarget } from './planes';

/** The lightest touch still leaves this part of the tip's radius. */
const LIGHTEST = 0.1;

/**
 * The tip in the hand. A hole has no half pixels: what a soft tip softens is the fill, which then gets an edge as soft as
 * the softest stroke of the hole. A new hole starts anew.
 */
export class BrushTip {
  private readonly store: DocumentStore;

  constructor(store: DocumentStore) {
    this.store = store;
    store.subscribe((now, before) => {
      if (before.painted.hole && !now.painted.hole && now.tipSoftness > 0) store.setState({ tipSoftness: 0 });
    });
  }

  /** One point of a stroke; `pressure` as in PointerSample. */
  sample(at: Point, pressure: number): StrokeSample {
    const { brushSize, penPressure } = this.store.getState().settings;
    const part = penPressure ? Math.max(LIGHTEST, pressure) : 1;
    return strokeSample(at.x, at.y, (part * brushSize) / 2);
  }

  /** A stroke has become part of these planes. */
  used(targets: readonly PlaneTarget[]): void {
    const { settings, tipSoftness } = this.store.getState();
    if (!targets.some(({ plane, on }) => plane === 'hole' && on)) return;
    const softness = Math.round(((1 - settings.hardness) * settings.brushSize) / 2);
    if (softness > tipSoftness) this.store.setState({ tipSoftness: softness });
  }
}
