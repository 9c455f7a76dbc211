/**
 * Times the training step of a run made by training-worker.ts: RUN RUNTIME REPEATS THREADS, with RUNTIME onnx or tfjs. Prints
 * one line of JSON: the runtime's label, processor seconds of each step by network, and peak memory in MB.
 */
import path from 'node:path';
import type { Runtime } from '../src/engine/runtime/runtime';
import { OnnxRuntime } from '../src/engine/runtime/onnx/runtime';
import { TfjsRuntime } from '../src/engine/runtime/tfjs/runtime';
import { BatchMaker } from '../src/engine/train/batches';
import { hasCritics } from '../src/engine/train/critic-kinds';
import { PictureFolder } from '../src/engine/train/dataset';
import { RunFolder, splitState } from '../src/engine/train/run-folder';
import { RuntimeStepper } from '../src/engine/train/runtime-stepper';
import { criticUpdate, generatorUpdate } from '../src/engine/train/schedule';

const [folder, name] = process.argv.slice(2);
const [repeats, threads] = process.argv.slice(4).map(Number);

const run = new RunFolder(folder);
const config = await run.config();
const state = await run.checkpoint();
if (state === null) throw new Error(`${folder} has no checkpoint`);
const runtime: Runtime = name === 'tfjs' ? await TfjsRuntime.open(['node-gpu', 'node']) : new OnnxRuntime({ threads });
const pictures = await PictureFolder.open(path.resolve('resources'), config.side, config.cacheMegabytes);
const batch = await new BatchMaker(config, pictures).draw(0, 0);
const always = { take: () => Promise.resolve(batch), takeWaiting: () => 0, close: () => Promise.resolve() };
const stepper = await RuntimeStepper.open(config, runtime, always, await run.features(config));
await stepper.load(splitState(state).weights);

const seconds: Record<string, number[]> = { generator: [], critics: [] };
for (let i = 0; i < repeats; i++) {
  for (const network of hasCritics(config.weights) ? ['generator', 'critics'] : ['generator']) {
    const start = process.cpuUsage();
    if (network === 'generator') await stepper.generatorStep(0, generatorUpdate(config, 0, 1));
    else await stepper.criticStep(0, 1, criticUpdate(config, 0, 1, 1));
    const { user, system } = process.cpuUsage(start);
    seconds[network].push((user + system) / 1e6);
  }
}
console.log(
  JSON.stringify({ label: runtime.name, seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }),
);
