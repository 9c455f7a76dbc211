import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Advice, ValidationScore } from '../../shared/training';
import type { AdversarialLoss } from '../network/critic-options';
import { clusterFolder, probeTorch } from '../runtime/torch/python';
import { Random } from '../numeric/random';
import { FRESH_WATCH, type Losses, Watch } from './watch';

const torch = await probeTorch().catch((reason: unknown) => {
  console.log(`The watch of cluster/ is not compared with the one here. ${String(reason)}`);
  return null;
});

/** Reads runs from the first argument, and prints what the watch of cluster/ says of every line. */
const PROGRAM = `
import json, sys
from types import SimpleNamespace
from watch import Watch
said = []
for run in json.loads(sys.argv[1]):
    watch = Watch(None, run["loss"])
    for line in run["lines"]:
        score = line["validation"] and SimpleNamespace(hole_l1=line["validation"]["holeL1"], variety=line["validation"]["variety"])
        advice = watch.line(line["losses"], score, line["step"])
        said.append({"advice": advice, "state": json.loads(json.dumps(watch.state))})
print(json.dumps(said))
`;

interface Line {
  readonly step: number;
  readonly losses: Losses;
  readonly validation: ValidationScore | null;
}

/** Runs in which everything goes wrong now and then. */
function troubledRun(seed: number): { readonly loss: AdversarialLoss | null; readonly lines: readonly Line[] } {
  const random = new Random(seed);
  const losses = ['hinge', 'minimax', 'wasserstein', null] as const;
  const lines = Array.from({ length: 60 }, (_, i): Line => {
    const norm = random.uniform() < 0.08 ? 500 : random.between(0.5, 2);
    const validation = {
      holeL1: random.between(8, 9.5),
      psnr: 20,
      variety: random.uniform() < 0.2 ? null : random.between(0.1, 1),
    };
    return {
      // Now and then the same step again, as after going back.
      step: 20 * (i - (random.uniform() < 0.3 ? 1 : 0)),
      losses: { generatorNorm: norm, criticNorm: random.between(0.5, 2), criticLoss: seed % 2 ? 1e-4 : 0.5 },
      validation: random.uniform() < 0.5 ? validation : null,
    };
  });
  return { loss: losses[seed % losses.length], lines };
}

it.skipIf(torch === null)('notices in PyTorch what it notices here, and says the same', async () => {
  const runs = Array.from({ length: 12 }, (_, seed) => troubledRun(seed));
  const expected = runs.flatMap(({ loss, lines }) => {
    const watch = new Watch(structuredClone(FRESH_WATCH), loss);
    return lines.map(({ losses, validation, step }) => {
      const advice: Advice | null = watch.line(losses, validation, step);
      return { advice, state: structuredClone(watch.state) };
    });
  });
  const { stdout } = await promisify(execFile)(torch?.python ?? '', ['-c', PROGRAM, JSON.stringify(runs)], {
    cwd: clusterFolder(),
    maxBuffer: 1e8,
  });
  expect(JSON.parse(stdout)).toEqual(expected);
  const kinds = new Set(expected.map(({ advice }) => advice?.kind));
  for (const kind of ['exploding', 'critics-won', 'collapsed', 'validation-rising']) expect(kinds).toContain(kind);
});
