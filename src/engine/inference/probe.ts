import { Graph } from '../graph/graph';
import { conv2d, elu } from '../graph/ops';
import { type Architecture, FAITHFUL_ARCHITECTURE } from '../network/architecture';
import { stageGraph, STAGES } from '../network/inference';
import { initialise } from '../network/parameters';
import { Random } from '../numeric/random';
import type { CompiledGraph } from '../runtime/runtime';
import type { ProbeResult } from './inference-protocol';
import { OnnxRuntime } from '../runtime/onnx/runtime';

/** A provider that is further off than this from the CPU computes something else. */
const LARGEST_DEVIATION = 1e-2;

/** Two 3x3 convolutions of 32 channels at 64 x 64, with known pseudo-random values. */
function trialGraph(): { graph: Graph; feeds: Record<string, Float32Array> } {
  const graph = new Graph();
  const x = graph.input('x', [1, 32, 64, 64]);
  const w = graph.input('w', [32, 32, 3, 3]);
  graph.output('y', conv2d(elu(conv2d(x, w)), w, { dilation: 2 }));
  const wave = (length: number, scale: number) =>
    Float32Array.from({ length }, (_, i) => scale * Math.sin(i * 12.9898));
  return { graph, feeds: { x: wave(32 * 64 * 64, 1), w: wave(32 * 32 * 9, 0.08) } };
}

/**
 * Tries a provider on a small network and compares with the CPU, then measures it on a generator. May crash the process
 * with a broken driver: run it in one that may die.
 * @throws Error with the provider's own reason
 */
export async function probeProvider({
  provider,
  thorough,
}: {
  readonly provider: string;
  readonly thorough: boolean;
}): Promise<ProbeResult> {
  const runtime = new OnnxRuntime({ provider, arena: false });
  const deviation = provider === 'cpu' ? 0 : await deviationFromCpu(runtime);
  const milliseconds = await generatorTime(runtime, 256);
  const milliseconds512 = thorough ? await generatorTime(runtime, 512) : undefined;
  return { label: runtime.label, milliseconds, milliseconds512, deviation };
}

/** Largest difference from the CPU, relative to the largest value. */
async function deviationFromCpu(runtime: OnnxRuntime): Promise<number> {
  const { graph, feeds } = trialGraph();
  const [found, expected] = [await valuesOf(runtime), await valuesOf(new OnnxRuntime())];
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const deviation = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0) / largest;
  if (!(deviation <= LARGEST_DEVIATION))
    throw new Error(`its results differ from the CPU's by ${(100 * deviation).toPrecision(2)} %`);
  return deviation;

  async function valuesOf(tried: OnnxRuntime): Promise<Float32Array> {
    const compiled = await tried.compile(graph);
    const { y } = await compiled.run(feeds);
    await compiled.dispose();
    return y;
  }
}

/** A network of the default model's shape; what its weights are takes no time. */
const ARCHITECTURE: Architecture = { ...FAITHFUL_ARCHITECTURE, width: 16, prior: 'pull-push' };
/** Runs are repeated for so long, milliseconds, and the median counts. */
const MEASURED_FOR = 500;

/** Milliseconds of both stages, without what the first run takes longer. */
async function generatorTime(runtime: OnnxRuntime, side: number): Promise<number> {
  const random = new Random(1);
  const image = Float32Array.from({ length: 3 * side * side }, () => random.between(-1, 1));
  const hole = new Float32Array(side * side);
  for (let y = side / 4; y < (3 * side) / 4; y++) hole.fill(1, y * side + side / 4, y * side + (3 * side) / 4);
  const feeds = { image, hole, source: hole.map((value) => 1 - value), coarse: image };
  const stages: CompiledGraph[] = [];
  for (const stage of STAGES) {
    const { graph, layout } = stageGraph(ARCHITECTURE, stage, side, side);
    const fixed = layout.split(initialise(layout, () => random.normal()));
    stages.push(await runtime.compile(graph, { fixed }));
  }
  const times: number[] = [];
  const start = performance.now();
  for (let warm = false; !warm || times.length === 0 || performance.now() - start < MEASURED_FOR; warm = true) {
    const began = performance.now();
    for (const stage of stages) await stage.run(feeds);
    if (warm) times.push(performance.now() - began);
  }
  for (const stage of stages) await stage.dispose();
  return times.sort((a, b) => a - b)[times.length >> 1];
}
