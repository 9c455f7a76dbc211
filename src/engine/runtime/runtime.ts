import type { Graph } from '../graph/graph';

/** Values by name, float32 in row-major order (N,C,H,W for pictures). */
export type Values = Readonly<Record<string, Float32Array>>;

export interface CompileOptions {
  /** Inputs that are the same in every run, such as a model's weights: kept by the compiled graph and never fed. */
  readonly fixed?: Values;
}

/** A graph made ready for one runtime. Runs follow one another: a second may be asked for before the first is done. */
export interface CompiledGraph {
  /**
   * From values for the inputs to those of the outputs. Inputs that no output depends on may be left out.
   *
   * @throws Error when a needed input has no value or a value has the wrong length
   */
  run(feeds: Values): Promise<Record<string, Float32Array>>;
  /** Frees what it holds. It cannot run afterwards; disposing twice does no harm. */
  dispose(): Promise<void>;
}

/** What executes graphs. */
export interface Runtime {
  /** For logs and the command line: "onnx-cpu", "tfjs-wasm". */
  readonly name: string;
  /** For people: "TensorFlow.js (WebAssembly)". */
  readonly label: string;
  compile(graph: Graph, options?: CompileOptions): Promise<CompiledGraph>;
}
