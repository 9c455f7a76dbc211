import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { bundle } from './bundle.mjs';
import { json, median, pythonWith } from './measure.mjs';

/** Runs of a process, the first of which is a warm-up, and processes of each side. */
const SIZES = [
  { side: 256, repeats: 5, rounds: 2 },
  { side: 512, repeats: 5, rounds: 2 },
  { side: 1024, repeats: 2, rounds: 1 },
];
/** Compiling takes the better part of a minute a size. */
const COMPILED = [256, 512];

/** The full-width generator, both stages, against the same network written by hand in PyTorch with the same weights. */
export async function networkRows(report) {
  const worker = await bundle('bench/network-worker.ts');
  const python = pythonWith('torch');
  mkdirSync('.cache/bench', { recursive: true });
  const [weights, input] = ['.cache/bench/weights.safetensors', '.cache/bench/input.safetensors'];
  const threads = String(availableParallelism());
  const seconds = (runs) => median(runs.flatMap((run) => run.seconds.slice(1)));
  const peak = (runs) => Math.max(...runs.map((run) => run.peakMegabytes));
  for (const { side, repeats, rounds } of SIZES) {
    // In turn, so that both see the machine in the same state.
    const ours = [];
    const eager = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await json(process.execPath, [worker, String(side), String(repeats), threads, weights, input]));
      if (python !== null) eager.push(await json(python, ['bench/torch_peer.py', weights, input, String(repeats), threads]));
    }
    const row = { name: `network, width 32, ${side} x ${side}`, seconds: seconds(ours), megabytes: peak(ours) };
    if (python === null) {
      report({ ...row, peer: 'PyTorch is not installed (pip install torch)' });
      continue;
    }
    agree(ours[0], eager[0]);
    report({ ...row, peer: `PyTorch ${eager[0].version} eager`, peerSeconds: seconds(eager), peerMegabytes: peak(eager) });
    if (!COMPILED.includes(side)) continue;
    const compiled = await json(python, ['bench/torch_peer.py', weights, input, String(repeats), threads, 'compiled']).catch((error) => error);
    if (compiled instanceof Error) {
      report({ ...row, peer: `PyTorch cannot compile here: ${(compiled.stderr ?? compiled.message).trim().split('\n').at(-1).slice(0, 80)}` });
      continue;
    }
    agree(ours[0], compiled);
    // Compiling took its time: ours again beside it.
    const beside = await json(process.execPath, [worker, String(side), String(repeats), threads, weights, input]);
    report({ ...row, seconds: seconds([beside]), peer: 'PyTorch compiled', peerSeconds: seconds([compiled]), peerMegabytes: peak([compiled]) });
  }
}

/** By the output's mean and deviation. */
function agree(ours, theirs) {
  if (Math.abs(ours.mean - theirs.mean) + Math.abs(ours.deviation - theirs.deviation) > 2e-3) {
    throw new Error(`the two networks differ: ${JSON.stringify([ours, theirs])}`);
  }
}
