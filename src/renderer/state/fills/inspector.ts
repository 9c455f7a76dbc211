import type { Edit } from '../../../shared/document-model';
import { contains, expand, type Point } from '../../../shared/geometry';
import { patchCovers } from '../../../shared/plane-patch';
import { reachOf, sourceAt, type SourceMap } from '../../../shared/source-map';
import type { PictureView } from '../document/picture-view';
import type { EngineLink } from '../../link/engine-link';
import { canFill, type FillsStore, type FillsState, type Inspected, NOT_INSPECTED } from './fills-slice';
import type { Documents } from '../document/documents';
import { chosenVariant, markingOf } from '../document/edits';
import { INSPECT_TOOL } from '../document/tool-id';
import { elsewhereTask } from './fill-task';
import type { Fills } from './fills';
import type { Notices } from '../shell/notices';
import type { OpenDocument } from '../document/open-document';

/** How far around a source patch one may point at it, picture pixels. */
const NEAR = 6;
/** How far around a source patch nothing is to be taken from, when it was refused: its neighbours look like it. */
const REFUSED = 16;

interface InspectorOptions {
  readonly store: FillsStore;
  readonly engine: EngineLink;
  readonly canvas: PictureView;
  readonly documents: Documents;
  readonly fills: Fills;
  readonly notices: Notices;
}

/** Shows where the pixels of finished fills came from, and fills again without a place that was wrong. */
export class Inspector {
  private readonly options: InspectorOptions;
  private document: OpenDocument | null = null;
  /** By patch, of that document; null for one of which nothing is known. */
  private readonly maps = new Map<string, SourceMap | null>();
  private pointer: Point | null = null;

  constructor(options: InspectorOptions) {
    this.options = options;
    options.store.subscribe((state, before) => {
      const same = state.edits === before.edits && state.document === before.document && state.tool === before.tool;
      if (same && state.flow === before.flow) return;
      if (!same) this.show(NOT_INSPECTED);
      this.update().catch((error: unknown) => options.notices.error(error));
    });
  }

  /** The pointer is here. Outside every fill the last place stays, so that its source can be pointed at. */
  hover(at: Point | null): void {
    this.pointer = at;
    const state = this.options.store.getState();
    const found = at && state.tool === INSPECT_TOOL ? this.look(state, at) : null;
    if (found) this.show(found);
  }

  /** What is under the pointer, in the fill or at its source, is not to be copied from. */
  async refuse(at: Point): Promise<void> {
    const state = this.options.store.getState();
    const found = this.look(state, at);
    if (found) this.show(found);
    const { inspected } = this.options.store.getState();
    const box = { x: at.x, y: at.y, width: 0, height: 0 };
    if (found || (inspected.kind === 'known' && contains(expand(inspected.source, NEAR), box)))
      await this.refuseShown();
  }

  /** Fills the edit again without the source that is shown: a variant of it. */
  async refuseShown(): Promise<void> {
    const { store, documents, fills } = this.options;
    const state = store.getState();
    const { inspected } = state;
    const document = documents.open;
    if (!document || inspected.kind !== 'known' || !canFill(state)) return;
    const edit = state.edits.find(({ editId }) => editId === inspected.editId);
    const marking = edit && markingOf(edit, document.markings);
    if (!edit || !marking) return;
    await fills.run(elsewhereTask(edit, marking, document.info, expand(inspected.source, REFUSED)));
  }

  private show(inspected: Inspected): void {
    const { store, canvas } = this.options;
    if (same(store.getState().inspected, inspected)) return;
    store.setState({ inspected });
    canvas.setInspected(inspected.kind === 'known' ? inspected : null);
  }

  /** Brings what is shown up to date with the stack, the tool and the switch. */
  private async update(): Promise<void> {
    const { store, canvas, documents } = this.options;
    const { open } = documents;
    if (open !== this.document) {
      this.document = open;
      this.maps.clear();
    }
    const { edits, tool, flow } = store.getState();
    if (open && (flow || tool === INSPECT_TOOL)) await this.load(open, edits);
    const now = store.getState();
    if (documents.open !== open || now.edits !== edits) return;
    const maps = now.flow ? this.mapsOf(edits) : [];
    const reach = reachOf(maps);
    canvas.setFlow(maps, reach);
    store.setState({ flowReach: Math.round(reach) });
    this.hover(this.pointer);
  }

  private async load({ info }: OpenDocument, edits: readonly Edit[]): Promise<void> {
    const { documentId } = info;
    const patches = edits.filter(isSeen).flatMap((edit) => chosenVariant(edit).patches);
    const missing = patches.filter(({ patchId }) => !this.maps.has(patchId));
    await Promise.all(
      missing.map(async ({ patchId }) => {
        const answer = await this.options.engine.request('sourceMap', { documentId, patchId });
        if (this.document?.info.documentId !== documentId) return;
        this.maps.set(patchId, answer && { ...answer, shifts: new Int32Array(answer.shifts.slice().buffer) });
      }),
    );
  }

  private mapsOf(edits: readonly Edit[]): readonly SourceMap[] {
    const patches = edits.filter(isSeen).flatMap((edit) => chosenVariant(edit).patches);
    return patches.flatMap(({ patchId }) => this.maps.get(patchId) ?? []);
  }

  /** The topmost fill at a place; null where there is none, or its map has not arrived. */
  private look({ edits }: FillsState, at: Point): Inspected | null {
    const { markings } = this.document ?? {};
    for (const edit of [...edits].reverse().filter(isSeen)) {
      const { editId, number } = edit;
      const marking = markings && markingOf(edit, markings);
      if (!marking || !patchCovers(marking.hole, at)) continue;
      const maps = chosenVariant(edit).patches.map(({ patchId }) => this.maps.get(patchId));
      if (maps.includes(undefined)) return null;
      const place = maps.map((map) => map && sourceAt(map, at)).find((found) => found);
      return place ? { kind: 'known', editId, number, ...place } : { kind: 'unknown', editId, number };
    }
    return null;
  }
}

function isSeen({ visible, opacity }: Edit): boolean {
  return visible && opacity > 0;
}

function same(a: Inspected, b: Inspected): boolean {
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  if (a.editId !== b.editId || a.kind !== b.kind) return false;
  return a.kind !== 'known' || b.kind !== 'known' || (a.cell.x === b.cell.x && a.cell.y === b.cell.y);
}
