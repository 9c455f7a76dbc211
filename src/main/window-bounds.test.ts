import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersect } from '../shared/geometry';
import { SMALLEST_WINDOW, windowBounds } from './window-bounds';

const left = { x: 0, y: 25, width: 1440, height: 875 };
const right = { x: 1440, y: 0, width: 2560, height: 1400 };

describe('where the window opens', () => {
  it('is where it was', () => {
    const remembered = { x: 1600, y: 100, width: 1000, height: 700 };
    expect(windowBounds(remembered, [left, right])).toEqual(remembered);
  });

  it('is the middle of the first display at first, and when its display is gone', () => {
    const middle = { x: 80, y: 62, width: 1280, height: 800 };
    expect(windowBounds(null, [left, right])).toEqual(middle);
    expect(windowBounds({ x: 1600, y: 100, width: 1000, height: 700 }, [left])).toEqual(middle);
  });

  it('shows its title bar on some display, whatever was remembered', () => {
    const side = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(fc.record({ x: side, y: side, width: side, height: side }), (remembered) => {
        const bounds = windowBounds(remembered, [left, right]);
        const bar = { ...bounds, height: 40 };
        const seen = [left, right].map((area) => intersect(bar, area));
        expect(seen.some((part) => part.width >= 100 && part.height >= 20)).toBe(true);
        expect(bounds.width).toBeGreaterThanOrEqual(960);
        expect(bounds.height).toBeGreaterThanOrEqual(480);
      }),
    );
  });

  it('is no larger than a small display', () => {
    const small = { x: 0, y: 0, width: 640, height: 400 };
    expect(windowBounds({ x: 0, y: 0, width: 2000, height: 2000 }, [small])).toEqual(small);
    expect(windowBounds(null, [small])).toEqual(small);
  });

  it('fits a display of 1920 x 1080 pixels at 200 %, whose task bar takes its part', () => {
    const scaled = { x: 0, y: 0, width: 960, height: 500 };
    expect(windowBounds(null, [scaled])).toEqual(scaled);
    expect(SMALLEST_WINDOW.height).toBeLessThanOrEqual(scaled.height);
    expect(SMALLEST_WINDOW.width).toBeLessThanOrEqual(scaled.width);
  });

  it('survives numbers that are none', () => {
    expect(windowBounds({ x: NaN, y: 0, width: Infinity, height: 1 }, [left]).width).toBe(1280);
  });
});
