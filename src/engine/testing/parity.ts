/**
 * What every runtime is tested with: every operation with its two gradients, whole generators and training steps, each
 * compared with the interpreter.
 */
import { operationCases } from './cases';
import { Graph } from '../graph/graph';
import { interpret } from './interpreter';
import { architectureSchema, type StyleOptions, styleSchema } from '../network/architecture';
import { criticOptionsSchema, type Penalty } from '../network/critic-options';
import { generatorLayout, STAGES, stageGraph, type Stage } from '../network/inference';
import { initialise } from '../network/parameters';
import { Random } from '../numeric/random';
import { madeUpFeatures, valuesOf } from './feature-weights';
import { windowSide } from '../train/critic-kinds';
import { criticStepGraph } from '../train/critic-steps';
import { criticLayout, criticStateLayout } from '../train/critics';
import { generatorStepGraph } from '../train/steps';
import { drawStyle, type StyleBatch, styleLayout, type StyleShape, styleTrainingSchema } from '../train/styles';
import type { Runtime, Values } from '../runtime/runtime';

export interface ParityCase {
  readonly name: string;
  /** What `deviation` may be at most: float32 against float64. */
  readonly tolerance: number;
  readonly make: () => { readonly graph: Graph; readonly feeds: Values };
}

/** One operation, or a generator's stage. */
const SHORT = 1e-4;
/** Thirty layers forward and back. */
const LONG = 1e-3;

/** Largest difference, relative to the largest expected value (at least 1e-3, so that zeros compare). */
function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return NaN;
  let largest = 1e-3;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(actual[i])) return NaN;
    largest = Math.max(largest, Math.abs(expected[i]));
    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
  }
  return difference / largest;
}

/** The largest difference from the interpreter, relative to each output's largest value, by output. */
export async function deviations(runtime: Runtime, { make }: ParityCase): Promise<Record<string, number>> {
  const { graph, feeds } = make();
  const expected = interpret(graph, feeds);
  const compiled = await runtime.compile(graph);
  try {
    const actual = await compiled.run(feeds);
    return Object.fromEntries(
      Object.entries(expected).map(([name, values]) => [name, deviation(actual[name] ?? [], values)]),
    );
  } finally {
    await compiled.dispose();
  }
}

const numbers = (count: number, next: () => number): Float32Array => Float32Array.from({ length: count }, next);

const operations = operationCases.map((operation): ParityCase => ({
  name: `${operation.kind}: ${operation.name}`,
  tolerance: SHORT,
  make: () => {
    const graph = new Graph();
    operation.build(graph);
    return { graph, feeds: operation.feeds };
  },
}));

const STYLED = styleSchema.parse({ latent: 8, width: 8, modulation: 'demodulated', noise: true });
const STYLE_TRAINING = styleTrainingSchema.parse({ candidates: 2, mixing: 1, pathLength: 2 });

function drawnStyles(shape: StyleShape): Values {
  const parts: StyleBatch = Object.fromEntries(
    styleLayout(shape).map(([name, count]) => [name, new Float32Array(count)]),
  );
  for (let index = 0; index < shape.batch; index++) drawStyle(new Random(8, index), shape, index, index, parts);
  return { ...parts };
}

/** A stage of a small generator on a 48 x 32 picture with a box-shaped hole. */
function generatorStage(
  stage: Stage,
  options: { readonly prior: string; readonly convolution: string; readonly style?: object },
): ParityCase {
  const make: ParityCase['make'] = () => {
    const architecture = architectureSchema.parse({ width: 4, ...options });
    const random = new Random(5);
    const layout = generatorLayout(architecture);
    const weights = layout.split(initialise(layout, () => random.normal()));
    const [width, height] = [48, 32];
    const hole = new Float32Array(width * height);
    for (let y = 9; y < 20; y++) hole.fill(1, y * width + 17, y * width + 30);
    const values: Values = {
      ...weights,
      image: numbers(3 * width * height, () => random.between(-1, 1)),
      hole,
      source: new Float32Array(width * height).fill(1),
      coarse: new Float32Array(3 * width * height).fill(0.2),
      styles: numbers(12 * 8, () => random.normal()),
      noisePlane: numbers(width * height, () => random.normal()),
    };
    const { graph } = stageGraph(architecture, stage, width, height);
    return { graph, feeds: Object.fromEntries(Object.entries(values).filter(([name]) => graph.inputs.has(name))) };
  };
  const styled = options.style === undefined ? '' : ', styled';
  return { name: `the ${stage} stage (${options.prior}, ${options.convolution}${styled})`, tolerance: SHORT, make };
}

const TEACHERS = {
  pixels: { adversarial: 0 },
  'critics of pictures': { adversarial: 0.05 },
  'learnt features': { adversarial: 0, perceptual: 2, projected: 0.15, matching: 0.1 },
} as const;

/** A step of the generator or of the critics: losses and flat gradients, the gradient penalty's second order included. */
function trainingStep(
  who: 'generator' | 'critics',
  from: keyof typeof TEACHERS,
  penalty: Penalty = 'wgan-gp',
  style: StyleOptions | null = null,
): ParityCase {
  const make: ParityCase['make'] = () => {
    const weights = { hole: 1.2, coarse: 1.2, known: 1.2, penalty: 10, ...TEACHERS[from] };
    const critics = criticOptionsSchema.parse({ penalty, projected: { mixing: true } });
    const architecture = architectureSchema.parse({ width: 2, prior: 'pull-push', style });
    // Second derivatives of a whole decoder take the interpreter long: one picture, and nothing but styles learns.
    const small = style === null ? { batch: 2 } : { batch: 1, stages: 'styles' as const };
    const shape = { architecture, ...small, side: 32, critics, weights, style: STYLE_TRAINING };
    const random = new Random(6);
    const { batch, side } = shape;
    const pixels = side * side;
    const window = windowSide(side);
    const hole = new Float32Array(batch * pixels);
    const windowRows = new Float32Array(batch * window * side);
    const windowColumns = new Float32Array(batch * side * window);
    for (let b = 0; b < batch; b++) {
      for (let y = 8; y < 20; y++) hole.fill(1, b * pixels + y * side + 10, b * pixels + y * side + 22);
      for (let i = 0; i < window; i++) {
        windowRows[b * window * side + i * side + 6 + i] = 1;
        windowColumns[b * side * window + (8 + i) * window + i] = 1;
      }
    }
    const picture = (): Float32Array => numbers(batch * 3 * pixels, () => random.between(-0.9, 0.9));
    const generator = initialise(generatorLayout(shape.architecture), () => random.normal());
    const critic = initialise(criticLayout(shape), () => random.normal());
    const criticState = initialise(criticStateLayout(shape), () => random.normal());
    const values: Values = {
      ...{ image: picture(), hole, windowRows, windowColumns, critic, criticState, discount: hole, generator },
      ...drawnStyles(shape),
      ...{ complete: picture(), mix: Float32Array.of(0.3, 0.7).subarray(0, batch), ...valuesOf(madeUpFeatures()) },
    };
    const graph = who === 'generator' ? generatorStepGraph(shape, weights) : criticStepGraph(shape, weights);
    return { graph, feeds: Object.fromEntries(Object.entries(values).filter(([name]) => graph.inputs.has(name))) };
  };
  const styled = style === null ? '' : ', styled';
  return {
    name: `a training step of the ${who}, taught by ${from}, penalty ${penalty}${styled}`,
    tolerance: LONG,
    make,
  };
}

export const parityCases: readonly ParityCase[] = [
  ...operations,
  ...STAGES.flatMap((stage) => [
    generatorStage(stage, { prior: 'none', convolution: 'plain' }),
    generatorStage(stage, { prior: 'pull-push', convolution: 'gated' }),
    generatorStage(stage, { prior: 'pull-push', convolution: 'plain', style: STYLED }),
  ]),
  trainingStep('generator', 'critics of pictures'),
  trainingStep('critics', 'critics of pictures'),
  trainingStep('critics', 'critics of pictures', 'r1'),
  trainingStep('generator', 'learnt features'),
  trainingStep('generator', 'pixels', 'wgan-gp', { ...STYLED, stages: 'refine' }),
  trainingStep('critics', 'learnt features'),
];
