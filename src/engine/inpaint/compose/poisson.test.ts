import { describe, expect, it } from 'vitest';
import { Random } from '../../numeric/random';
import { ABSENT, PoissonSolver, UNKNOWN, ZERO } from './poisson';

const pause = () => Promise.resolve();

/** What is wanted minus what a solution gives, at every unknown pixel. */
function residuals(kind: Uint8Array, width: number, height: number, wanted: Float32Array, value: Float32Array) {
  const rest: number[] = [];
  for (let at = 0; at < kind.length; at++) {
    if (kind[at] !== UNKNOWN) continue;
    const x = at % width;
    let sum = wanted[at];
    for (const [inside, other] of [
      [x > 0, at - 1],
      [x + 1 < width, at + 1],
      [at >= width, at - width],
      [at + width < width * height, at + width],
    ] as const) {
      if (inside && kind[other] !== ABSENT) sum -= value[other] - value[at];
    }
    rest.push(sum);
  }
  return rest;
}

describe("Poisson's equation", () => {
  it('is solved on a ragged hole at the edge of the picture, with a dipole at a seam', async () => {
    const [width, height] = [150, 101];
    const kind = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inside = Math.hypot(x - 80, (y - 20) * 1.3) < 60 + 8 * Math.sin(x / 5);
        kind[y * width + x] = y < 5 ? ABSENT : inside ? UNKNOWN : ZERO;
      }
    }
    const solver = new PoissonSolver({ width, height }, kind);
    const wanted = new Float32Array(width * height);
    for (let y = 6; y < 60; y++) {
      if (kind[y * width + 80] !== UNKNOWN || kind[y * width + 81] !== UNKNOWN) continue;
      wanted[y * width + 80] = 40;
      wanted[y * width + 81] = -40;
    }
    solver.wanted.set(wanted);
    const value = await solver.solve(pause);
    const worst = Math.max(...residuals(kind, width, height, wanted, value).map(Math.abs));
    // A thousandth of what was wanted; a level of 8 bit is 1.
    expect(worst).toBeLessThan(0.04);
    // The jump is taken apart: half of it on either side in the middle of the seam.
    expect(value[30 * width + 80] - value[30 * width + 81]).toBeLessThan(-30);
  });

  it('gives 0 where nothing is wanted', async () => {
    const kind = new Uint8Array(400).fill(UNKNOWN);
    kind.fill(ZERO, 0, 20);
    const value = await new PoissonSolver({ width: 20, height: 20 }, kind).solve(pause);
    expect(Math.max(...value.map(Math.abs))).toBe(0);
  });

  it('meets random wishes', async () => {
    const random = new Random(2);
    const [width, height] = [61, 47];
    const kind = new Uint8Array(width * height).fill(ZERO);
    for (let y = 1; y < height - 1; y++) kind.fill(UNKNOWN, y * width + 1, y * width + width - 1);
    const solver = new PoissonSolver({ width, height }, kind);
    const wanted = Float32Array.from(kind, (what) => (what === UNKNOWN ? random.between(-10, 10) : 0));
    solver.wanted.set(wanted);
    const value = await solver.solve(pause);
    const worst = Math.max(...residuals(kind, width, height, wanted, value).map(Math.abs));
    expect(worst).toBeLessThan(0.05);
  });
});
