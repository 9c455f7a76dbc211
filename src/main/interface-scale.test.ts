import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({}));
const { fittingScale } = await import('./interface-scale');

const SMALLEST = { width: 960, height: 480 };

describe('the scale of the interface', () => {
  it('is the wanted one where a display has room for it', () => {
    expect(fittingScale(1.5, SMALLEST, { width: 1920, height: 1040 })).toBe(1.5);
    expect(fittingScale(0.9, SMALLEST, { width: 1920, height: 1040 })).toBe(0.9);
  });

  it('is the largest that leaves every control on the display', () => {
    expect(fittingScale(1.5, SMALLEST, { width: 1200, height: 1000 })).toBe(1.25);
    expect(fittingScale(1.5, SMALLEST, { width: 1920, height: 528 })).toBeCloseTo(1.1);
  });

  it('never makes anything smaller than it was asked to be without need', () => {
    expect(fittingScale(1.25, SMALLEST, { width: 800, height: 400 })).toBe(1);
    expect(fittingScale(0.9, SMALLEST, { width: 800, height: 400 })).toBe(0.9);
  });
});
