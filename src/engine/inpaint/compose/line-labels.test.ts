import { describe, expect, it } from 'vitest';
import { isShift } from './affine';
import { lineLabels } from './line-labels';
import { signedDistance, type WindowLine } from './window-line';

const straight = (x0: number, y0: number, x1: number, y1: number): WindowLine => ({
  points: [
    { x: x0, y: y0 },
    { x: x1, y: y1 },
  ],
  weight: 1,
});
const isInSquare = (x: number, y: number) => x >= 80 && x < 120 && y >= 80 && y < 120;

describe('labels along a line', () => {
  it('slide along a straight one, both ways, by whole pixels', () => {
    const labels = lineLabels(straight(20, 100, 180, 100), isInSquare);
    expect(labels.length).toBeGreaterThan(16);
    expect(labels.length).toBeLessThanOrEqual(24);
    for (const label of labels) {
      expect(isShift(label)).toBe(true);
      expect(label.dy).toBe(0);
      expect(Number.isInteger(label.dx)).toBe(true);
    }
    expect(labels.some(({ dx }) => dx > 60)).toBe(true);
    expect(labels.some(({ dx }) => dx < -60)).toBe(true);
  });

  it('keep a slanted line on itself to a third of a pixel', () => {
    for (const [dx, dy] of [
      [150, 37],
      [90, -71],
      [11, 160],
    ]) {
      for (const label of lineLabels(straight(20, 90, 20 + dx, 90 + dy), isInSquare)) {
        expect(Math.abs(label.dx * dy - label.dy * dx) / Math.hypot(dx, dy)).toBeLessThan(0.34);
      }
    }
  });

  it('turn along a curve, by at most 50 degrees, its known parts onto its parts in the hole', () => {
    const radius = 80;
    const points = Array.from({ length: 40 }, (_, i) => {
      const angle = Math.PI + (Math.PI * i) / 39;
      return { x: 100 + radius * Math.cos(angle), y: 180 + radius * Math.sin(angle) };
    });
    const labels = lineLabels({ points, weight: 1 }, isInSquare);
    expect(labels.length).toBeGreaterThan(20);
    expect(labels.length).toBeLessThanOrEqual(80);
    let turned = 0;
    for (const { xx, xy, dx, yx, yy, dy } of labels) {
      const turn = Math.abs(Math.atan2(yx, xx));
      expect(turn).toBeLessThanOrEqual((50.001 * Math.PI) / 180);
      if (turn > 0) turned++;
      // The middle of the hole's arc goes onto the curve.
      const distances = points
        .filter(({ x, y }) => isInSquare(x, y))
        .map(({ x, y }) => Math.abs(signedDistance(points, xx * x + xy * y + dx, yx * x + yy * y + dy)));
      expect(Math.min(...distances)).toBeLessThan(1);
    }
    expect(turned).toBeGreaterThan(15);
  });

  it('has none for a curve without known parts', () => {
    const points = [
      { x: 85, y: 85 },
      { x: 100, y: 95 },
      { x: 115, y: 85 },
    ];
    expect(lineLabels({ points, weight: 1 }, isInSquare)).toEqual([]);
  });
});
