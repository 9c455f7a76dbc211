import type { AppState, AppStore } from '../app-state';
import { earlierHoles } from './fill-source';
import type { OpenDocument } from '../document/open-document';

/** Side of a patch that the network compares, pixels at working size; two of them hold a whole one wherever they lie. */
const PATCH = 16;
/** Fewer patches than this are hardly a choice. */
const FEW = 4;
/** The plane is counted when the hand rests, not with every stroke. */
const WAIT_MS = 250;

/** Whether the allowed source would hold only a few patches, at the scale that the hole is worked on. */
export function isSourceSmall(state: AppState, document: OpenDocument): boolean {
  const { masks } = document;
  const { edits, models, freshOnly, settings } = state;
  const { markings } = document;
  const without = earlierHoles({ below: edits, markings, freshOnly, models, modelId: settings.modelId });
  if (masks.isEmpty('include') && masks.isEmpty('exclude') && without.length === 0) return false;
  // Last, because it reads the whole plane: 50 ms of 100 megapixels, after every stroke.
  const hole = masks.plane('hole').bounds();
  if (!hole) return false;
  const side = PATCH * Math.max(1, Math.max(hole.width, hole.height) / state.settings.workingSize);
  return masks.sourcePlane(without).count() < FEW * side * side;
}

/** Keeps `sourceSmall` up to date while a document is open. */
export class SourceWatch {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stopListening: readonly (() => void)[];

  constructor(store: AppStore, document: OpenDocument) {
    const look = () => {
      const sourceSmall = isSourceSmall(store.getState(), document);
      if (store.getState().sourceSmall !== sourceSmall) store.setState({ sourceSmall });
    };
    const lookSoon = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(look, WAIT_MS);
    };
    this.stopListening = [
      document.masks.onChange(lookSoon),
      store.subscribe((now, before) => {
        if (now.freshOnly !== before.freshOnly || now.edits !== before.edits || now.settings !== before.settings)
          lookSoon();
      }),
    ];
    lookSoon();
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const stop of this.stopListening) stop();
  }
}
