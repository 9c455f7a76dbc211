import { expect, it } from 'vitest';
import { Graph, type Tensor } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { CriticState } from './critic-state';
import { cellShares, LOOKED_AT } from './learnt-features';
import { InputParameters } from './parameters';
import {
  matchingLoss,
  projectedCriticLoss,
  ProjectedCritics,
  projectedGeneratorLoss,
  scoresOfPictures,
} from './projected-critics';

/** Two pictures of three cells: of the first two cells are hole, of the second one, and a fifth of another. */
const HOLES = [1, 0.5, 0, 1, 0.2, 0];
const REAL = [0.5, 2, 9, -1, 9, 9];
const FAKE = [-2, 0.25, 9, 1, 9, 9];

function evaluate(build: (real: Tensor, fake: Tensor, hole: Tensor) => Tensor): number[] {
  const graph = new Graph();
  const [real, fake, hole] = ['real', 'fake', 'hole'].map((name) => graph.input(name, [2, 1, 1, 3]));
  graph.output('value', build(real, fake, hole));
  return [...interpret(graph, { real: REAL, fake: FAKE, hole: HOLES })['value']];
}

it('the critics minimise the hinge loss over cells that are more than a little hole', () => {
  const [loss] = evaluate((real, fake, hole) => projectedCriticLoss([real], [fake], [hole]));
  expect(loss).toBeCloseTo((0.5 + 0 + 2) / 3 + (0 + 1.25 + 2) / 3, 6);
});

it('the generator minimises the score of its fill, each cell as far as it is hole', () => {
  const [loss] = evaluate((_, fake, hole) => projectedGeneratorLoss([fake], [hole]));
  expect(loss).toBeCloseTo(-(-2 + 0.5 * 0.25 + 1 + 0.2 * 9) / 2.7, 6);
});

it('a picture’s score is the mean over its own hole and the blocks', () => {
  const scores = evaluate((real, fake, hole) => scoresOfPictures([real, fake], [hole, hole]));
  expect(scores[0]).toBeCloseTo(((0.5 + 0.5 * 2) / 1.5 + (-2 + 0.5 * 0.25) / 1.5) / 2, 6);
  expect(scores[1]).toBeCloseTo(((-1 + 0.2 * 9) / 1.2 + (1 + 0.2 * 9) / 1.2) / 2, 6);
});

it('matching is the mean difference of inner layers in the hole, over blocks and layers', () => {
  const [loss] = evaluate((real, fake, hole) =>
    matchingLoss([{ scores: fake, inner: [fake, fake] }], [{ scores: real, inner: [real, fake] }], [hole]),
  );
  expect(loss).toBeCloseTo((2.5 + 0.5 * 1.75 + 2 + 0) / 2.7 / 2, 6);
});

it('the share of hole in a cell is the mean over its pixels', () => {
  const graph = new Graph();
  const side = 32;
  cellShares(graph.input('hole', [1, 1, side, side])).forEach((share, i) => graph.output(`share${i}`, share));
  const hole = Array.from({ length: side * side }, (_, i) => (i % side < 8 && i < 16 * side ? 1 : 0));
  const shares = interpret(graph, { hole });
  expect(LOOKED_AT.map(({ stride }) => stride)).toEqual([2, 4, 8, 16]);
  expect([...shares['share3']]).toEqual([0.5, 0, 0, 0]);
  expect([...shares['share2'].slice(0, 4)]).toEqual([1, 0, 0, 0]);
});

it.each([
  ['a finer block', 0, 3, true],
  ['a coarser block', 3, 0, false],
])('with mixing, heads see the coarser blocks too: %s hears of a change in another', (_, at, changed, hears) => {
  const graph = new Graph();
  const values = new InputParameters(graph);
  const { state, layout } = CriticState.collecting(graph);
  const features = LOOKED_AT.map(({ channels, stride }, i) =>
    graph.input(`features${i}`, [1, channels, 16 / stride, 16 / stride]),
  );
  const holes = LOOKED_AT.map(({ stride }) => graph.constant([1, 1, 16 / stride, 16 / stride], [1]));
  const verdicts = new ProjectedCritics(values, state, true).verdicts(features, holes);
  graph.output('scores', verdicts[at].scores);
  const wave = (count: number): number[] => Array.from({ length: count }, (_unused, i) => Math.sin(1 + i * 0.7));
  const inputs = [...graph.inputs.keys()].map((name) => [name, wave(graph.inputTensor(name).elementCount)] as const);
  const before = interpret(graph, Object.fromEntries(inputs))['scores'];
  const after = interpret(graph, {
    ...Object.fromEntries(inputs),
    [`features${changed}`]: wave(graph.inputTensor(`features${changed}`).elementCount).map((x) => 2 * x),
  })['scores'];
  expect([...after].some((score, i) => Math.abs(score - before[i]) > 1e-9)).toBe(hears);
  expect(layout.list.filter(({ name }) => name.startsWith('mixing.'))).toHaveLength(7);
});
