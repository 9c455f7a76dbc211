/**
 * The pieces that a fill is made of, by its source map: cells that touch and come from places that touch. Where a label was
 * turned, or moved a little from one pixel to the next, its cells still belong together.
 */
import { intersect, type Point, type Rect } from '../../../shared/geometry';
import { MOST_AREA_RECTS } from '../../../shared/piece-choice';
import { cellsAcross, cellsDown, NOWHERE, type SourceMap } from '../../../shared/source-map';

/** Neighbouring cells whose ways to their sources differ by at most so many pixels are of one piece. */
const TOGETHER = 2;
/** What lies this near to a piece's border may go to a neighbour when the seams move, pixels; of a thin one half of it. */
const BORDER = 8;

/** Lines between cells, four numbers each: from x, y to x, y. Picture pixels. */
export type Segments = Float32Array;

/** Cells that touch and come from one place. Picture pixels. */
export interface Piece {
  readonly box: Rect;
  readonly outline: Segments;
  /** All of it, as rectangles that do not overlap. */
  readonly rects: readonly Rect[];
  /** The same without what lies near its border; never empty. */
  readonly middle: readonly Rect[];
}

/** A piece at one of its places. */
export interface PieceAt {
  readonly piece: Piece;
  /** From that place to its source, picture pixels. */
  readonly shift: Point;
}

export class PieceMap {
  /** Of every cell the number of its piece, from 1; 0: it has no source. */
  private readonly numbers: Int32Array;
  private readonly known = new Map<number, Piece>();
  private drawnSeams: Segments | null = null;

  constructor(readonly map: SourceMap) {
    this.numbers = numbered(map);
  }

  /** The piece at a place of the picture; null where none is. */
  at({ x, y }: Point): PieceAt | null {
    const { box, cell, shifts } = this.map;
    const column = Math.floor((x - box.x) / cell);
    const row = Math.floor((y - box.y) / cell);
    if (column < 0 || row < 0 || column >= cellsAcross(this.map) || row >= cellsDown(this.map)) return null;
    const at = row * cellsAcross(this.map) + column;
    const number = this.numbers[at] ?? 0;
    if (number === 0) return null;
    return { piece: this.piece(number), shift: { x: shifts[2 * at] ?? 0, y: shifts[2 * at + 1] ?? 0 } };
  }

  /** The borders of all pieces, those between two of them once. */
  get seams(): Segments {
    this.drawnSeams ??= this.segments((a, b) => a !== b);
    return this.drawnSeams;
  }

  private piece(number: number): Piece {
    const known = this.known.get(number);
    if (known) return known;
    const { map, numbers } = this;
    const across = cellsAcross(map);
    const isOf = Uint8Array.from(numbers, (other) => (other === number ? 1 : 0));
    const rects = rectsOf(map, isOf, 1);
    const piece = {
      box: boxOf(rects),
      outline: this.segments((a, b) => (a === number) !== (b === number)),
      rects,
      middle: middleOf(map, isOf, across),
    };
    this.known.set(number, piece);
    return piece;
  }

  /** Lines between cells with these numbers, those in a row as one. */
  private segments(parts: (a: number, b: number) => boolean): Segments {
    const { map, numbers } = this;
    const { box, cell } = map;
    const [across, down] = [cellsAcross(map), cellsDown(map)];
    const at = (x: number, y: number) =>
      x < 0 || y < 0 || x >= across || y >= down ? 0 : (numbers[y * across + x] ?? 0);
    const lines: number[] = [];
    const scan = (rows: number, columns: number, isEdge: (i: number, j: number) => boolean, upright: boolean) => {
      for (let j = 0; j <= rows; j++) {
        for (let i = 0, start = -1; i <= columns; i++) {
          if (i < columns && isEdge(i, j)) {
            if (start < 0) start = i;
            continue;
          }
          if (start < 0) continue;
          if (upright) lines.push(j, start, j, i);
          else lines.push(start, j, i, j);
          start = -1;
        }
      }
    };
    scan(down, across, (i, j) => parts(at(i, j - 1), at(i, j)), false);
    scan(across, down, (i, j) => parts(at(j - 1, i), at(j, i)), true);
    return Float32Array.from(lines, (value, i) => value * cell + (i % 2 === 0 ? box.x : box.y));
  }
}

function numbered(map: SourceMap): Int32Array {
  const { shifts } = map;
  const [across, down] = [cellsAcross(map), cellsDown(map)];
  const numbers = new Int32Array(across * down);
  const waiting: number[] = [];
  const near = (a: number, b: number) =>
    Math.abs((shifts[2 * a] ?? 0) - (shifts[2 * b] ?? 0)) <= TOGETHER &&
    Math.abs((shifts[2 * a + 1] ?? 0) - (shifts[2 * b + 1] ?? 0)) <= TOGETHER;
  let last = 0;
  for (let start = 0; start < numbers.length; start++) {
    if (numbers[start] !== 0 || shifts[2 * start] === NOWHERE) continue;
    numbers[start] = ++last;
    waiting.push(start);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const x = at % across;
      for (let side = 0; side < 4; side++) {
        if (side === 0 ? x === 0 : side === 1 && x + 1 === across) continue;
        const other = side === 0 ? at - 1 : side === 1 ? at + 1 : side === 2 ? at - across : at + across;
        if (other < 0 || other >= numbers.length || numbers[other] !== 0) continue;
        if (shifts[2 * other] === NOWHERE || !near(at, other)) continue;
        numbers[other] = last;
        waiting.push(other);
      }
    }
  }
  return numbers;
}

/** The cells that are on, as rectangles of squares of `side` cells all of which are. Picture pixels. */
function rectsOf(map: SourceMap, isOn: Uint8Array, side: number): Rect[] {
  const { box, cell } = map;
  const [across, down] = [cellsAcross(map), cellsDown(map)];
  const isWhole = (column: number, row: number): boolean => {
    for (let y = row * side; y < (row + 1) * side; y++) {
      for (let x = column * side; x < (column + 1) * side; x++) {
        if (x >= across || y >= down || isOn[y * across + x] === 0) return false;
      }
    }
    return true;
  };
  const done: Rect[] = [];
  // Runs of the row above, by their ends: one that goes on below is one rectangle.
  let open = new Map<string, Rect>();
  for (let row = 0; row * side < down; row++) {
    const next = new Map<string, Rect>();
    for (let column = 0, start = -1; column <= Math.ceil(across / side); column++) {
      if (column * side < across && isWhole(column, row)) {
        if (start < 0) start = column;
        continue;
      }
      if (start < 0) continue;
      const key = `${start} ${column}`;
      const above = open.get(key);
      open.delete(key);
      next.set(key, {
        x: start,
        y: above?.y ?? row,
        width: column - start,
        height: (above?.height ?? 0) + 1,
      });
      start = -1;
    }
    done.push(...open.values());
    open = next;
  }
  done.push(...open.values());
  const step = cell * side;
  // Cells at the right and the lower edge may reach over the box.
  return done.map((rect) =>
    intersect(box, {
      x: box.x + rect.x * step,
      y: box.y + rect.y * step,
      width: rect.width * step,
      height: rect.height * step,
    }),
  );
}

function middleOf(map: SourceMap, isOf: Uint8Array, across: number): readonly Rect[] {
  const depths = depthsOf(isOf, across);
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
  const border = Math.min(BORDER / map.cell, deepest / 2);
  const isMiddle = depths.map((depth) => (depth > border ? 1 : 0));
  for (let side = 1; side < 64; side *= 2) {
    const rects = rectsOf(map, isMiddle, side);
    if (rects.length > 0 && rects.length <= MOST_AREA_RECTS) return rects;
  }
  // So frayed that no square of it holds together: the deepest cells stand for it.
  return rectsOf(
    map,
    depths.map((depth) => (depth === deepest ? 1 : 0)),
    1,
  ).slice(0, MOST_AREA_RECTS);
}

/** Of cells that are on how many steps away the nearest is that is off, beyond the edge too. */
function depthsOf(isOn: Uint8Array, across: number): Uint8Array {
  const depths = new Uint8Array(isOn.length);
  const down = isOn.length / across;
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= across || y >= down ? 0 : (depths[y * across + x] ?? 0));
  for (let i = 0; i < isOn.length; i++) {
    const [x, y] = [i % across, Math.floor(i / across)];
    if (isOn[i] === 1) depths[i] = 1 + Math.min(254, at(x - 1, y), at(x, y - 1), at(x - 1, y - 1), at(x + 1, y - 1));
  }
  for (let i = isOn.length - 1; i >= 0; i--) {
    const [x, y] = [i % across, Math.floor(i / across)];
    const below = 1 + Math.min(254, at(x + 1, y), at(x, y + 1), at(x + 1, y + 1), at(x - 1, y + 1));
    depths[i] = Math.min(depths[i] ?? 0, below);
  }
  return depths;
}

function boxOf(rects: readonly Rect[]): Rect {
  const left = Math.min(...rects.map(({ x }) => x));
  const top = Math.min(...rects.map(({ y }) => y));
  return {
    x: left,
    y: top,
    width: Math.max(...rects.map(({ x, width }) => x + width)) - left,
    height: Math.max(...rects.map(({ y, height }) => y + height)) - top,
  };
}
