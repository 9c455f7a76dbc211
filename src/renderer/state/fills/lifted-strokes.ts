import type { Notices } from '../shell/notices';
import { isBusy } from './fill-machine';
import type { Fills } from './fills';
import { canFill, type FillsStore } from './fills-slice';

/** Fills strokes as soon as the tip is lifted; those that are painted while a fill runs come together after it. */
export class LiftedStrokes {
  private waiting = false;
  private readonly options: { readonly store: FillsStore; readonly fills: Fills; readonly notices: Notices };

  constructor(options: { store: FillsStore; fills: Fills; notices: Notices }) {
    this.options = options;
    options.store.subscribe((now, before) => {
      if (now.document !== before.document || now.fill.kind === 'cancelled' || now.fill.kind === 'failed')
        this.waiting = false;
      if (!this.waiting || !isBusy(before.fill) || !canFill(now)) return;
      this.waiting = false;
      // What the fill before has done is to be there first.
      queueMicrotask(() => this.lifted());
    });
  }

  lifted(): void {
    const { store, fills, notices } = this.options;
    const state = store.getState();
    // A fill that is edited is made again by Remakes.
    if (!state.painted.hole || (state.selectedEdit !== null && state.settings.remakeOnLift)) return;
    if (isBusy(state.fill)) this.waiting = true;
    else fills.start().catch((error: unknown) => notices.error(error));
  }
}
