/** Trains an experiment from its seed: the same options give the same numbers, however often it is looked at. */
import type { Sign } from '../../shared/lab/signs';
import { initialise } from '../network/parameters';
import { Random } from '../numeric/random';
import type { CompiledGraph, Runtime, Values } from '../runtime/runtime';
import { adamStep } from '../train/optimiser';
import type { NetworkState } from '../train/run-folder';
import { type Course, Detectors } from './detectors';
import { type ExperimentName, experimentOf } from './experiments';
import {
  criticLayoutOf,
  generatorLayoutOf,
  labCriticStep,
  labGeneratorStep,
  labSampleGraph,
  type LabShape,
} from './lab-graphs';
import { type LabOptions, labOptionsSchema } from './lab-options';
import { LabBatches } from './lab-batches';
import { LabViewer, type LabView } from './lab-view';
import { measure, type Measures } from './measures';

/** Looks at a run, evenly over its steps. */
const LOOKS = 20;
/** Samples of a look, and of what a run says at its end. */
const LOOK_SAMPLES = 8000;
const END_SAMPLES = 40_000;
/** Samples that the generator makes at once. */
const CHUNK = 4000;
/** Gradients are shortened to this: an experiment is to show when they explode, not to be saved from it. */
const NO_CLIP = 1e9;
/** Noise on what the critic sees ends at this share of the steps. */
const NOISE_ENDS = 0.7;

/** Streams of random numbers, each independent of how many the others have given. */
const STREAMS = { weights: 1, batches: 2, looks: 3, end: 4 } as const;

export interface Look extends Course {
  readonly step: number;
  readonly measures: Measures;
}

export interface LabResult {
  readonly experiment: ExperimentName;
  readonly options: LabOptions;
  readonly looks: readonly Look[];
  readonly measures: Measures;
  readonly signs: readonly Sign[];
  readonly seconds: number;
}

export interface LabRun {
  readonly experiment: ExperimentName;
  readonly options: LabOptions;
  readonly runtime: Runtime;
  /** Asked before each step, which waits for it. */
  readonly hold?: () => Promise<void> | undefined;
  /** The run waits for it; `view` takes no number from it. */
  readonly onLook?: (look: Look, view: () => Promise<LabView>, signs: readonly Sign[]) => Promise<void> | void;
  /** After each step that is not looked at. */
  readonly onStep?: (step: number, view: () => Promise<LabView>) => Promise<void> | void;
  /** Ends the run after the step at hand, with what it has learnt. */
  readonly signal?: AbortSignal;
}

/** @throws ZodError for options out of their range */
export async function runExperiment(run: LabRun): Promise<LabResult> {
  const { experiment, options, runtime, signal } = run;
  const shape: LabShape = { experiment: experimentOf(experiment), options: labOptionsSchema.parse(options) };
  const training = await Training.open(shape, runtime);
  const started = performance.now();
  try {
    const looks: Look[] = [];
    const detectors = new Detectors(options.steps);
    const every = Math.max(1, Math.round(options.steps / LOOKS));
    for (let step = 0; step < options.steps; step++) {
      await run.hold?.();
      if (signal?.aborted === true) break;
      await training.step(step);
      const done = step + 1;
      if (done % every !== 0 && done !== options.steps) {
        await run.onStep?.(done, training.view);
        continue;
      }
      const course = training.takeCourse();
      const look = { step: done, ...course, measures: await training.measure(LOOK_SAMPLES, STREAMS.looks, done) };
      detectors.look(done, course, look.measures);
      looks.push(look);
      await run.onLook?.(look, training.view, detectors.signs);
    }
    const measures = await training.measure(END_SAMPLES, STREAMS.end, 0);
    const seconds = (performance.now() - started) / 1000;
    return { experiment, options, looks, measures, signs: detectors.signs, seconds };
  } finally {
    await training.close();
  }
}

class Training {
  private readonly generator: NetworkState;
  private readonly critic: NetworkState;
  /** What is looked at. */
  private readonly average: Float32Array;
  private readonly batches: LabBatches;
  private updates = { generator: 0, critic: 0 };
  private sums = { steps: 0, criticLoss: 0, generatorLoss: 0, criticNorm: 0, generatorNorm: 0, accuracy: 0 };
  private hasAccuracy = false;

  /** What can be seen of both networks now. */
  readonly view = async (): Promise<LabView> => {
    this.viewer ??= await LabViewer.open(this.shape, this.runtime);
    return this.viewer.view(this.average, this.critic.values);
  };

  private viewer: LabViewer | null = null;

  private constructor(
    private readonly shape: LabShape,
    private readonly runtime: Runtime,
    private readonly criticGraph: CompiledGraph,
    private readonly generatorGraph: CompiledGraph,
    private readonly sampleGraph: CompiledGraph,
  ) {
    const { options } = shape;
    const random = new Random(options.seed, STREAMS.weights);
    const normal = (): number => random.normal();
    this.generator = freshState(initialise(generatorLayoutOf(shape), normal));
    this.critic = freshState(initialise(criticLayoutOf(shape), normal));
    this.average = this.generator.values.slice();
    this.batches = new LabBatches(shape, new Random(options.seed, STREAMS.batches));
  }

  static async open(shape: LabShape, runtime: Runtime): Promise<Training> {
    const criticGraph = await runtime.compile(labCriticStep(shape));
    const generatorGraph = await runtime.compile(labGeneratorStep(shape));
    const sampleGraph = await runtime.compile(labSampleGraph(shape, CHUNK));
    return new Training(shape, runtime, criticGraph, generatorGraph, sampleGraph);
  }

  /** The critic's steps, then one of the generator. */
  async step(step: number): Promise<void> {
    const { options } = this.shape;
    const noise = options.noise * Math.max(0, 1 - step / (NOISE_ENDS * options.steps));
    for (let i = 0; i < options.criticSteps; i++) {
      const { loss, gradient, accuracy } = await this.criticGraph.run({
        ...this.batches.critic(noise),
        ...this.weights(),
      });
      this.sums.criticNorm += this.update('critic', gradient, options.criticRate, step) / options.criticSteps;
      this.sums.criticLoss += loss[0] / options.criticSteps;
      if (accuracy !== undefined) this.sums.accuracy += accuracy[0] / options.criticSteps;
      this.hasAccuracy = accuracy !== undefined;
    }
    const { loss, gradient } = await this.generatorGraph.run({ ...this.batches.generator(noise), ...this.weights() });
    this.sums.generatorNorm += this.update('generator', gradient, options.generatorRate, step);
    this.sums.generatorLoss += loss[0];
    this.sums.steps++;
    const { average } = this;
    // As in the trainer a plain mean at first.
    const decay = Math.min(options.average, (step + 1) / (step + 10));
    for (let i = 0; i < average.length; i++) average[i] = decay * average[i] + (1 - decay) * this.generator.values[i];
  }

  /** Means since it was last called. */
  takeCourse(): Course {
    const { steps, accuracy, ...sums } = this.sums;
    this.sums = { steps: 0, criticLoss: 0, generatorLoss: 0, criticNorm: 0, generatorNorm: 0, accuracy: 0 };
    return {
      criticLoss: sums.criticLoss / steps,
      generatorLoss: sums.generatorLoss / steps,
      criticNorm: sums.criticNorm / steps,
      generatorNorm: sums.generatorNorm / steps,
      ...(this.hasAccuracy ? { accuracy: accuracy / steps } : {}),
    };
  }

  async measure(count: number, stream: number, substream: number): Promise<Measures> {
    const { experiment, options } = this.shape;
    const { target } = experiment;
    const random = new Random(options.seed, stream, substream);
    const dimensions = target.modes[0]?.length ?? 1;
    const samples = new Float32Array(count * dimensions);
    for (let at = 0; at < count; at += CHUNK) {
      const z = Float32Array.from({ length: CHUNK * options.z }, () => random.normal());
      const made = await this.sampleGraph.run({ generator: this.average, z });
      samples.set(made['samples'], at * dimensions);
    }
    return measure(
      samples.map((value) => value * target.scale),
      target,
    );
  }

  async close(): Promise<void> {
    for (const graph of [this.criticGraph, this.generatorGraph, this.sampleGraph]) await graph.dispose();
    await this.viewer?.close();
  }

  private weights(): Values {
    return { generator: this.generator.values, critic: this.critic.values };
  }

  /** @returns the gradient's length */
  private update(who: 'generator' | 'critic', gradient: Float32Array, rate: number, step: number): number {
    const { beta1, beta2, schedule, steps } = this.shape.options;
    const updates = ++this.updates[who];
    const falling = schedule === 'cosine' ? 0.5 * (1 + Math.cos((Math.PI * step) / steps)) : 1;
    const corrected = (rate * falling * Math.sqrt(1 - beta2 ** updates)) / (1 - beta1 ** updates);
    return adamStep(this[who], gradient, corrected, { beta1, beta2, clipNorm: NO_CLIP });
  }
}

function freshState(values: Float32Array): NetworkState {
  return { values, mean: new Float32Array(values.length), variance: new Float32Array(values.length) };
}
