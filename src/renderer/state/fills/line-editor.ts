import type { BitPlane } from '../../../shared/bit-plane';
import type { Edit } from '../../../shared/document-model';
import { nearestShare, type Point, type Size } from '../../../shared/geometry';
import { endsOf, simplifiedLine, type StructureLine } from '../../../shared/structure-line';
import { texts } from '../../texts';
import { selectedEdit } from '../document/document-slice';
import type { Documents } from '../document/documents';
import { chosenVariant, markingOf } from '../document/edits';
import type { OpenDocument } from '../document/open-document';
import type { PictureView, ShownLine } from '../document/picture-view';
import type { Notices } from '../shell/notices';
import { canFill, type FillsStore } from './fills-slice';
import { type Lines, linesTask } from './fill-task';
import type { Fills } from './fills';

interface LineEditorOptions {
  readonly store: FillsStore;
  readonly canvas: PictureView;
  readonly documents: Documents;
  readonly fills: Fills;
  readonly notices: Notices;
}

/** A line that is drawn for the fill that is edited, or that the program has found for it. */
interface Held {
  readonly line: StructureLine;
  /** The fill that it was found for; null: a person drew it. */
  readonly foundFor: Edit | null;
}

/**
 * Lines that fills continue. They are drawn on the picture for the fill that is edited, and are steps of the history; one
 * that was found and is moved or taken away makes that fill again, as one more variant.
 */
export class LineEditor {
  private readonly options: LineEditorOptions;
  private document: OpenDocument | null = null;
  private stopListening: (() => void) | null = null;
  /** The line under the hand. */
  private sketched: readonly Point[] | null = null;

  constructor(options: LineEditorOptions) {
    this.options = options;
    options.store.subscribe((now, before) => {
      const same = now.edits === before.edits && now.selectedEdit === before.selectedEdit;
      if (!same || now.document !== before.document) this.show();
    });
  }

  /** Shows a line while it is drawn; null: none. */
  sketch(points: readonly Point[] | null): void {
    this.sketched = points;
    this.show();
  }

  /**
   * Adds a line: to the edited fill when it crosses its hole, else to the new one. What is as good as straight becomes so.
   * @param tolerance picture pixels
   */
  add(points: readonly Point[], tolerance: number): void {
    this.sketch(null);
    const { documents } = this.options;
    const { open } = documents;
    if (!open) return;
    const line = this.lineOf(points, tolerance, open);
    if (!line) return;
    if (open.workspace.editId !== null && !crosses(line, open.masks.plane('hole'))) open.workspace.enter(null);
    open.remember(texts.steps.line, { lines: open.lines.toggle([line]) });
  }

  /** The line at a place, with its end where that is near. @param reach picture pixels */
  at(place: Point, reach: number): { readonly line: StructureLine; readonly end: 0 | 1 | null } | null {
    const found = this.nearest(place, reach);
    if (!found) return null;
    const near = endsOf(found.line.points).map((end) => Math.hypot(end.x - place.x, end.y - place.y) <= reach);
    return { line: found.line, end: near[0] ? 0 : near[1] ? 1 : null };
  }

  /** Takes the line at a place away; false where there is none. */
  removeAt(place: Point, reach: number): boolean {
    const found = this.nearest(place, reach);
    if (!found) return false;
    const { line, foundFor } = found;
    const { open } = this.options.documents;
    if (foundFor) this.refill(foundFor, (lines) => without(lines, line));
    else open?.remember(texts.steps.removeLine, { lines: open.lines.toggle([line]) });
    return true;
  }

  /** Puts another line in the place of one. */
  replace(lineId: string, points: readonly Point[]): void {
    this.sketch(null);
    const { open } = this.options.documents;
    const found = this.held().find(({ line }) => line.lineId === lineId);
    if (!open || !found) return;
    const line: StructureLine = { lineId: crypto.randomUUID(), points: inside(points, open.info) };
    if (!found.foundFor) {
      open.remember(texts.steps.moveLine, { lines: open.lines.toggle([found.line, line]) });
      return;
    }
    this.refill(found.foundFor, (lines) => {
      const left = without(lines, found.line);
      return { ...left, lines: [...left.lines, line] };
    });
  }

  private refill(edit: Edit, change: (lines: Lines) => Lines): void {
    const { store, documents, fills, notices } = this.options;
    const marking = documents.open && markingOf(edit, documents.open.markings);
    if (!marking || !canFill(store.getState())) return;
    fills
      .run(linesTask(edit, marking, change(chosenVariant(edit).recipe)))
      .catch((error: unknown) => notices.error(error));
  }

  private lineOf(points: readonly Point[], tolerance: number, { info }: OpenDocument): StructureLine | null {
    const kept = inside(simplifiedLine(points, tolerance), info);
    if (kept.length < 2) return null;
    const length = kept.slice(1).reduce((sum, to, i) => {
      const from = kept[i] ?? to;
      return sum + Math.hypot(to.x - from.x, to.y - from.y);
    }, 0);
    return length < 4 * tolerance ? null : { lineId: crypto.randomUUID(), points: kept };
  }

  private held(): readonly Held[] {
    const edit = selectedEdit(this.options.store.getState());
    const drawn = this.options.documents.open?.lines.all() ?? [];
    const found = edit ? chosenVariant(edit).foundLines : [];
    return [
      ...drawn.map((line): Held => ({ line, foundFor: null })),
      ...found.map((line): Held => ({ line, foundFor: edit })),
    ];
  }

  private nearest(place: Point, reach: number): Held | null {
    let best: { readonly held: Held; readonly distance: number } | null = null;
    for (const held of this.held()) {
      const distance = distanceTo(held.line.points, place);
      if (distance <= reach && (best === null || distance < best.distance)) best = { held, distance };
    }
    return best?.held ?? null;
  }

  private show(): void {
    const { canvas, documents } = this.options;
    if (documents.open !== this.document) {
      this.stopListening?.();
      this.document = documents.open;
      this.stopListening = this.document?.lines.onChange(() => this.show()) ?? null;
    }
    const edit = selectedEdit(this.options.store.getState());
    const kept = new Set(edit ? chosenVariant(edit).recipe.lines.map(({ lineId }) => lineId) : []);
    const shown = this.held().map(({ line, foundFor }): ShownLine => ({
      points: line.points,
      kind: foundFor ? 'found' : kept.has(line.lineId) ? 'kept' : 'drawn',
    }));
    canvas.setLines(this.sketched ? [...shown, { points: this.sketched, kind: 'drawn' }] : shown);
  }
}

function without({ lines, removedLines }: Lines, found: StructureLine): Lines {
  return { lines, removedLines: [...removedLines, found] };
}

function crosses({ points }: StructureLine, hole: BitPlane): boolean {
  const between = (from: Point, to: Point) =>
    along(from, to).some(({ x, y }) => hole.get(Math.floor(x), Math.floor(y)));
  return points.slice(1).some((to, i) => between(points[i] ?? to, to));
}

function inside(points: readonly Point[], { width, height }: Size): Point[] {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
  return points.map(({ x, y }) => ({ x: within(x, width - 0.01), y: within(y, height - 0.01) }));
}

/** Places a pixel apart between two points. */
function along(from: Point, to: Point): Point[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)));
  return Array.from({ length: steps + 1 }, (_, i) => ({
    x: from.x + ((to.x - from.x) * i) / steps,
    y: from.y + ((to.y - from.y) * i) / steps,
  }));
}

function distanceTo(points: readonly Point[], place: Point): number {
  return points.slice(1).reduce((least, to, i) => {
    const from = points[i] ?? to;
    const share = nearestShare(place.x, place.y, from, to);
    const [x, y] = [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)];
    return Math.min(least, Math.hypot(x - place.x, y - place.y));
  }, Infinity);
}
