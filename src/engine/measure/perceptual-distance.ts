/**
 * How far a fill is from the truth in features that were learnt on ImageNet (network/feature-network.ts): per block the squared
 * difference of features scaled to unit length, averaged over the hole; the mean over the blocks, times 100. As LPIPS (Zhang et
 * al. 2018, arXiv 1801.03924) without its learned weights, so it was not tuned on people's judgements. 0 is the truth.
 */
import type { Size } from '../../shared/geometry';
import type { NamedTensor } from '../files/safetensors';
import { Graph, type Tensor } from '../graph/graph';
import { add, broadcast, divide, multiply, reshape, sqrt, square, subtract, sum, transpose } from '../graph/ops';
import { resample } from '../network/augmentation';
import { featuresOf } from '../network/feature-network';
import { InputParameters, type ParameterSource } from '../network/parameters';
import type { CompiledGraph, Runtime } from '../runtime/runtime';
import type { Comparison } from './comparison';

/** From edges to parts of objects. */
const BLOCKS = [0, 2, 4, 8, 14] as const;
/** Keeps features of length 0 finite. */
const TINY = 1e-6;

/**
 * The distance of each picture of a batch, (N,1).
 * @param parameters of the feature network
 * @param truth (N,3,H,W) in [-1,1], as `fill`
 * @param hole (N,1,H,W), 1 inside
 */
export function perceptualDistances(parameters: ParameterSource, truth: Tensor, fill: Tensor, hole: Tensor): Tensor {
  const [theirs, own] = [truth, fill].map((picture) => featuresOf(parameters, picture, BLOCKS).map(unitLength));
  const parts = BLOCKS.map((_, i): Tensor => {
    const [, , height, width] = theirs[i].shape;
    const share = pooled(hole, { width, height });
    const apart = sum(square(subtract(own[i], theirs[i])), [1]);
    return divide(sum(multiply(apart, share), [1, 2, 3]), sum(share, [1, 2, 3]));
  });
  const mean = multiply(
    parts.reduce((a, b) => add(a, b)),
    100 / BLOCKS.length,
  );
  return reshape(mean, [truth.shape[0], 1]);
}

/** image, fill (1,3,H,W) in [-1,1]; hole (1,1,H,W) -> distance; `names` of the feature network's parameters that it needs. */
function perceptualGraph({ width, height }: Size): { readonly graph: Graph; readonly names: readonly string[] } {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const [image, fill] = ['image', 'fill'].map((name) => graph.input(name, [1, 3, height, width]));
  graph.output('distance', perceptualDistances(parameters, image, fill, graph.input('hole', [1, 1, height, width])));
  return { graph, names: parameters.layout.list.map(({ name }) => name) };
}

/** The mean over each cell of a coarser grid, cells overlapping where the sizes do not divide (adaptive pooling). */
function pooled(x: Tensor, to: Size): Tensor {
  const [n, , height, width] = x.shape;
  const matrix = (from: number, cells: number): number[][] =>
    Array.from({ length: cells }, (_, cell) => {
      const [first, end] = [Math.floor((cell * from) / cells), Math.ceil(((cell + 1) * from) / cells)];
      return Array.from({ length: from }, (_unused, i) => (i >= first && i < end ? 1 / (end - first) : 0));
    });
  const rows = x.graph.constant([1, to.height, height], matrix(height, to.height).flat());
  const columns = x.graph.constant([1, to.width, width], matrix(width, to.width).flat());
  const each = (one: Tensor): Tensor => broadcast(one, [n, one.shape[1], one.shape[2]]);
  return resample(x, each(rows), transpose(each(columns), [0, 2, 1]));
}

function unitLength(x: Tensor): Tensor {
  return divide(x, add(sqrt(sum(square(x), [1])), TINY));
}

/** Measures pictures of any size; what a size needs is compiled once and kept for the next picture of that size. */
export class PerceptualDistance {
  private compiled: {
    readonly size: string;
    readonly run: CompiledGraph;
  } | null = null;

  /** @param weights of `foldedWeights` */
  constructor(
    private readonly runtime: Runtime,
    private readonly weights: Readonly<Record<string, NamedTensor>>,
  ) {}

  async of({ truth, result, hole, width, height }: Comparison): Promise<number> {
    const run = await this.compiledFor({ width, height });
    const feeds = { image: planes(truth), fill: planes(result), hole: Float32Array.from(hole) };
    return (await run.run(feeds)).distance[0];
  }

  async dispose(): Promise<void> {
    await this.compiled?.run.dispose();
    this.compiled = null;
  }

  private async compiledFor(size: Size): Promise<CompiledGraph> {
    const key = `${size.width}x${size.height}`;
    if (this.compiled?.size === key) return this.compiled.run;
    await this.dispose();
    const { graph, names } = perceptualGraph(size);
    const fixed = Object.fromEntries(names.map((name) => [name, this.weights[name].values]));
    const run = await this.runtime.compile(graph, { fixed });
    this.compiled = { size: key, run };
    return run;
  }
}

/** Interleaved 8-bit RGB -> 3 x H x W in [-1, 1]. */
function planes(rgb: Uint8Array): Float32Array {
  const area = rgb.length / 3;
  return Float32Array.from({ length: rgb.length }, (_, i) => rgb[3 * (i % area) + Math.floor(i / area)] / 127.5 - 1);
}
