import { describe, expect, it } from 'vitest';
import { placesAlong, signedDistance, simplified } from './window-line';

const CORNER = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 10, y: 10 },
];

describe('a line in a window', () => {
  it('has distances with a side, and ends where it ends', () => {
    expect(signedDistance(CORNER, 5, 3)).toBeCloseTo(3);
    expect(signedDistance(CORNER, 5, -3)).toBeCloseTo(-3);
    expect(signedDistance(CORNER, 12, 8)).toBeCloseTo(-2);
    expect(Math.abs(signedDistance(CORNER, -3, 4))).toBeCloseTo(5);
  });

  it('is walked along in even steps, around its corners', () => {
    const places = placesAlong(CORNER, 2);
    expect(places).toHaveLength(11);
    expect(places[2]).toMatchObject({ x: 4, y: 0 });
    expect(places[8].x).toBeCloseTo(10);
    expect(places[8].y).toBeCloseTo(6);
    for (const { ux, uy } of places) expect(Math.hypot(ux, uy)).toBeCloseTo(1);
    expect(places[0].ux).toBeCloseTo(1);
    expect(places[10].uy).toBeCloseTo(1);
  });

  it('loses the points that a hand strays by, and keeps its corners', () => {
    const drawn = Array.from({ length: 21 }, (_, i) => ({ x: i, y: 0.4 * Math.sin(i) }));
    expect(simplified(drawn, 1)).toEqual([drawn[0], drawn[20]]);
    expect(simplified(CORNER, 1)).toEqual(CORNER);
  });
});
