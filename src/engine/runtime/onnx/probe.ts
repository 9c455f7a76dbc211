import { listSupportedBackends } from 'onnxruntime-node';
import { Graph } from '../../graph/graph';
import { conv2d, elu } from '../../graph/ops';
import type { ProbeResult } from './inference-protocol';
import { OnnxRuntime } from './runtime';

/** A provider that is further off than this from the CPU computes something else. */
const LARGEST_DEVIATION = 1e-2;

/**
 * Execution providers that this build of ONNX Runtime holds, those with hardware acceleration first, the CPU last.
 * Whether one runs here, only a trial tells.
 */
export function bundledProviders(): string[] {
  const names = listSupportedBackends().map((backend) => backend.name);
  return [...names.filter((name) => name !== 'cpu'), 'cpu'];
}

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
 * Tries a provider on a small network and compares with the CPU. May crash the process with a broken driver: run it in
 * one that may die.
 * @throws Error with the provider's own reason
 */
export async function probeProvider(provider: string): Promise<ProbeResult> {
  const { graph, feeds } = trialGraph();
  const runtime = new OnnxRuntime({ provider });
  const compiled = await runtime.compile(graph);
  const { y } = await compiled.run(feeds);
  const start = performance.now();
  await compiled.run(feeds);
  const milliseconds = performance.now() - start;
  await compiled.dispose();
  if (provider === 'cpu') return { label: runtime.label, milliseconds, deviation: 0 };

  const reference = await new OnnxRuntime().compile(graph);
  const expected = (await reference.run(feeds)).y;
  await reference.dispose();
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const deviation = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - y[i])), 0) / largest;
  if (!(deviation <= LARGEST_DEVIATION))
    throw new Error(`its results differ from the CPU's by ${(100 * deviation).toPrecision(2)} %`);
  return { label: runtime.label, milliseconds, deviation };
}
