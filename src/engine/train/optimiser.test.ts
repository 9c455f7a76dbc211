import { describe, expect, it } from 'vitest';
import { adamStep } from './optimiser';
import { freshState } from './run-folder';

describe('Adam', () => {
  it('makes the first step as long as the rate, whatever the gradient’s size', () => {
    const state = freshState(new Float32Array(3));
    const rate = (0.01 * Math.sqrt(1 - 0.9)) / (1 - 0.5);
    const norm = adamStep(state, Float32Array.of(5, -0.02, 300), rate, { beta1: 0.5, beta2: 0.9, clipNorm: 1e9 });
    [-0.01, 0.01, -0.01].forEach((step, i) => expect(state.values[i]).toBeCloseTo(step, 5));
    expect(norm).toBeCloseTo(Math.hypot(5, 0.02, 300), 2);
  });

  it('shortens a long gradient to the limit', () => {
    const state = freshState(new Float32Array(2));
    adamStep(state, Float32Array.of(30, 40), 1, { beta1: 0, beta2: 0.5, clipNorm: 1 });
    expect(state.mean[0]).toBeCloseTo(0.6, 5);
    expect(state.mean[1]).toBeCloseTo(0.8, 5);
    expect(state.variance[1]).toBeCloseTo(0.32, 5);
  });

  it('measures the whole of a gradient whose length is no multiple of four', () => {
    const length = 4099;
    const state = freshState(new Float32Array(length));
    const norm = adamStep(state, new Float32Array(length).fill(2), 0, { beta1: 0, beta2: 0, clipNorm: 1 });
    expect(norm).toBeCloseTo(2 * Math.sqrt(length), 6);
  });
});
