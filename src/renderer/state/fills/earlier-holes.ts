import { BitPlane } from '../../../shared/bit-plane';
import { drawPatch } from '../../../shared/plane-patch';
import type { PlanePatch } from '../../../shared/protocol/values';
import { PlanePyramid } from '../document/plane-pyramid';
import type { PictureView } from '../document/picture-view';
import type { FillsState, FillsStore } from './fills-slice';
import type { Documents } from '../document/documents';
import { editsBelow } from '../document/edits';
import { SOURCE_TOOLS } from '../document/tool-id';
import { earlierHoles } from './fill-source';
import type { OpenDocument } from '../document/open-document';

interface EarlierHolesOptions {
  readonly store: FillsStore;
  readonly documents: Documents;
  readonly canvas: Pick<PictureView, 'setEarlier'>;
}

/**
 * The earlier holes that the fill would not copy from, shown on the canvas while the source is being chosen: with a source
 * tool in the hand, or once a source is painted beside the new hole. Afterwards fills are to be seen as they are.
 */
export class EarlierHoles {
  private shown: { readonly document: OpenDocument; readonly patches: readonly PlanePatch[] } | null = null;
  private readonly options: EarlierHolesOptions;

  constructor(options: EarlierHolesOptions) {
    this.options = options;
    options.store.subscribe((now, before) => {
      if (KEYS.some((key) => now[key] !== before[key])) this.look(now);
    });
  }

  private look(state: FillsState): void {
    const document = this.options.documents.open;
    const patches = document && areShown(state) ? patchesOf(state, document) : [];
    if (!document || patches.length === 0) {
      if (this.shown) this.options.canvas.setEarlier(null);
      this.shown = null;
      return;
    }
    const { shown } = this;
    const same = shown?.document === document && sameItems(shown.patches, patches);
    if (same) return;
    this.shown = { document, patches };
    this.options.canvas.setEarlier(pyramidOf(document, patches));
  }
}

const KEYS = ['document', 'edits', 'selectedEdit', 'freshOnly', 'models', 'settings', 'tool', 'painted'] as const;

function areShown({ tool, painted, selectedEdit }: FillsState): boolean {
  const choosing = tool === SOURCE_TOOLS.include || tool === SOURCE_TOOLS.exclude;
  return choosing || (selectedEdit === null && painted.hole && (painted.include || painted.exclude));
}

function patchesOf({ edits, selectedEdit, freshOnly, models, settings }: FillsState, { markings }: OpenDocument) {
  const below = selectedEdit === null ? edits : editsBelow(edits, selectedEdit);
  return earlierHoles({ below, markings, freshOnly, models, modelId: settings.modelId });
}

function pyramidOf({ info }: OpenDocument, patches: readonly PlanePatch[]): PlanePyramid {
  const plane = new BitPlane(info.width, info.height);
  for (const patch of patches) drawPatch(plane, patch, true);
  return new PlanePyramid(plane);
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
