import type { DocumentSlice, DocumentStore } from './document-slice';
import type { PaintLook, PictureView } from './picture-view';

interface OverlaysOptions {
  readonly store: DocumentStore;
  readonly canvas: Pick<PictureView, 'setOverlays' | 'setPaintLook'>;
}

/**
 * What lies over the picture and can be hidden: paint, outlines, lines. It is hidden while two looks are compared, unless
 * it is wanted then, too. Of a fill that is edited only the outline is seen, so that it can be judged, and what is changed of
 * its paint faintly, until it is filled.
 */
export class Overlays {
  private readonly store: DocumentStore;

  constructor({ store, canvas }: OverlaysOptions) {
    this.store = store;
    store.subscribe((now, before) => {
      if (now.comparison.kind !== before.comparison.kind) this.show(now.comparison.kind === 'none');
      if (now.overlays !== before.overlays) canvas.setOverlays(now.overlays);
      const look = paintLook(now);
      if (look !== paintLook(before)) canvas.setPaintLook(look);
    });
  }

  show(overlays: boolean): void {
    if (this.store.getState().overlays !== overlays) this.store.setState({ overlays });
  }
}

function paintLook({ selectedEdit, changedPaint }: DocumentSlice): PaintLook {
  if (selectedEdit === null) return 'full';
  return changedPaint ? 'faint' : 'outline';
}
