import { describe, expect, test } from 'vitest';
import { KeptEdges } from './kept-edges';
import { NO_LABEL } from './piece-map';

/** A hole of two pieces side by side, 5 pixels wide each, between known columns. */
function twoPieces(height: number) {
  const width = 12;
  const labels = Uint16Array.from({ length: width * height }, (_, at) => {
    const x = at % width;
    return x === 0 || x === width - 1 ? NO_LABEL : x <= 5 ? 0 : 1;
  });
  return { box: { x: 0, y: 0, width, height }, labels };
}

const HEIGHT = 9;
const JUMP = Float32Array.of(100, 50, -20);

/** What is added along the row in the middle, of the first colour. */
function middleRow(edges: KeptEdges): number[] {
  const { places, change } = edges.softened();
  const row = new Array<number>(12).fill(0);
  for (const [k, place] of places.entries()) {
    if (Math.floor(place / 12) === (HEIGHT - 1) / 2) row[place % 12] = change[3 * k];
  }
  return row;
}

describe('edges that are kept', () => {
  test('fade over some pixels on the hole side of the rim, and leave the rest', () => {
    const edges = new KeptEdges(twoPieces(HEIGHT), 3);
    for (let y = 0; y < HEIGHT; y++) edges.add(12 * y + 1, JUMP, 1);
    const row = middleRow(edges);
    expect(row[0]).toBe(0);
    expect(row[1]).toBeGreaterThan(80);
    expect(row[1]).toBeLessThan(100);
    expect(row[1]).toBeGreaterThan(row[2]);
    expect(row[2]).toBeGreaterThan(row[3]);
    expect(row[3]).toBeGreaterThan(0);
    expect(row.slice(4)).toEqual(new Array(8).fill(0));
  });

  test('fade half on each side between two pieces, towards each other', () => {
    const edges = new KeptEdges(twoPieces(HEIGHT), 3);
    for (let y = 0; y < HEIGHT; y++) {
      edges.add(12 * y + 5, JUMP, 0.5);
      edges.add(12 * y + 6, JUMP, -0.5);
    }
    const row = middleRow(edges);
    // The left one is 100 darker: of that a step of its size over the softness stays.
    expect(100 + row[6] - row[5]).toBeGreaterThan(0);
    expect(100 + row[6] - row[5]).toBeLessThan(20);
    expect(row[5]).toBeCloseTo(-row[6], 4);
    expect(row[4]).toBeCloseTo(-row[7], 4);
  });

  test('stay sharp where nothing is to be softened', () => {
    const edges = new KeptEdges(twoPieces(HEIGHT), 0);
    edges.add(1, JUMP, 1);
    expect(edges.softened().places).toHaveLength(0);
  });

  test('take part in the mean where their jump is spread', () => {
    const edges = new KeptEdges(twoPieces(HEIGHT), 3);
    for (let y = 0; y < HEIGHT; y++) edges.add(12 * y + 1, JUMP, y % 2);
    const [, first] = middleRow(edges);
    expect(first).toBeGreaterThan(20);
    expect(first).toBeLessThan(70);
  });
});
