import type { Graph } from '../graph/graph';
import type { CompiledGraph, Runtime, Values } from '../runtime/runtime';
import type { Batch } from './batches';
import { correctedRate, learningRate, type TrainConfig } from './config';
import { adamStep } from './optimiser';
import type { NetworkState, TrainState } from './run-folder';
import { criticStepGraph, fillGraph, generatorStepGraph, scoreGraph } from './steps';
import type { Judges } from './validation';

/** The graphs of a run, compiled. */
export class CompiledSteps {
  private constructor(
    private readonly config: TrainConfig,
    private readonly graphs: {
      readonly generatorStep: CompiledGraph;
      /** For critics, validation and samples. */
      readonly fill: CompiledGraph;
      readonly critics: {
        readonly criticStep: CompiledGraph;
        readonly score: CompiledGraph;
      } | null;
    },
  ) {}

  static async compile(config: TrainConfig, runtime: Runtime): Promise<CompiledSteps> {
    const critics = config.weights.adversarial > 0;
    const compile = (graph: Graph): Promise<CompiledGraph> => compilePicky(runtime, graph);
    return new CompiledSteps(config, {
      generatorStep: await compile(generatorStepGraph(config, config.weights)),
      fill: await compile(fillGraph(config)),
      critics: critics
        ? {
            criticStep: await compile(criticStepGraph(config, config.weights)),
            score: await compile(scoreGraph(config)),
          }
        : null,
    });
  }

  /** What a validation of the state needs. */
  judges(state: TrainState): Judges {
    const { critics } = this.graphs;
    return {
      fill: this.fill,
      generator: state.average,
      critics:
        critics === null || state.critic === undefined
          ? null
          : { score: critics.score, feeds: { critic: state.critic.values, ...memory(state) } },
    };
  }

  get fill(): CompiledGraph {
    return this.graphs.fill;
  }

  async generatorStep(state: TrainState, batch: Batch): Promise<Record<string, number>> {
    const critic: Values = state.critic === undefined ? {} : { critic: state.critic.values, ...memory(state) };
    const {
      gradient,
      complete: _,
      ...losses
    } = await this.graphs.generatorStep.run({ ...batch, ...critic, generator: state.generator.values });
    const norm = this.update(state.generator, gradient, state, state.step + 1);
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
    const norm = this.update(state.critic, gradient, state, state.step * this.config.criticSteps + substep);
    return { ...scalars(losses), criticLoss: loss[0], criticNorm: norm };
  }

  private update(
    network: NetworkState,
    gradient: Float32Array,
    { step, rateFactor: factor = 1 }: TrainState,
    updates: number,
  ): number {
    const { optimiser } = this.config;
    const rate = correctedRate(factor * learningRate(this.config, step), updates, optimiser);
    return adamStep(network, gradient, rate, optimiser);
  }

  async dispose(): Promise<void> {
    const { generatorStep, fill, critics } = this.graphs;
    for (const graph of [generatorStep, fill, ...Object.values(critics ?? {})]) await graph.dispose();
  }
}

/** A compiled graph that takes what it needs of a batch: runtimes refuse values for inputs that a graph does not have. */
async function compilePicky(runtime: Runtime, graph: Graph): Promise<CompiledGraph> {
  const compiled = await runtime.compile(graph);
  const needed = (feeds: Values): Values =>
    Object.fromEntries(Object.entries(feeds).filter(([name]) => graph.inputs.has(name)));
  return { run: (feeds) => compiled.run(needed(feeds)), dispose: () => compiled.dispose() };
}

/** The input criticState, where the critics remember something. */
function memory({ criticState }: TrainState): Values {
  return criticState === undefined ? {} : { criticState };
}

function scalars(values: Readonly<Record<string, Float32Array>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value[0]]));
}
