import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { Random } from '../numeric/random';
import { clusterFolder, probeTorch } from '../runtime/torch/python';
import { readAdvice } from './advice';
import { trainConfigSchema } from './config';
import { FailureMonitor, type Losses, type Signals } from './failure-monitor';
import { failureRules, FRESH_MONITOR } from './failure-rules';
import type { Advice, LoggedAdvice } from '../../shared/training';

const torch = await probeTorch().catch((reason: unknown) => {
  console.log(`The monitor of cluster/ is not compared with the one here. ${String(reason)}`);
  return null;
});

/** Reads runs from its input, and prints what the monitor of cluster/ says of every line. */
const PROGRAM = `
import json, sys
from monitor import Monitor
said = []
for run in json.load(sys.stdin):
    monitor = Monitor(run["rules"], run["fresh"])
    for line in run["lines"]:
        signals = {name: value for name, value in {**line["losses"], **line["measures"]}.items() if value is not None}
        for judge, numbers in [(monitor.step, line["losses"]), (monitor.line, signals)]:
            said.append({"advice": judge(numbers, line["step"]), "state": json.loads(json.dumps(monitor.state))})
print(json.dumps(said))
`;

interface Line {
  readonly step: number;
  readonly losses: Losses;
  readonly measures: Signals;
}

const LOSSES = ['hinge', 'minimax', 'wasserstein', 'least-squares'] as const;

/** Runs in which everything goes wrong now and then. */
function troubledRun(seed: number) {
  const random = new Random(seed);
  const projected = seed % 2 === 0 ? 0.1 : 0;
  const lines = Array.from({ length: 60 }, (_, i): Line => {
    const norm = random.uniform() < 0.08 ? 500 : random.uniform() < 0.05 ? 1e-6 : random.between(0.5, 2);
    const measures = {
      holeL1: random.between(8, 9.5),
      psnr: 20,
      variety: random.uniform() < 0.2 ? null : random.between(0.1, 1),
    };
    return {
      // Now and then the same step again, as after going back.
      step: 20 * (i - (random.uniform() < 0.3 ? 1 : 0)),
      losses: {
        ...{ generatorNorm: norm, criticNorm: random.between(0.5, 2), criticLoss: seed % 2 ? 1e-4 : 0.5 },
        gradientNorm: random.uniform() < 0.05 ? 5000 : 1,
        ...(projected > 0 ? { projectedCriticLoss: seed % 4 === 0 ? 1e-5 : 1 } : {}),
      },
      measures: random.uniform() < 0.5 ? measures : {},
    };
  });
  const critics = { loss: LOSSES[seed % LOSSES.length] };
  return {
    rules: failureRules(trainConfigSchema.parse({ critics, weights: { projected } })),
    fresh: FRESH_MONITOR,
    lines,
  };
}

it.skipIf(torch === null)('rows mean the same in Python as here', async () => {
  const runs = Array.from({ length: 12 }, (_, seed) => troubledRun(seed));
  const expected = runs.flatMap(({ rules, fresh, lines }) => {
    const monitor = new FailureMonitor(rules, structuredClone(fresh));
    const said = (advice: Advice | null) => ({ advice, state: structuredClone(monitor.state) });
    return lines.flatMap(({ losses, measures, step }) => [
      said(monitor.step(losses, step)),
      said(monitor.line(losses, measures, step)),
    ]);
  });
  const running = promisify(execFile)(torch?.python ?? '', ['-c', PROGRAM], { cwd: clusterFolder(), maxBuffer: 1e8 });
  running.child.stdin?.end(JSON.stringify(runs));
  const { stdout } = await running;
  const found = (JSON.parse(stdout) as { advice: LoggedAdvice | null; state: unknown }[]).map(({ advice, state }) => ({
    advice: advice === null ? null : readAdvice(advice),
    state,
  }));
  expect(found).toEqual(expected);
  expect(
    expected.some(({ advice }) => advice?.values['signal'] === 'generatorNorm' && advice.kind === 'diverged'),
  ).toBe(true);
  const kinds = new Set(expected.map(({ advice }) => advice?.kind));
  for (const kind of ['exploding', 'diverged', 'critics-won', 'collapsed', 'validation-rising'])
    expect(kinds).toContain(kind);
});
