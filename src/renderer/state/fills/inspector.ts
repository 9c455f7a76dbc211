import type { Edit, Marking } from '../../../shared/document-model';
import { contains, expand, type Point, type Rect, rectOf } from '../../../shared/geometry';
import { patchCovers } from '../../../shared/plane-patch';
import { reachOf } from '../../../shared/source-map';
import { texts } from '../../texts';
import type { PictureView } from '../document/picture-view';
import type { EngineLink } from '../../link/engine-link';
import { canFill, type FillsStore, type FillsState, type Inspected, NOT_INSPECTED } from './fills-slice';
import type { Documents } from '../document/documents';
import { chosenVariant, editsBelow, markingOf } from '../document/edits';
import { INSPECT_TOOL } from '../document/tool-id';
import { earlierHoles, sourceFor } from './fill-source';
import { elsewhereTask, type FillTask, piecesTask } from './fill-task';
import type { Fills } from './fills';
import type { Notices } from '../shell/notices';
import type { OpenDocument } from '../document/open-document';
import { choosing, refusing } from './piece-choices';
import type { Piece } from './piece-map';
import { SourceMaps } from './source-maps';

/** How far around a source patch one may point at it, picture pixels. */
const NEAR = 6;
/** How far around a source patch nothing is to be taken from, when it was refused: its neighbours look like it. */
const REFUSED = 16;
/** Of a piece's middle, the least share that may be copied at a source that it is dragged to. */
const LEAST_USABLE = 0.5;

interface InspectorOptions {
  readonly store: FillsStore;
  readonly engine: EngineLink;
  readonly canvas: PictureView;
  readonly documents: Documents;
  readonly fills: Fills;
  readonly notices: Notices;
}

/** A piece under the hand. Picture pixels. */
export interface PieceDrag {
  move(to: Point): void;
  /** From now on it comes from where it was dragged: the fill is cut again. */
  end(): void;
  /** It stays as it was. */
  cancel(): void;
}

type InspectedPiece = Extract<Inspected, { readonly kind: 'piece' }>;

/** An edit that is inspected, and all that is needed to fill it again. */
interface Target {
  readonly edit: Edit;
  readonly marking: Marking;
  readonly document: OpenDocument;
}

/**
 * Shows where the pixels of finished fills came from, and fills again without a place that was wrong. Of a fill that is made
 * of pieces, one can be held: it stays shown, and can be dragged to another source.
 */
export class Inspector {
  private readonly options: InspectorOptions;
  private readonly maps: SourceMaps;
  private pointer: Point | null = null;
  /** The piece that is shown. */
  private piece: Piece | null = null;
  /** The piece that was held before the stack changed: it is held on in what the fill is now. */
  private holding: InspectedPiece | null = null;
  private dragging = false;

  constructor(options: InspectorOptions) {
    this.options = options;
    this.maps = new SourceMaps(options.engine);
    options.store.subscribe((state, before) => {
      const goesOn = state.document === before.document && state.tool === before.tool;
      const same = goesOn && state.edits === before.edits;
      if (same && state.flow === before.flow) return;
      this.holding = goesOn ? (heldIn(before) ?? this.holding) : null;
      if (!same) this.show(NOT_INSPECTED, null);
      this.update().catch((error: unknown) => options.notices.error(error));
    });
  }

  /** The pointer is here. Outside every fill the last place stays, so that its source can be pointed at. */
  hover(at: Point | null): void {
    this.pointer = at;
    const state = this.options.store.getState();
    if (this.dragging || heldIn(state)) return;
    const found = at && state.tool === INSPECT_TOOL ? this.maps.look(state.edits, at) : null;
    if (found) this.show(found.inspected, found.piece);
  }

  /** Takes hold of the piece at a place, or of the source of the one that is held; without one nothing is held any more. */
  press(at: Point): PieceDrag | null {
    const { store } = this.options;
    const { edits, inspected } = store.getState();
    if (inspected.kind === 'piece' && inspected.held && this.piece && isSource(this.piece, inspected.shift, at))
      return this.drag(inspected, this.piece, at, inspected.shift);
    const found = this.maps.look(edits, at);
    if (found?.piece && found.inspected.kind === 'piece') {
      const held = { ...found.inspected, held: true };
      this.show(held, found.piece);
      this.options.documents.open?.workspace.enter(held.editId);
      return this.drag(held, found.piece, at, { x: 0, y: 0 });
    }
    this.holding = null;
    if (inspected.kind === 'piece') this.show(NOT_INSPECTED, null);
    return null;
  }

  /** What is under the pointer, in the fill or at its source, is not to be copied from. */
  async refuse(at: Point): Promise<void> {
    const found = this.maps.look(this.options.store.getState().edits, at);
    if (found) this.show(found.inspected, found.piece);
    const { inspected } = this.options.store.getState();
    const box = { x: at.x, y: at.y, width: 0, height: 0 };
    if (found || (inspected.kind === 'known' && contains(expand(inspected.source, NEAR), box)))
      await this.refuseShown();
  }

  /** Fills the edit again without the source that is shown: a variant of it. */
  async refuseShown(): Promise<void> {
    const { inspected } = this.options.store.getState();
    const target = this.dragging ? null : this.target(inspected);
    if (!target) return;
    const { edit, marking, document } = target;
    if (inspected.kind === 'known') {
      await this.run(elsewhereTask(edit, marking, document.info, expand(inspected.source, REFUSED)));
    } else if (inspected.kind === 'piece' && this.piece) {
      const choices = refusing(chosenVariant(edit).recipe.pieces, this.piece, inspected);
      await this.run(piecesTask(edit, marking, choices, texts.steps.notFromThere(edit.number)));
    }
  }

  /** @param from the way to its source when it was pressed */
  private drag(inspected: InspectedPiece, piece: Piece, pressed: Point, from: Point): PieceDrag {
    let { shift } = inspected;
    this.dragging = true;
    const leave = () => {
      this.dragging = false;
      this.show(inspected, piece);
    };
    return {
      move: (to) => {
        shift = { x: Math.round(from.x + to.x - pressed.x), y: Math.round(from.y + to.y - pressed.y) };
        this.show({ ...inspected, shift, dragged: true }, piece);
      },
      end: () => {
        leave();
        this.choose(inspected, piece, shift).catch((error: unknown) => this.options.notices.error(error));
      },
      cancel: leave,
    };
  }

  private async choose(inspected: InspectedPiece, piece: Piece, shift: Point): Promise<void> {
    const target = this.target(inspected);
    if (!target || (shift.x === inspected.shift.x && shift.y === inspected.shift.y)) return;
    if (this.usableShare(target, piece, shift) < LEAST_USABLE) {
      this.options.notices.info(texts.notices.pieceNowhere, texts.notices.pieceNowhereHelp);
      return;
    }
    const { edit, marking } = target;
    const choices = choosing(chosenVariant(edit).recipe.pieces, piece, shift);
    // What it will be made of is seen there until it is.
    const awaited: Inspected = { ...inspected, shift, dragged: true };
    this.show(awaited, piece);
    await this.run(piecesTask(edit, marking, choices, texts.steps.otherSource(edit.number)));
    if (this.options.store.getState().inspected === awaited) this.show(inspected, piece);
  }

  /** How much of a piece's middle may be copied from there, as its fill is asked for. */
  private usableShare({ edit, marking, document }: Target, { middle }: Piece, shift: Point): number {
    const { edits, models } = this.options.store.getState();
    const { modelId, region } = chosenVariant(edit).recipe;
    const below = editsBelow(edits, edit.editId);
    const { freshOnly, hole } = marking;
    const without = earlierHoles({ below, markings: document.markings, freshOnly, models, modelId });
    const source = sourceFor(document.info, marking, region, without);
    const usable = ({ x, y, width, height }: Rect) => {
      const at = { x: x + width / 2 + shift.x, y: y + height / 2 + shift.y };
      if (!contains(rectOf(document.info), { ...at, width: 0, height: 0 }) || patchCovers(hole, at)) return false;
      return source.kind === 'everywhere' || (source.kind === 'part' && patchCovers(source.patch, at));
    };
    const sizeOf = (rects: readonly Rect[]) => rects.reduce((sum, { width, height }) => sum + width * height, 0);
    return sizeOf(middle.filter(usable)) / sizeOf(middle);
  }

  private async run(task: FillTask): Promise<void> {
    await this.options.fills.run(task);
  }

  /** Null where nothing of a fill is shown, or none can start. */
  private target(inspected: Inspected): Target | null {
    const { store, documents } = this.options;
    const state = store.getState();
    if (inspected.kind === 'none' || !documents.open || !canFill(state)) return null;
    const edit = state.edits.find(({ editId }) => editId === inspected.editId);
    const marking = edit && markingOf(edit, documents.open.markings);
    return edit && marking ? { edit, marking, document: documents.open } : null;
  }

  private show(inspected: Inspected, piece: Piece | null): void {
    const { store, canvas } = this.options;
    if (same(store.getState().inspected, inspected) && piece === this.piece) return;
    this.piece = piece;
    store.setState({ inspected });
    if (inspected.kind === 'known')
      canvas.setInspected({ kind: 'patch', cell: inspected.cell, source: inspected.source });
    else if (inspected.kind === 'piece' && piece) {
      const { shift, held, dragged } = inspected;
      canvas.setInspected({ kind: 'piece', ...piece, shift, held, dragged });
    } else canvas.setInspected(null);
  }

  /** Brings what is shown up to date with the stack, the tool and the switch. */
  private async update(): Promise<void> {
    const { store, canvas, documents } = this.options;
    const { open } = documents;
    this.maps.follow(open);
    const { edits, tool, flow } = store.getState();
    if (open && (flow || tool === INSPECT_TOOL)) await this.maps.load(edits);
    const now = store.getState();
    if (documents.open !== open || now.edits !== edits) return;
    const flows = now.flow ? this.maps.of(edits).map(({ map, pieces }) => ({ map, seams: pieces?.seams ?? null })) : [];
    const reach = reachOf(flows.map(({ map }) => map));
    canvas.setFlow(flows, reach);
    store.setState({ flowReach: Math.round(reach) });
    const held = this.holding;
    this.holding = null;
    const again = held && now.tool === INSPECT_TOOL ? this.maps.look(edits, held.at) : null;
    if (again?.piece && again.inspected.kind === 'piece' && again.inspected.editId === held?.editId)
      this.show({ ...again.inspected, held: true }, again.piece);
    else this.hover(this.pointer);
  }
}

function heldIn({ inspected }: FillsState): InspectedPiece | null {
  return inspected.kind === 'piece' && inspected.held ? inspected : null;
}

/** Whether a place lies in the source of a piece. */
function isSource({ rects }: Piece, shift: Point, { x, y }: Point): boolean {
  const box = { x: x - shift.x, y: y - shift.y, width: 0, height: 0 };
  return rects.some((rect) => contains(rect, box));
}

function same(a: Inspected, b: Inspected): boolean {
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  if (a.editId !== b.editId || a.kind !== b.kind) return false;
  if (a.kind === 'known' && b.kind === 'known') return a.cell.x === b.cell.x && a.cell.y === b.cell.y;
  if (a.kind !== 'piece' || b.kind !== 'piece') return true;
  return a.held === b.held && a.dragged === b.dragged && [a.at, a.shift].every((at, i) => isAt(at, [b.at, b.shift][i]));
}

function isAt(a: Point, b: Point | undefined): boolean {
  return a.x === b?.x && a.y === b.y;
}
