import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from './onnxruntime';
import type { Graph } from '../../graph/graph';
import { elementCount, type Shape } from '../../graph/shape';
import type { CompiledGraph, CompileOptions, Runtime, Values } from '../runtime';
import { channelBlock } from './channel-block';
import { lowerToOnnx } from './lower';
import { encodeModel } from './encode-model';

export interface OnnxRuntimeOptions {
  /** Execution provider as onnxruntime-node names it: "cpu", "cuda", "dml", "coreml", "webgpu". */
  readonly provider?: string;
  /** Threads within an operation; all cores when left out. */
  readonly threads?: number;
  /**
   * Keeps freed memory for the next run (the default). Without it a run of the full-width generator at 512 x 512 peaks at
   * 620 instead of 930 MB, for a few per cent of its time.
   */
  readonly arena?: boolean;
  /**
   * Lets the threads of a session wait for its next operation in a loop (the default). Where sessions take turns, those of
   * the last one so take the cores from the next one's.
   */
  readonly spinning?: boolean;
}

/**
 * ONNX Runtime in this very process. A run blocks the calling thread for its whole length, so interactive code uses it
 * in a process of its own.
 */
export class OnnxRuntime implements Runtime {
  readonly name: string;
  readonly label: string;
  private readonly provider: string;
  private readonly threads: number;
  private readonly arena: boolean;
  private readonly spinning: boolean;

  constructor(options: OnnxRuntimeOptions = {}) {
    this.provider = options.provider ?? 'cpu';
    this.threads = options.threads ?? availableParallelism();
    this.arena = options.arena ?? true;
    this.spinning = options.spinning ?? true;
    this.name = `onnx-${this.provider}`;
    this.label =
      this.provider === 'cpu'
        ? `CPU, ${this.threads} ${this.threads === 1 ? 'thread' : 'threads'}`
        : this.provider.toUpperCase();
  }

  async compile(graph: Graph, { fixed = {} }: CompileOptions = {}): Promise<CompiledGraph> {
    const block = this.provider === 'cpu' ? await channelBlock() : null;
    return this.load(encodeModel(lowerToOnnx(graph, { fixed, block })), inputShapes(graph));
  }

  /** Makes a session from a model's bytes; `shapes` are those of the inputs that will be fed. */
  async load(model: Uint8Array, shapes: ReadonlyMap<string, Shape>): Promise<CompiledGraph> {
    const session = await InferenceSession.create(model, {
      executionProviders: [this.provider],
      intraOpNumThreads: this.threads,
      graphOptimizationLevel: 'all',
      // Reusing buffers by pattern holds on to the largest ones: 1032 against 654 MB at 512 x 512.
      enableMemPattern: false,
      enableCpuMemArena: this.arena,
      logSeverityLevel: 3,
      // The tail of a softmax is full of denormals, on which the copy-back is 4-8 times slower.
      extra: { session: { set_denormal_as_zero: '1', intra_op: { allow_spinning: this.spinning ? '1' : '0' } } },
    });
    return {
      run: async (feeds) => collect(await session.run(toTensors(feeds, session.inputNames, shapes))),
      dispose: () => session.release(),
    };
  }
}

function inputShapes(graph: Graph): Map<string, Shape> {
  return new Map([...graph.inputs].map(([name, id]) => [name, graph.node(id).shape]));
}

function toTensors(
  feeds: Values,
  wanted: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
): Record<string, Tensor> {
  return Object.fromEntries(
    wanted.map((name) => {
      const value = feeds[name];
      const shape = shapes.get(name);
      if (value === undefined || shape === undefined) throw new RangeError(`input "${name}" is not fed`);
      if (value.length !== elementCount(shape))
        throw new RangeError(`input "${name}" has ${value.length} values instead of ${elementCount(shape)}`);
      return [name, new Tensor('float32', value, shape)];
    }),
  );
}

function collect(results: InferenceSession.OnnxValueMapType): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => {
      if (!(value.data instanceof Float32Array)) throw new TypeError(`output "${name}" is not float32`);
      return [name, value.data];
    }),
  );
}
