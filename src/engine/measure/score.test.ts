import { describe, expect, it } from 'vitest';
import { Random } from '../numeric/random';
import type { Comparison } from './comparison';
import { ScoreBoard } from './score';

/** Waves with grain, a damaged copy, and a hole of a box and a thin bar; the same on every machine. */
export function syntheticComparison(seed: number, width: number, height: number): Comparison {
  const random = new Random(seed);
  const hole = new Uint8Array(width * height);
  const truth = new Uint8Array(width * height * 3);
  for (let i = 0; i < truth.length; i++) {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    const wave = ((x * (3 + c) + y * (2 + seed)) % 64) + ((x * y) % 32);
    truth[i] = 60 + wave + random.integer(0, 40);
  }
  const result = truth.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const box = x >= width / 4 && x < width / 2 && y >= height / 3 && y < (2 * height) / 3;
      if (!box && y !== height - 5) continue;
      hole[y * width + x] = 1;
      for (let c = 0; c < 3; c++) result[(y * width + x) * 3 + c] = 90 + c * 3 + random.integer(0, 20);
    }
  }
  return { width, height, truth, result, hole };
}

describe('the scores of a set', () => {
  it('are those of the reference scorer, which uses NumPy and scikit-image', () => {
    const board = new ScoreBoard();
    SIZES.forEach(([width, height], i) => board.add(`${i}`, syntheticComparison(i, width, height)));
    const total = board.total();
    for (const [name, value] of Object.entries(EXPECTED)) {
      expect(total[name as keyof typeof EXPECTED], name).toBeCloseTo(value, 6 - Math.ceil(Math.log10(value)));
    }
    expect(total.known).toBe(0);
  });

  it('are perfect where nothing differs', () => {
    const board = new ScoreBoard();
    const { truth, ...rest } = syntheticComparison(1, 40, 33);
    board.add('equal', { ...rest, truth, result: truth });
    const equal = { l1: 0, l2: 0, holeL1: 0, holeL2: 0, psnr: 100, gradient: 1, seam: 1, swd: 0, known: 0 };
    expect(board.total()).toMatchObject(equal);
    expect(board.total().ssim).toBeCloseTo(1, 12);
  });

  it('tell of changes outside the hole', () => {
    const board = new ScoreBoard();
    const comparison = syntheticComparison(1, 40, 33);
    comparison.result[0] = comparison.truth[0] + 9;
    expect(board.add('changed', comparison).known).toBe(9);
  });
});

const SIZES = [
  [64, 48],
  [51, 67],
  [80, 80],
] as const;

/** What the reference scorer gives for these pictures, saved as PNG. */
const EXPECTED = {
  hole: 9.9888730367769,
  l1: 1.0743586624220625,
  l2: 0.17406926482538385,
  holeL1: 10.753816585449576,
  holeL2: 1.7413761056293116,
  psnr: 27.599215508433804,
  ssim: 0.8866561970135548,
  gradient: 0.1077913563034371,
  seam: 1.596950873182481,
  swd: 313.2830352783203,
};
