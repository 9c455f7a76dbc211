import { describe, expect, it } from 'vitest';
import { gradient } from '../graph/gradient';
import { Graph } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { multiply, total } from '../graph/ops';
import { Random } from '../numeric/random';
import { augment, AUGMENTATION_VALUES, drawAugmentation } from './augmentation';

const SIDE = 8;
const PICTURE = Float64Array.from({ length: 3 * SIDE * SIDE }, (_, i) => Math.sin(1 + i * 0.37));

/** Places in a drawn row: eight gates, then the values. */
const GATE = { flip: 0, turn: 1, shift: 2, scale: 3, brightness: 4, contrast: 5, saturation: 6, hue: 7 };
const [FLIP, TRANSPOSED, TURN_X, TURN_Y, SHIFT_X, SHIFT_Y] = [8, 9, 10, 11, 12, 13];

/** A row whose only augmentation that happens below probability 0.5 is the named one. */
function only(gate: keyof typeof GATE, values: Readonly<Record<number, number>>): Float64Array {
  const row = Float64Array.from(drawAugmentation(new Random(5), SIDE));
  for (const at of Object.values(GATE)) row[at] = 1;
  row[GATE[gate]] = 0.25;
  for (const [at, value] of Object.entries(values)) row[Number(at)] = value;
  return row;
}

function run(drawn: ArrayLike<number>, probability: number, picture: ArrayLike<number> = PICTURE): Float64Array {
  const graph = new Graph();
  const x = graph.input('x', [1, 3, SIDE, SIDE]);
  const row = graph.input('drawn', [1, AUGMENTATION_VALUES]);
  graph.output('y', augment(x, row, graph.input('p', [])));
  return Float64Array.from(interpret(graph, { x: picture, drawn, p: [probability] })['y']);
}

const pixel = (values: ArrayLike<number>, c: number, y: number, x: number): number => values[(c * SIDE + y) * SIDE + x];

function expectMoved(result: Float64Array, from: (y: number, x: number) => readonly [number, number]): void {
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) expect(pixel(result, c, y, x)).toBeCloseTo(pixel(PICTURE, c, ...from(y, x)), 10);
    }
  }
}

describe('augmentation', () => {
  it('leaves pictures as they are at probability 0, but for the rounding of the colours', () => {
    const random = new Random(3);
    for (let i = 0; i < 20; i++) {
      const result = run(drawAugmentation(random, SIDE), 0);
      result.forEach((value, at) => expect(value).toBeCloseTo(PICTURE[at], 12));
    }
  });

  it('mirrors', () => {
    expectMoved(run(only('flip', { [FLIP]: -1 }), 0.5), (y, x) => [y, SIDE - 1 - x]);
  });

  it('turns by a quarter', () => {
    const turned = run(only('turn', { [TRANSPOSED]: 1, [TURN_X]: -1, [TURN_Y]: 1 }), 0.5);
    expectMoved(turned, (y, x) => [SIDE - 1 - x, y]);
  });

  it('shifts by whole pixels and reflects at the rim', () => {
    const reflected = (at: number): number => Math.min(Math.abs(at), 2 * (SIDE - 1) - Math.abs(at));
    const shifted = run(only('shift', { [SHIFT_X]: 1, [SHIFT_Y]: -1 }), 0.5);
    expectMoved(shifted, (y, x) => [reflected(y + 1), reflected(x - 1)]);
  });

  it('turns hues without changing greys or brightness', () => {
    const result = run(only('hue', {}), 0.5);
    const mean = (values: ArrayLike<number>, y: number, x: number): number =>
      (pixel(values, 0, y, x) + pixel(values, 1, y, x) + pixel(values, 2, y, x)) / 3;
    expect(mean(result, 3, 4)).toBeCloseTo(mean(PICTURE, 3, 4), 10);
    expect(pixel(result, 0, 3, 4)).not.toBeCloseTo(pixel(PICTURE, 0, 3, 4), 2);
  });

  it('happens as often as its probability says', () => {
    const random = new Random(9);
    let happened = 0;
    for (let i = 0; i < 4000; i++) if (drawAugmentation(random, SIDE)[GATE.scale] < 0.3) happened++;
    expect(happened / 4000).toBeCloseTo(0.3, 1);
  });

  it('is linear in the picture with the gradient that finite differences give', () => {
    const graph = new Graph();
    const x = graph.input('x', [1, 3, SIDE, SIDE]);
    const drawn = graph.input('drawn', [1, AUGMENTATION_VALUES]);
    const weights = graph.input('weights', [1, 3, SIDE, SIDE]);
    const loss = total(multiply(augment(x, drawn, graph.input('p', [])), weights));
    graph.output('loss', loss);
    graph.output('slope', gradient(loss, [x])[0]);
    const random = new Random(2);
    const normal = () => Float64Array.from(PICTURE, () => random.normal());
    const [w, direction] = [normal(), normal()];
    const row = drawAugmentation(random, SIDE);
    const at = (by: number) =>
      interpret(graph, { x: PICTURE.map((v, i) => v + by * direction[i]), drawn: row, weights: w, p: [1] });
    const slope = Float64Array.from(at(0)['slope']).reduce((sum, v, i) => sum + v * direction[i], 0);
    expect((at(0.5)['loss'][0] - at(-0.5)['loss'][0]) / slope).toBeCloseTo(1, 8);
  });
});
