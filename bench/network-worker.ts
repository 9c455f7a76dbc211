/**
 * Times the full-width generator in a process of its own, so that its peak memory is its own: SIDE REPEATS THREADS, with
 * weights and input written to WEIGHTS and INPUT for the peer. Prints one line of JSON like torch_peer.py.
 */
import { writeFileSync } from 'node:fs';
import { encodeTensors, type NamedTensor } from '../src/engine/library/safetensors';
import { FAITHFUL_ARCHITECTURE } from '../src/engine/network/architecture';
import { generatorLayout, stageGraph, STAGES } from '../src/engine/network/inference';
import { initialise } from '../src/engine/network/parameters';
import { OnnxRuntime } from '../src/engine/runtime/onnx/runtime';
import type { CompiledGraph } from '../src/engine/runtime/runtime';
import { Random } from '../src/engine/train/random';

const [side, repeats, threads] = process.argv.slice(2, 5).map(Number);
const [weightsFile, inputFile] = process.argv.slice(5);

const random = new Random(1);
const layout = generatorLayout(FAITHFUL_ARCHITECTURE);
const weights = layout.split(initialise(layout, () => random.normal()));
const image = Float32Array.from({ length: 3 * side * side }, () => random.between(-1, 1));
const hole = new Float32Array(side * side);
for (let y = side / 4; y < (side * 3) / 4; y++) hole.fill(1, y * side + side / 4, y * side + (side * 3) / 4);

const named = (shape: readonly number[], values: Float32Array): NamedTensor => ({ shape, values });
const all = Object.fromEntries(layout.list.map(({ name, shape }) => [name, named(shape, weights[name])]));
writeFileSync(weightsFile, encodeTensors({ tensors: all, metadata: {} }));
const pictures = { image: named([1, 3, side, side], image), hole: named([1, 1, side, side], hole) };
writeFileSync(inputFile, encodeTensors({ tensors: pictures, metadata: {} }));

const runtime = new OnnxRuntime({ threads, arena: false });
const stages = new Map<string, CompiledGraph>();
for (const stage of STAGES) {
  const { graph, layout: used } = stageGraph(FAITHFUL_ARCHITECTURE, stage, side, side);
  const fixed = Object.fromEntries(used.list.map(({ name }) => [name, weights[name]]));
  stages.set(stage, await runtime.compile(graph, { fixed }));
}
const run = (stage: string, feeds: Record<string, Float32Array>) => {
  const compiled = stages.get(stage);
  if (compiled === undefined) throw new Error(`no stage ${stage}`);
  return compiled.run(feeds);
};

const source = new Float32Array(side * side).fill(1);
const seconds: number[] = [];
let refined = new Float32Array();
for (let i = 0; i < repeats; i++) {
  const start = performance.now();
  const { coarse } = await run('coarse', { image, hole });
  ({ refined } = (await run('refine', { image, hole, source, coarse })) as { refined: Float32Array<ArrayBuffer> });
  seconds.push((performance.now() - start) / 1000);
}
const mean = refined.reduce((a, b) => a + b) / refined.length;
const deviation = Math.sqrt(refined.reduce((a, b) => a + (b - mean) ** 2, 0) / (refined.length - 1));
console.log(JSON.stringify({ seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024, mean, deviation }));
