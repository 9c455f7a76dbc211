import { describe, expect, it } from 'vitest';
import { NOWHERE, type SourceMap } from '../../../shared/source-map';
import { PieceMap } from './piece-map';

/** A map of cells of 2 pixels at (10, 20), each letter a source of its own, a point none. */
function mapOf(...rows: readonly string[]): SourceMap {
  const shifts = new Int32Array(
    rows.flatMap((row) =>
      [...row].flatMap((letter) => (letter === '.' ? [NOWHERE, NOWHERE] : [40 * letter.charCodeAt(0), 5])),
    ),
  );
  return { box: { x: 10, y: 20, width: 2 * (rows[0]?.length ?? 0) - 1, height: 2 * rows.length }, cell: 2, shifts };
}

const areaOf = (rects: readonly { readonly width: number; readonly height: number }[]) =>
  rects.reduce((sum, { width, height }) => sum + width * height, 0);

describe('the pieces of a fill', () => {
  it('are cells that touch and come from the same place', () => {
    const pieces = new PieceMap(mapOf('AAB.', 'AABB', '..AA'));
    const first = pieces.at({ x: 10, y: 20 });
    expect(first?.shift).toEqual({ x: 40 * 65, y: 5 });
    expect(first?.piece.box).toEqual({ x: 10, y: 20, width: 4, height: 4 });
    expect(areaOf(first?.piece.rects ?? [])).toBe(16);
    expect(pieces.at({ x: 13.9, y: 23.9 })?.piece).toBe(first?.piece);
    expect(pieces.at({ x: 14, y: 24 })?.piece, 'touching at a corner alone').not.toBe(first?.piece);
    expect(pieces.at({ x: 16, y: 20 })).toBeNull();
    expect(pieces.at({ x: 9, y: 20 })).toBeNull();
  });

  it('hold together where their source moves from cell to cell, as where they were turned', () => {
    const map = mapOf('AAAA');
    for (let i = 0; i < 4; i++) map.shifts[2 * i] = 100 + 2 * i;
    const pieces = new PieceMap(map);
    expect(pieces.at({ x: 16, y: 20 })?.piece).toBe(pieces.at({ x: 10, y: 20 })?.piece);
    expect(pieces.at({ x: 16, y: 20 })?.shift.x).toBe(106);
  });

  it('have an outline, and seams that are drawn once', () => {
    const pieces = new PieceMap(mapOf('AAB', 'AAB'));
    const length = (segments: Float32Array) => {
      let sum = 0;
      for (let i = 0; i < segments.length; i += 4)
        sum +=
          Math.abs((segments[i + 2] ?? 0) - (segments[i] ?? 0)) +
          Math.abs((segments[i + 3] ?? 0) - (segments[i + 1] ?? 0));
      return sum;
    };
    expect(length(pieces.at({ x: 10, y: 20 })?.piece.outline ?? new Float32Array())).toBe(16);
    expect(length(pieces.seams)).toBe(2 * 6 + 3 * 4);
  });

  it('have a middle away from their seams, which a thin one has too', () => {
    const wide = new PieceMap(mapOf(...Array.from({ length: 16 }, () => 'A'.repeat(16)))).at({ x: 10, y: 20 });
    const middle = wide?.piece.middle ?? [];
    expect(areaOf(middle)).toBe(16 * 16);
    for (const { x, y, width, height } of middle) {
      expect(Math.min(x - 10, y - 20, 42 - (x + width), 52 - (y + height))).toBeGreaterThanOrEqual(8);
    }
    expect(areaOf(new PieceMap(mapOf('AAAA')).at({ x: 10, y: 20 })?.piece.middle ?? [])).toBeGreaterThan(0);
  });

  it('never reach over the box of the patch', () => {
    const piece = new PieceMap(mapOf('AAA', 'AAA')).at({ x: 10, y: 20 })?.piece;
    for (const { x, width } of piece?.rects ?? []) expect(x + width).toBeLessThanOrEqual(15);
    expect(piece?.rects).toHaveLength(1);
  });
});
