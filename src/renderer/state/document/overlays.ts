import { BitPlane } from '../../../shared/bit-plane';
import type { Marking } from '../../../shared/document-model';
import { drawPatch } from '../../../shared/plane-patch';
import { type DocumentStore, selectedEdit } from './document-slice';
import type { Documents } from './documents';
import { markingOf } from './edits';
import type { PictureView } from './picture-view';
import { PlanePyramid } from './plane-pyramid';

interface OverlaysOptions {
  readonly store: DocumentStore;
  readonly documents: Documents;
  readonly canvas: Pick<PictureView, 'setOverlays' | 'setMaskOpen' | 'setSelected'>;
}

/**
 * What lies over the picture and can be hidden: paint, outlines, lines. It is hidden while two looks are compared, unless
 * it is wanted then, too. The selected fill is outlined; a mask that is open lies faintly on its fill.
 */
export class Overlays {
  private readonly options: OverlaysOptions;
  private outlined: Marking | null = null;

  constructor(options: OverlaysOptions) {
    this.options = options;
    const { store, canvas } = options;
    store.subscribe((now, before) => {
      if (now.comparison.kind !== before.comparison.kind) this.show(now.comparison.kind === 'none');
      if (now.overlays !== before.overlays) canvas.setOverlays(now.overlays);
      if (now.openMask !== before.openMask) canvas.setMaskOpen(now.openMask !== null);
      this.outline();
    });
  }

  show(overlays: boolean): void {
    const { store } = this.options;
    if (store.getState().overlays !== overlays) store.setState({ overlays });
  }

  private outline(): void {
    const { store, documents, canvas } = this.options;
    const { open } = documents;
    const state = store.getState();
    const edit = state.openMask === null ? selectedEdit(state) : null;
    const marking = (edit?.visible && open && markingOf(edit, open.markings)) || null;
    if (marking === this.outlined) return;
    this.outlined = marking;
    if (!marking || !open) {
      canvas.setSelected(null);
      return;
    }
    const plane = new BitPlane(open.info.width, open.info.height);
    drawPatch(plane, marking.hole, true);
    canvas.setSelected(new PlanePyramid(plane));
  }
}
