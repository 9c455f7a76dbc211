import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { bundle } from './bundle.mjs';
import { json, median, pythonWith } from './measure.mjs';

const REPEATS = 5;

/** The full-width generator, both stages, against the same network written by hand in PyTorch with the same weights. */
export async function networkRows(report) {
  const worker = await bundle('bench/network-worker.ts');
  const python = pythonWith('torch');
  mkdirSync('.cache/bench', { recursive: true });
  const [weights, input] = ['.cache/bench/weights.safetensors', '.cache/bench/input.safetensors'];
  const threads = String(availableParallelism());
  for (const side of [256, 512]) {
    const name = `network, width 32, ${side} x ${side}`;
    // In turn, so that both see the machine in the same state; the first run of each is a warm-up.
    const ours = [];
    const theirs = [];
    for (let round = 0; round < 2; round++) {
      ours.push(await json(process.execPath, [worker, String(side), String(REPEATS), threads, weights, input]));
      if (python !== null) theirs.push(await json(python, ['bench/torch_peer.py', weights, input, String(REPEATS), threads]));
    }
    const seconds = (runs) => median(runs.flatMap((run) => run.seconds.slice(1)));
    const peak = (runs) => Math.max(...runs.map((run) => run.peakMegabytes));
    if (python !== null && Math.abs(ours[0].mean - theirs[0].mean) + Math.abs(ours[0].deviation - theirs[0].deviation) > 2e-3) {
      throw new Error(`the two networks differ: ${JSON.stringify([ours[0], theirs[0]])}`);
    }
    report({
      name,
      seconds: seconds(ours),
      megabytes: peak(ours),
      ...(python === null
        ? { peer: 'PyTorch is not installed (pip install torch)' }
        : { peer: `PyTorch ${theirs[0].version} eager`, peerSeconds: seconds(theirs), peerMegabytes: peak(theirs) }),
    });
  }
}
