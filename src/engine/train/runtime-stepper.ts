import type { Graph } from '../graph/graph';
import type { CompiledGraph, Runtime, Values } from '../runtime/runtime';
import type { BatchSource } from './batch-source';
import type { Batch } from './batches';
import type { TrainConfig } from './config';
import type { Losses } from './failure-monitor';
import { adamStep } from './optimiser';
import type { NetworkState, Weights } from './run-folder';
import type { CriticUpdate, GeneratorUpdate, Stepper } from './stepper';
import { stepGraphs } from './steps';

interface Graphs {
  readonly generatorStep: CompiledGraph;
  /** For critics, validation and samples. */
  readonly fill: CompiledGraph;
  readonly critics: { readonly criticStep: CompiledGraph; readonly score: CompiledGraph } | null;
}

/** Steps of this process: weights are in its memory, a runtime (ONNX Runtime, TensorFlow.js) executes the graphs, and Adam is optimiser.ts. */
export class RuntimeStepper implements Stepper {
  private loaded: Weights | null = null;
  readonly score: Stepper['score'];

  private constructor(
    private readonly config: TrainConfig,
    private readonly graphs: Graphs,
    private readonly batches: BatchSource,
  ) {
    const { critics } = graphs;
    this.score = critics === null ? null : (batch) => critics.score.run({ ...batch, ...this.criticInputs() });
  }

  /** @param features weights of the feature network by name, where the run's losses look at learnt features */
  static async open(
    config: TrainConfig,
    runtime: Runtime,
    batches: BatchSource,
    features: Values = {},
  ): Promise<RuntimeStepper> {
    const compile = (build: () => Graph): Promise<CompiledGraph> => compilePicky(runtime, build(), features);
    const { generatorStep, fill, critics } = stepGraphs(config);
    const graphs = {
      generatorStep: await compile(generatorStep),
      fill: await compile(fill),
      critics: critics && { criticStep: await compile(critics.criticStep), score: await compile(critics.score) },
    };
    return new RuntimeStepper(config, graphs, batches);
  }

  load(weights: Weights): Promise<void> {
    this.loaded = { ...weights };
    return Promise.resolve();
  }

  read(): Promise<Weights> {
    return Promise.resolve({ ...this.weights });
  }

  async criticStep(step: number, substep: number, { rate }: CriticUpdate): Promise<Losses> {
    const { critics } = this.graphs;
    const { generator, critic } = this.weights;
    if (critics === null || critic === undefined) throw new Error('this run has no critics');
    const batch = await this.batches.take(step, substep);
    const { complete } = await this.graphs.fill.run({ ...batch, generator: generator.values });
    const results = await critics.criticStep.run({ ...batch, complete, ...this.criticInputs() });
    const { gradient, loss, criticStateNew, ...losses } = results;
    if (criticStateNew !== undefined) this.weights.criticState = criticStateNew;
    const norm = this.update(critic, gradient, rate);
    return { ...scalars(losses), criticLoss: loss[0], criticNorm: norm };
  }

  async generatorStep(step: number, { rate, decay }: GeneratorUpdate): Promise<Losses> {
    const { generator, average } = this.weights;
    const batch = await this.batches.take(step, 0);
    const feeds = { ...batch, ...this.criticInputs(), generator: generator.values };
    const { gradient, complete: _, ...losses } = await this.graphs.generatorStep.run(feeds);
    const norm = this.update(generator, gradient, rate);
    for (let i = 0; i < average.length; i++) average[i] = decay * average[i] + (1 - decay) * generator.values[i];
    return { ...scalars(losses), generatorNorm: norm };
  }

  async fill(batch: Batch): Promise<Float32Array> {
    const { complete } = await this.graphs.fill.run({ ...batch, generator: this.weights.average });
    return complete;
  }

  takeWaiting(): number {
    return this.batches.takeWaiting();
  }

  async close(): Promise<void> {
    await this.batches.close();
    const { generatorStep, fill, critics } = this.graphs;
    for (const graph of [generatorStep, fill, ...Object.values(critics ?? {})]) await graph.dispose();
  }

  private get weights(): Weights {
    if (this.loaded === null) throw new Error('no weights have been loaded');
    return this.loaded;
  }

  /** critic and, where the critics remember something, criticState. */
  private criticInputs(): Values {
    const { critic, criticState } = this.weights;
    if (critic === undefined) return {};
    return { critic: critic.values, ...(criticState === undefined ? {} : { criticState }) };
  }

  private update(network: NetworkState, gradient: Float32Array, rate: number): number {
    return adamStep(network, gradient, rate, this.config.optimiser);
  }
}

/** A compiled graph that takes what it needs of a batch: runtimes refuse values for inputs that a graph does not have. */
async function compilePicky(runtime: Runtime, graph: Graph, fixed: Values): Promise<CompiledGraph> {
  const needed = (feeds: Values): Values =>
    Object.fromEntries(Object.entries(feeds).filter(([name]) => graph.inputs.has(name)));
  const compiled = await runtime.compile(graph, { fixed: needed(fixed) });
  return { run: (feeds) => compiled.run(needed(feeds)), dispose: () => compiled.dispose() };
}

function scalars(values: Readonly<Record<string, Float32Array>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value[0]]));
}
