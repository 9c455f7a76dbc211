import type { CompiledGraph, Runtime, Values } from '../runtime/runtime';
import { initialise } from '../network/parameters';
import type { Batch, BatchMaker } from './batches';
import { averageDecayAt, correctedRate, learningRate, type TrainConfig } from './config';
import { Random } from './random';
import {
  freshState,
  matchesLayout,
  type NetworkState,
  type RunFolder,
  type StepRecord,
  type TrainState,
} from './run-folder';
import { criticLayout, criticStateLayout } from './critic-pair';
import { adamGraph, criticStepGraph, fillGraph, generatorStepGraph } from './steps';
import { openRunData } from './run-data';
import { validate } from './validation';
import { StudioError } from '../../shared/errors';
import { generatorLayout } from '../network/inference';

/** Steps between two lines of the log. */
const LOG_EVERY = 20;

/** Streams of the seed that are not a step's. */
const INITIALISATION_STREAM = 0xffffffff;

export interface TrainOptions {
  readonly run: RunFolder;
  readonly runtime: Runtime;
  /** Values to start from instead of fresh ones, when the run has no checkpoint yet. */
  readonly base?: Float32Array;
  /** Stops after the step at hand, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly onRecord?: (record: StepRecord, secondsLeft: number) => void;
}

/**
 * Trains until the configuration's last step or until the signal, from the run's checkpoint if it has one. One step is
 * `criticSteps` steps of the critics (none without an adversarial weight) and one of the generator. The state after a
 * step depends only on the configuration, the pictures and the runtime, not on how often the run was interrupted.
 */
export async function train(options: TrainOptions): Promise<TrainState> {
  const { run, runtime, signal } = options;
  const config = await run.config();
  const data = await openRunData(run, config);
  const state = (await run.checkpoint()) ?? initialState(config, options.base);
  const critics = config.weights.adversarial > 0;
  const layouts = critics ? { values: criticLayout(config), state: criticStateLayout(config) } : null;
  if (!matchesLayout(state, generatorLayout(config.architecture), layouts)) {
    throw new StudioError({
      code: 'training-data',
      message: `The checkpoint in ${run.folder} belongs to another network than its config.json.`,
      remedy: 'Restore the configuration the run was started with, or start a new run.',
      file: run.folder,
    });
  }

  const steps = await CompiledSteps.compile(config, runtime);
  const feeder = new Feeder(data.training, critics ? config.criticSteps : 0);
  const log = new LossLog();
  let mark = performance.now();
  try {
    while (state.step < config.steps && signal?.aborted !== true) {
      const { step } = state;
      for (let substep = 1; substep <= feeder.criticSteps; substep++) {
        log.add(await steps.criticStep(state, await feeder.take(step, substep), substep));
      }
      log.add(await steps.generatorStep(state, await feeder.take(step, 0)));
      updateAverage(state, config);
      state.step++;
      const now = performance.now();
      state.seconds += (now - mark) / 1000;
      mark = now;

      const last = state.step === config.steps;
      const measured = data.validation !== null && (last || state.step % config.validation.every === 0);
      if (measured || last || state.step % LOG_EVERY === 0) {
        const record: StepRecord = {
          step: state.step,
          seconds: state.seconds,
          rate: learningRate(config, step),
          waiting: feeder.takeWaiting(),
          losses: log.take(),
          ...(measured ? { validation: await validate(steps.fill, state.average, data.validation, config) } : {}),
        };
        await run.log(record);
        options.onRecord?.(record, ((config.steps - state.step) * state.seconds) / state.step);
      }
      if (state.step % config.checkpointEvery === 0) await run.writeCheckpoint(state);
    }
  } finally {
    await steps.dispose();
  }
  await run.writeCheckpoint(state);
  return state;
}

/** A run before its first step, from given values or fresh ones. */
export function initialState(config: TrainConfig, base?: Float32Array): TrainState {
  const random = new Random(config.seed, INITIALISATION_STREAM);
  const normal = () => random.normal();
  const fresh = initialise(generatorLayout(config.architecture), normal);
  const values = base?.slice() ?? fresh;
  const remembered = criticStateLayout(config);
  return {
    step: 0,
    seconds: 0,
    generator: freshState(values),
    average: values.slice(),
    ...(config.weights.adversarial > 0
      ? {
          critic: freshState(initialise(criticLayout(config), normal)),
          ...(remembered.size === 0 ? {} : { criticState: initialise(remembered, normal) }),
        }
      : {}),
  };
}

function updateAverage({ average, generator, step }: TrainState, config: TrainConfig): void {
  const decay = averageDecayAt(config, step);
  for (let i = 0; i < average.length; i++) average[i] = decay * average[i] + (1 - decay) * generator.values[i];
}

/** The graphs of a run, compiled. */
class CompiledSteps {
  private constructor(
    private readonly config: TrainConfig,
    private readonly graphs: {
      readonly generatorStep: CompiledGraph;
      readonly adamGenerator: CompiledGraph;
      /** For critics and validation. */
      readonly fill: CompiledGraph | null;
      readonly critics: {
        readonly criticStep: CompiledGraph;
        readonly adam: CompiledGraph;
      } | null;
    },
  ) {}

  static async compile(config: TrainConfig, runtime: Runtime): Promise<CompiledSteps> {
    const critics = config.weights.adversarial > 0;
    return new CompiledSteps(config, {
      generatorStep: await runtime.compile(generatorStepGraph(config, config.weights)),
      adamGenerator: await runtime.compile(adamGraph(generatorLayout(config.architecture).size, config.optimiser)),
      fill: critics || config.validation.share > 0 ? await runtime.compile(fillGraph(config)) : null,
      critics: critics
        ? {
            criticStep: await runtime.compile(criticStepGraph(config, config.weights)),
            adam: await runtime.compile(adamGraph(criticLayout(config).size, config.optimiser)),
          }
        : null,
    });
  }

  /** @throws Error in a run that needs no fills */
  get fill(): CompiledGraph {
    if (this.graphs.fill === null) throw new Error('this run has neither critics nor validation');
    return this.graphs.fill;
  }

  async generatorStep(state: TrainState, batch: Batch): Promise<Record<string, number>> {
    const critic: Values = state.critic === undefined ? {} : { critic: state.critic.values, ...memory(state) };
    const {
      gradient,
      complete: _,
      ...losses
    } = await this.graphs.generatorStep.run({ ...batch, ...critic, generator: state.generator.values });
    const norm = await this.update(this.graphs.adamGenerator, state.generator, gradient, state.step, state.step + 1);
    return { ...scalars(losses), generatorNorm: norm };
  }

  async criticStep(state: TrainState, batch: Batch, substep: number): Promise<Record<string, number>> {
    const { critics } = this.graphs;
    if (critics === null || state.critic === undefined) throw new Error('this run has no critics');
    const { complete } = await this.fill.run({ ...batch, generator: state.generator.values });
    const { gradient, loss, criticStateNew, ...losses } = await critics.criticStep.run({
      ...batch,
      complete,
      critic: state.critic.values,
      ...memory(state),
    });
    if (criticStateNew !== undefined) state.criticState = criticStateNew;
    const norm = await this.update(
      critics.adam,
      state.critic,
      gradient,
      state.step,
      state.step * this.config.criticSteps + substep,
    );
    return { ...scalars(losses), criticLoss: loss[0], criticNorm: norm };
  }

  private async update(
    adam: CompiledGraph,
    network: NetworkState,
    gradient: Float32Array,
    step: number,
    updates: number,
  ): Promise<number> {
    const rate = correctedRate(learningRate(this.config, step), updates, this.config.optimiser);
    const { valuesNew, meanNew, varianceNew, norm } = await adam.run({
      ...network,
      gradient,
      rate: Float32Array.of(rate),
    });
    network.values = valuesNew;
    network.mean = meanNew;
    network.variance = varianceNew;
    return norm[0];
  }

  async dispose(): Promise<void> {
    const { generatorStep, adamGenerator, fill, critics } = this.graphs;
    const optional = [...(fill === null ? [] : [fill]), ...Object.values(critics ?? {})];
    for (const graph of [generatorStep, adamGenerator, ...optional]) await graph.dispose();
  }
}

/** The input criticState, where the critics remember something. */
function memory({ criticState }: TrainState): Values {
  return criticState === undefined ? {} : { criticState };
}

function scalars(values: Readonly<Record<string, Float32Array>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value[0]]));
}

/** Draws the next batch while a step runs, and measures how long the steps wait for it. */
class Feeder {
  private next: { readonly key: string; readonly batch: Promise<Batch> } | null = null;
  private waited = 0;
  private since = performance.now();

  constructor(
    private readonly maker: BatchMaker,
    readonly criticSteps: number,
  ) {}

  async take(step: number, substep: number): Promise<Batch> {
    const start = performance.now();
    const key = `${step}/${substep}`;
    const batch = await (this.next?.key === key ? this.next.batch : this.maker.draw(step, substep));
    this.waited += performance.now() - start;
    const [followingStep, followingSubstep] = this.following(step, substep);
    const following = this.maker.draw(followingStep, followingSubstep);
    following.catch(() => undefined); // reported when it is taken
    this.next = { key: `${followingStep}/${followingSubstep}`, batch: following };
    return batch;
  }

  /** Critic steps 1..n, then the generator's 0, then the next step. */
  private following(step: number, substep: number): readonly [number, number] {
    if (substep === 0) return [step + 1, this.criticSteps > 0 ? 1 : 0];
    return [step, substep === this.criticSteps ? 0 : substep + 1];
  }

  /** The share of the time since the last call that was spent waiting. */
  takeWaiting(): number {
    const now = performance.now();
    const share = this.waited / Math.max(1, now - this.since);
    this.waited = 0;
    this.since = now;
    return share;
  }
}

/** Means of losses since they were last taken. */
class LossLog {
  private readonly sums = new Map<string, { total: number; count: number }>();

  add(losses: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(losses)) {
      const sum = this.sums.get(name) ?? { total: 0, count: 0 };
      this.sums.set(name, { total: sum.total + value, count: sum.count + 1 });
    }
  }

  take(): Record<string, number> {
    const means = Object.fromEntries([...this.sums].map(([name, { total, count }]) => [name, total / count]));
    this.sums.clear();
    return means;
  }
}
