/**
 * How far a fill is from the truth in features that were learnt on ImageNet (network/feature-network.ts): per block the squared
 * difference of features scaled to unit length, averaged over the hole; the mean over the blocks, times 100. As LPIPS (Zhang et
 * al. 2018, arXiv 1801.03924) without its learned weights, so it was not tuned on people's judgements. 0 is the truth.
 */
import type { Size } from '../../shared/geometry';
import type { NamedTensor } from '../files/safetensors';
import { Graph, type Tensor } from '../graph/graph';
import { add, divide, multiply, sqrt, square, subtract, sum, total } from '../graph/ops';
import { featuresOf } from '../network/feature-network';
import { InputParameters } from '../network/parameters';
import type { CompiledGraph, Runtime } from '../runtime/runtime';
import type { Comparison } from './comparison';

/** From edges to parts of objects. */
const BLOCKS = [0, 2, 4, 8, 14] as const;
/** Keeps features of length 0 finite. */
const TINY = 1e-6;

interface PerceptualGraph {
  readonly graph: Graph;
  /** Parameters of the feature network that it needs. */
  readonly names: readonly string[];
  /** Inputs that say how much of each cell of a block is hole, with their sizes. */
  readonly masks: readonly { readonly name: string; readonly size: Size }[];
}

/** image, fill (1,3,H,W) in [-1,1]; `masks` (1,1,h,w) in [0,1] -> distance, a scalar. */
export function perceptualGraph({ width, height }: Size): PerceptualGraph {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const [truth, fill] = ['image', 'fill'].map((name) =>
    featuresOf(parameters, graph.input(name, [1, 3, height, width]), BLOCKS).map(unitLength),
  );
  const masks: PerceptualGraph['masks'][number][] = [];
  const parts = BLOCKS.map((block, i): Tensor => {
    const [, , h, w] = truth[i].shape;
    const name = `hole${block}`;
    masks.push({ name, size: { width: w, height: h } });
    const hole = graph.input(name, [1, 1, h, w]);
    const apart = sum(square(subtract(fill[i], truth[i])), [1]);
    return divide(total(multiply(apart, hole)), total(hole));
  });
  graph.output(
    'distance',
    multiply(
      parts.reduce((a, b) => add(a, b)),
      100 / BLOCKS.length,
    ),
  );
  return { graph, masks, names: parameters.layout.list.map(({ name }) => name) };
}

function unitLength(x: Tensor): Tensor {
  return divide(x, add(sqrt(sum(square(x), [1])), TINY));
}

/** Measures pictures of any size; what a size needs is compiled once and kept for the next picture of that size. */
export class PerceptualDistance {
  private compiled: {
    readonly size: string;
    readonly run: CompiledGraph;
    readonly masks: PerceptualGraph['masks'];
  } | null = null;

  /** @param weights of `foldedWeights` */
  constructor(
    private readonly runtime: Runtime,
    private readonly weights: Readonly<Record<string, NamedTensor>>,
  ) {}

  async of({ truth, result, hole, width, height }: Comparison): Promise<number> {
    const from = { width, height };
    const { run, masks } = await this.compiledFor(from);
    const shares = masks.map(({ name, size }) => [name, shareOf(hole, from, size)] as const);
    const feeds = { image: planes(truth), fill: planes(result), ...Object.fromEntries(shares) };
    return (await run.run(feeds)).distance[0];
  }

  async dispose(): Promise<void> {
    await this.compiled?.run.dispose();
    this.compiled = null;
  }

  private async compiledFor(size: Size) {
    const key = `${size.width}x${size.height}`;
    if (this.compiled?.size === key) return this.compiled;
    await this.dispose();
    const { graph, names, masks } = perceptualGraph(size);
    const fixed = Object.fromEntries(names.map((name) => [name, this.weights[name].values]));
    return (this.compiled = { size: key, masks, run: await this.runtime.compile(graph, { fixed }) });
  }
}

/** Interleaved 8-bit RGB -> 3 x H x W in [-1, 1]. */
function planes(rgb: Uint8Array): Float32Array {
  const area = rgb.length / 3;
  return Float32Array.from({ length: rgb.length }, (_, i) => rgb[3 * (i % area) + Math.floor(i / area)] / 127.5 - 1);
}

/** The mean of the hole over each cell of a coarser grid, cells overlapping where the sizes do not divide (adaptive pooling). */
function shareOf(hole: Uint8Array, from: Size, to: Size): Float32Array {
  const share = new Float32Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    const [top, bottom] = [Math.floor((y * from.height) / to.height), Math.ceil(((y + 1) * from.height) / to.height)];
    for (let x = 0; x < to.width; x++) {
      const [left, right] = [Math.floor((x * from.width) / to.width), Math.ceil(((x + 1) * from.width) / to.width)];
      let sumOf = 0;
      for (let j = top; j < bottom; j++) for (let i = left; i < right; i++) sumOf += hole[j * from.width + i];
      share[y * to.width + x] = sumOf / ((bottom - top) * (right - left));
    }
  }
  return share;
}
