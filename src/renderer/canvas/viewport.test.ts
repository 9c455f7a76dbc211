import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actualSize,
  fitView,
  keepInReach,
  MAX_SCALE,
  MIN_SCALE,
  resized,
  toPicture,
  toScreen,
  visibleBox,
  type Viewport,
  zoomAt,
} from './viewport';

const number = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });
const view: fc.Arbitrary<Viewport> = fc.record({
  scale: number(MIN_SCALE, MAX_SCALE),
  x: number(-5000, 5000),
  y: number(-5000, 5000),
  rotation: fc.oneof(fc.constant(0), number(-7, 7)),
});
const point = fc.record({ x: number(-3000, 3000), y: number(-3000, 3000) });
const size = fc.record({ width: fc.integer({ min: 1, max: 12000 }), height: fc.integer({ min: 1, max: 12000 }) });
const stage = fc.record({ width: fc.integer({ min: 50, max: 4000 }), height: fc.integer({ min: 50, max: 3000 }) });

describe('the viewport', () => {
  it('maps to the screen and back', () => {
    fc.assert(
      fc.property(view, point, (v, p) => {
        const back = toPicture(v, toScreen(v, p));
        expect(back.x).toBeCloseTo(p.x, 4);
        expect(back.y).toBeCloseTo(p.y, 4);
      }),
    );
  });

  it('keeps the point under the pointer when it zooms', () => {
    fc.assert(
      fc.property(view, point, number(0.05, 20), (v, at, factor) => {
        const before = toPicture(v, at);
        const zoomed = zoomAt(v, at, factor);
        const after = toScreen(zoomed, before);
        expect(after.x).toBeCloseTo(at.x, 3);
        expect(after.y).toBeCloseTo(at.y, 3);
        expect(zoomed.scale).toBeGreaterThanOrEqual(MIN_SCALE);
        expect(zoomed.scale).toBeLessThanOrEqual(MAX_SCALE);
      }),
    );
  });

  it('fits the whole picture into the middle, as large as the margins allow', () => {
    fc.assert(
      fc.property(size, stage, (picture, window) => {
        const fitted = fitView(picture, window);
        const corner = toScreen(fitted, { x: 0, y: 0 });
        const far = toScreen(fitted, { x: picture.width, y: picture.height });
        expect(corner.x + far.x).toBeCloseTo(window.width, 4);
        expect(corner.y + far.y).toBeCloseTo(window.height, 4);
        if (fitted.scale > MIN_SCALE) {
          expect(corner.x).toBeGreaterThanOrEqual(-1e-6);
          expect(corner.y).toBeGreaterThanOrEqual(-1e-6);
        }
        if (fitted.scale > MIN_SCALE && fitted.scale < MAX_SCALE && window.width > 50 && window.height > 50)
          expect(Math.min(corner.x, corner.y)).toBeCloseTo(24, 4);
      }),
    );
  });

  it('shows one picture pixel on one device pixel at 100 %', () => {
    const fitted = fitView({ width: 6000, height: 4000 }, { width: 1000, height: 800 });
    const actual = actualSize(fitted, { width: 1000, height: 800 }, 2);
    expect(actual.scale).toBeCloseTo(0.5, 12);
    expect(toPicture(actual, { x: 500, y: 400 }).x).toBeCloseTo(3000, 6);
  });

  it('never lets the picture leave the window', () => {
    fc.assert(
      fc.property(view, size, stage, (v, picture, window) => {
        const kept = keepInReach(v, picture, window);
        const box = visibleBox(kept, window);
        expect(box.x).toBeLessThan(picture.width);
        expect(box.y).toBeLessThan(picture.height);
        expect(box.x + box.width).toBeGreaterThan(0);
        expect(box.y + box.height).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the middle when the window gets another size', () => {
    const v = { scale: 0.7, x: 31, y: -12, rotation: 0 };
    const before = toPicture(v, { x: 500, y: 300 });
    const after = toPicture(resized(v, { width: 1000, height: 600 }, { width: 1300, height: 820 }), { x: 650, y: 410 });
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });
});
