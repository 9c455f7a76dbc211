/** What can be seen of an experiment at a step: a picture's worth of numbers, drawn from random numbers of its own. */
import { Random } from '../numeric/random';
import type { CompiledGraph, Runtime } from '../runtime/runtime';
import { dimensionsOf, labSampleGraph, labScoreGraph, type LabShape } from './lab-graphs';
import { viewGridOf } from './view-grid';

/** Samples behind a view. */
const SAMPLES = 4000;
/** Points of a plane that are shown. */
const SHOWN = 1000;
/** Stream of random numbers, besides those of a run. */
const STREAM = 5;

export interface LabView {
  /** Of two dimensions: points (N,2) that the generator makes, in units of the target. Of one: empty. */
  readonly points: Float32Array;
  /** Of one dimension: shares of what the generator makes in the view's cells. Of two: empty. */
  readonly made: Float32Array;
  /** What the critic says in the middle of the view's cells: D where its loss is a cross entropy, else its score. Rows go upwards. */
  readonly critic: Float32Array;
}

/** Losses whose critic says how likely a sample is real, and has p / (p + q) as its optimum. */
const CROSS_ENTROPIES: ReadonlySet<string> = new Set(['non-saturating', 'minimax']);

export const saysProbabilities = ({ options }: LabShape): boolean => CROSS_ENTROPIES.has(options.loss);

/** Always of the same z: what moves is what has been learnt. */
export class LabViewer {
  private readonly z: Float32Array;
  private readonly x: Float32Array;

  private constructor(
    private readonly shape: LabShape,
    private readonly samples: CompiledGraph,
    private readonly scores: CompiledGraph,
  ) {
    const { options, experiment } = shape;
    const random = new Random(options.seed, STREAM);
    this.z = Float32Array.from({ length: SAMPLES * options.z }, () => random.normal());
    this.x = cellsOf(shape).map((value) => value / experiment.target.scale);
  }

  static async open(shape: LabShape, runtime: Runtime): Promise<LabViewer> {
    const samples = await runtime.compile(labSampleGraph(shape, SAMPLES));
    const cells = cellsOf(shape).length / (dimensionsOf(shape) * shape.options.packing);
    return new LabViewer(shape, samples, await runtime.compile(labScoreGraph(shape, cells)));
  }

  async view(generator: Float32Array, critic: Float32Array): Promise<LabView> {
    const { samples } = await this.samples.run({ generator, z: this.z });
    const { scores } = await this.scores.run({ critic, x: this.x });
    const values = samples.map((value) => value * this.shape.experiment.target.scale);
    const flat = dimensionsOf(this.shape) === 1;
    return {
      points: flat ? new Float32Array(0) : values.slice(0, 2 * SHOWN),
      made: flat ? this.counted(values) : new Float32Array(0),
      critic: saysProbabilities(this.shape) ? scores.map((score) => 1 / (1 + Math.exp(-score))) : scores.slice(),
    };
  }

  async close(): Promise<void> {
    await this.samples.dispose();
    await this.scores.dispose();
  }

  private counted(samples: Float32Array): Float32Array {
    const { from, cell, count } = viewGridOf(this.shape.experiment.target);
    const counted = new Float32Array(count);
    for (const value of samples) {
      const at = Math.floor((value - from) / cell);
      if (at >= 0 && at < count) counted[at] += 1 / SAMPLES;
    }
    return counted;
  }
}

/** Middles of the cells (N,k d), each as often as the critic sees samples together. */
function cellsOf({ experiment, options }: LabShape): Float32Array {
  const { from, cell, count } = viewGridOf(experiment.target);
  const middle = (i: number): number => from + (i + 0.5) * cell;
  const flat = (experiment.target.modes[0]?.length ?? 1) === 1;
  const points = flat
    ? Array.from({ length: count }, (_, i) => [middle(i)])
    : Array.from({ length: count * count }, (_, i) => [middle(i % count), middle(Math.floor(i / count))]);
  return Float32Array.from(points.flatMap((point) => Array.from({ length: options.packing }, () => point).flat()));
}
