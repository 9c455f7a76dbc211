/** What is painted on a document, planes, colours and lines together, and changes of it that can be taken back. */
import type { Paint } from '../../../shared/document-model';
import { type HintChange, hintChangeBytes, type HintRaster, type HintTile } from '../../../shared/hint-raster';
import type { LineChange, StructureLine } from '../../../shared/structure-line';
import { type DrawnLines, linesBytes } from './drawn-lines';
import { samePatch } from '../../../shared/plane-patch';
import { changeBytes, type MaskChange, type Masks, type PaintedPlanes } from './masks';
import { PLANE_NAMES } from './planes';

/** Where it is painted. */
interface Painted {
  readonly masks: Masks;
  readonly hints: HintRaster;
  readonly lines: DrawnLines;
}

/** Exclusive-ors, all of them: in whatever order they are made, they take each other back. */
export interface PaintChange {
  readonly masks?: MaskChange;
  readonly hints?: HintChange;
  readonly lines?: LineChange;
}

/** Copies of the planes; tiles of the hint and lines are shared, since they never change. */
export function paintOf({ masks, hints, lines }: Painted): Paint {
  return { ...masks.painted(), hint: [...hints.painted()], lines: [...lines.all()] };
}

/** Puts other paint in the place of all that there is. */
export function loadPaint({ masks, hints, lines }: Painted, { hint, lines: drawn, ...planes }: Paint): PaintChange {
  return { masks: masks.load(planes), hints: hints.load(hint), lines: lines.load(drawn) };
}

/** Whether this is what is painted, in whatever order. Planes come last: they are copied, and a stroke of a hint is asked at every move. */
export function isPainted({ masks, hints, lines }: Painted, paint: Paint): boolean {
  return (
    sameLines(lines.all(), paint.lines) && sameHints(hints.painted(), paint.hint) && samePlanes(masks.painted(), paint)
  );
}

export function samePlanes(a: PaintedPlanes, b: PaintedPlanes): boolean {
  return PLANE_NAMES.every((name) => samePatch(a[name], b[name]));
}

export function sameHints(a: readonly HintTile[], b: readonly HintTile[]): boolean {
  const pixels = new Map(b.map((tile) => [tile.key, tile.pixels]));
  return a.length === b.length && a.every((tile) => sameBytes(tile.pixels, pixels.get(tile.key)));
}

export function sameLines(a: readonly StructureLine[], b: readonly StructureLine[]): boolean {
  const ids = new Set(b.map(({ lineId }) => lineId));
  return a.length === b.length && a.every(({ lineId }) => ids.has(lineId));
}

/** Takes a change back, or makes it again. */
export function togglePaint({ masks, hints, lines }: Painted, change: PaintChange): void {
  masks.toggle(change.masks ?? []);
  hints.toggle(change.hints ?? []);
  lines.toggle(change.lines ?? []);
}

/** Memory that a change holds. */
export function paintChangeBytes({ masks = [], hints = [], lines = [] }: PaintChange): number {
  return changeBytes(masks) + hintChangeBytes(hints) + linesBytes(lines);
}

/** Memory that planes hold, or those of a marking. */
export function planesBytes(planes: PaintedPlanes | undefined): number {
  return PLANE_NAMES.reduce((sum, name) => sum + (planes?.[name]?.bits.length ?? 0), 0);
}

function sameBytes(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a === b || (a.length === b?.length && a.every((byte, at) => byte === b[at]));
}
