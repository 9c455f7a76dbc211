/**
 * Times the full-width generator in a process of its own, so that its peak memory is its own: SIDE REPEATS THREADS, with
 * weights and input written to WEIGHTS and INPUT for the peer. The hole is a box in the middle, half as wide and high as the
 * picture: the largest that a crop has round it as a rule (crop-plan.ts), and what generators are trained with. What
 * is not needed for the hole is not computed, as in the program; the peer computes the whole picture. Prints one line of
 * JSON like torch_peer.py.
 */
import { writeFileSync } from 'node:fs';
import { encodeTensors, type NamedTensor } from '../src/engine/files/safetensors';
import { FAITHFUL_ARCHITECTURE } from '../src/engine/network/architecture';
import { generatorLayout, type Stage } from '../src/engine/network/inference';
import { initialise } from '../src/engine/network/parameters';
import { type PartOf, partGraph } from '../src/engine/network/parts';
import { OnnxRuntime } from '../src/engine/runtime/onnx/runtime';
import type { CompiledGraph, Values } from '../src/engine/runtime/runtime';
import { runStage } from '../src/engine/inference/windowed-stage';
import { Random } from '../src/engine/numeric/random';

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

const runtime = new OnnxRuntime({ threads, arena: false, spinning: false });
const made = new Map<string, CompiledGraph>();
async function compiled(part: PartOf): Promise<CompiledGraph> {
  const key = JSON.stringify(part);
  const known = made.get(key);
  if (known !== undefined) return known;
  const { graph, layout: used } = partGraph(FAITHFUL_ARCHITECTURE, part);
  const fixed = Object.fromEntries(used.list.map(({ name }) => [name, weights[name]]));
  const session = await runtime.compile(graph, { fixed });
  made.set(key, session);
  return session;
}
const run = (stage: Stage, feeds: Values) =>
  runStage(compiled, FAITHFUL_ARCHITECTURE, stage, { width: side, height: side }, feeds);

const source = new Float32Array(side * side).fill(1);
const seconds: number[] = [];
let refined: Float32Array = new Float32Array();
for (let i = 0; i < repeats; i++) {
  const start = performance.now();
  const { coarse } = await run('coarse', { image, hole });
  ({ refined } = await run('refine', { image, hole, source, coarse }));
  seconds.push((performance.now() - start) / 1000);
}
const filled = refined.filter((_, at) => hole[at % hole.length] === 1);
const mean = filled.reduce((a, b) => a + b) / filled.length;
const deviation = Math.sqrt(filled.reduce((a, b) => a + (b - mean) ** 2, 0) / (filled.length - 1));
console.log(JSON.stringify({ seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024, mean, deviation }));
