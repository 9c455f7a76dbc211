import { describe, expect, it } from 'vitest';
import { Graph, type Tensor } from '../graph/graph';
import { concat } from '../graph/ops';
import { interpret } from '../testing/interpreter';
import { Random } from '../numeric/random';
import {
  attentionBands,
  type AttentionOptions,
  fastAttention,
  literalAttention,
  literalProbabilities,
  patchScores,
} from './attention';

/** A 64 x 48 picture: 8 x 6 cells, features of 16 x 12. */
const WIDTH = 64;
const HEIGHT = 48;
const CELLS = (WIDTH / 8) * (HEIGHT / 8);
const CHANNELS = 5;
const OPTIONS: AttentionOptions = { scale: 10, propagation: true };

type Plane = Float32Array;

const everywhere = (): Plane => new Float32Array(WIDTH * HEIGHT).fill(1);

function box(x: number, y: number, width: number, height: number): Plane {
  const plane = new Float32Array(WIDTH * HEIGHT);
  for (let row = y; row < y + height; row++) plane.fill(1, row * WIDTH + x, row * WIDTH + x + width);
  return plane;
}

/** What a form rebuilds the features to, and with which probabilities: (1,N,N), N cells row by row. */
interface Form {
  readonly features: (f: Tensor, scores: Tensor, options: AttentionOptions) => Tensor;
  readonly probabilities: (f: Tensor, scores: Tensor, options: AttentionOptions) => Tensor;
}

const literal: Form = { features: literalAttention, probabilities: literalProbabilities };
const inBands = (mostScores?: number): Form => {
  const extent = mostScores === undefined ? {} : { mostScores };
  return {
    features: (f, scores, options) => fastAttention(f, scores, options, extent),
    probabilities: (f, scores, options) => concat(attentionBands(f, scores, options, extent), 1),
  };
};
const fast = inBands();

function run(form: Form, hole: Plane, source: Plane, options = OPTIONS, seed = 3) {
  const graph = new Graph();
  const f = graph.input('f', [1, CHANNELS, HEIGHT / 4, WIDTH / 4]);
  const scores = patchScores(graph.input('hole', [1, 1, HEIGHT, WIDTH]), graph.input('source', [1, 1, HEIGHT, WIDTH]));
  graph.output('features', form.features(f, scores, options));
  graph.output('probabilities', form.probabilities(f, scores, options));
  const random = new Random(seed);
  const values = Float32Array.from({ length: CHANNELS * (HEIGHT / 4) * (WIDTH / 4) }, () => random.normal());
  return interpret(graph, { f: values, hole, source });
}

/** Cells whose 64 pixels all lie in the source and outside the hole. */
function usableCells(hole: Plane, source: Plane): boolean[] {
  return Array.from({ length: CELLS }, (_, cell) => {
    const [cx, cy] = [(cell % (WIDTH / 8)) * 8, Math.floor(cell / (WIDTH / 8)) * 8];
    for (let y = cy; y < cy + 8; y++) {
      for (let x = cx; x < cx + 8; x++) {
        const i = y * WIDTH + x;
        if (source[i] !== 1 || hole[i] !== 0) return false;
      }
    }
    return true;
  });
}

describe('contextual attention', () => {
  it.each([true, false])('is the same in its literal and its fast form (propagation %s)', (propagation) => {
    const [hole, source] = [box(20, 15, 17, 12), everywhere()];
    const expected = run(literal, hole, source, { scale: 3, propagation });
    const found = run(fast, hole, source, { scale: 3, propagation });
    for (const name of ['probabilities', 'features']) {
      found[name].forEach((value, i) => expect(Math.abs(value - expected[name][i])).toBeLessThan(1e-5));
    }
  });

  it.each([1, 3 * 8 * CELLS, 4 * 8 * CELLS])('is the same in bands of at most %i scores', (mostScores) => {
    const [hole, source] = [box(20, 15, 17, 12), everywhere()];
    const whole = run(fast, hole, source);
    const bands = run(inBands(mostScores), hole, source);
    for (const name of ['probabilities', 'features']) {
      bands[name].forEach((value, i) => expect(Math.abs(value - whole[name][i])).toBeLessThan(1e-12));
    }
  });

  it('gives every query probabilities that sum to 1', () => {
    const { probabilities } = run(fast, box(20, 15, 17, 12), everywhere());
    for (let query = 0; query < CELLS; query++) {
      const row = probabilities.subarray(query * CELLS, (query + 1) * CELLS);
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    }
  });

  it.each([
    ['half of the picture', box(0, 0, 32, 48)],
    ['a corner of two by two cells', box(48, 32, 16, 16)],
    ['a single cell', box(40, 8, 8, 8)],
    ['a region that is not aligned to cells', box(3, 2, 30, 15)],
  ])('puts no probability outside a source region of %s', (_, source) => {
    const hole = box(24, 20, 10, 9);
    const usable = usableCells(hole, source);
    expect(usable).toContain(true);
    const { probabilities } = run(fast, hole, source);
    let outside = 0;
    probabilities.forEach((value, i) => {
      if (!usable[i % CELLS]) outside = Math.max(outside, value);
    });
    expect(outside).toBe(0);
  });

  it('never takes from the hole, even when the source region covers it', () => {
    const hole = box(24, 16, 16, 16);
    const usable = usableCells(hole, everywhere());
    const { probabilities } = run(fast, hole, everywhere());
    probabilities.forEach((value, i) => {
      if (!usable[i % CELLS]) expect(value).toBe(0);
    });
  });

  it('uses patches beside the hole only when there is no other', () => {
    const hole = box(24, 16, 8, 8);
    const beside = box(32, 16, 8, 8); // its 3 x 3 cells touch the hole
    const away = box(56, 40, 8, 8);
    const both = beside.map((value, i) => Math.max(value, away[i]));
    const cellOf = (x: number, y: number) => (y / 8) * (WIDTH / 8) + x / 8;
    const alone = run(fast, hole, beside)['probabilities'];
    const together = run(fast, hole, both)['probabilities'];
    for (let query = 0; query < CELLS; query++) {
      expect(alone[query * CELLS + cellOf(32, 16)]).toBe(1);
      expect(together[query * CELLS + cellOf(56, 40)]).toBe(1);
    }
  });

  it('copies a patch back where it is the only one to copy', () => {
    // With one usable patch every query gets it: the result repeats its 2 x 2 features, but for overlaps at the border.
    const graph = new Graph();
    const f = graph.input('f', [1, 1, HEIGHT / 4, WIDTH / 4]);
    const scores = patchScores(
      graph.input('hole', [1, 1, HEIGHT, WIDTH]),
      graph.input('source', [1, 1, HEIGHT, WIDTH]),
    );
    graph.output('features', fastAttention(f, scores, OPTIONS));
    const values = new Float32Array((HEIGHT / 4) * (WIDTH / 4)).fill(0.5);
    const { features } = interpret(graph, { f: values, hole: box(0, 0, 8, 8), source: box(32, 24, 8, 8) });
    const width = WIDTH / 4;
    for (let y = 1; y < HEIGHT / 4 - 1; y++) {
      for (let x = 1; x < width - 1; x++) expect(features[y * width + x]).toBeCloseTo(0.5, 12);
    }
  });
});
