import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepRecord } from '../../shared/training';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { clusterFolder } from '../runtime/torch/python';
import { keptCheckpoints } from './checkpoints';
import { prepareBatches } from './prepared-batches';
import type { RunFolder } from './run-folder';
import { encodeTensors } from '../files/safetensors';
import { type BuiltEntries, buildEntries } from '../testing/built-entries';
import { madeUpFeatures } from '../testing/feature-weights';
import { TestRuns } from '../testing/training-runs';
import { ALONE, CRITICS, differences, state, torch } from '../testing/torch';
import { train } from './trainer';

let runs: TestRuns;
let entries: BuiltEntries;
beforeAll(async () => {
  runs = await TestRuns.make();
  entries = await buildEntries({ loop: 'loop-process.ts', feeder: 'feeder-process.ts' });
});
afterAll(() => Promise.all([runs.remove(), entries.remove()]));

describe.skipIf(torch === null)('training on several ranks', () => {
  const python = torch?.python ?? '';
  const script = path.join(clusterFolder(), 'rank.py');

  /** cluster/rank.py, or another script that is given the same options, with Node on the first rank. */
  const ranks = (run: RunFolder, count: number, restarts = 0, program = script): Promise<void> => {
    const built = (name: string): string => JSON.stringify([process.execPath, entries.file(name)]);
    return launch(run, count, restarts, program, ['--loop', built('loop'), '--feeder', built('feeder')]);
  };

  /** The same without Node, on prepared batches. */
  async function ranksAlone(run: RunFolder, count: number, restarts = 0, program = script): Promise<void> {
    const batches = path.join(run.folder, 'batches.f32');
    await prepareBatches(run, batches, { ranks: count });
    await launch(run, count, restarts, program, ['--batches', batches, '--loop', 'no-node', '--feeder', 'no-node']);
  }

  async function launch(run: RunFolder, count: number, restarts: number, program: string, more: readonly string[]) {
    const launcher = [
      '-m',
      'torch.distributed.run',
      '--nproc-per-node',
      String(count),
      '--max-restarts',
      String(restarts),
    ];
    const options = ['--config', run.folder, ...more, '--precision', 'fp32', '--threads', '1', '--device', 'cpu'];
    await promisify(execFile)(python, [...(count === 1 ? [] : launcher), program, ...options], {
      env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONPATH: clusterFolder() },
    });
  }

  it.each(['Node', 'nothing'] as const)(
    'two ranks with half a batch each do what one does, driven by %s',
    async (by) => {
      const start = by === 'Node' ? ranks : ranksAlone;
      const [one, two] = [await runs.start(`one-rank-${by}`, CRITICS), await runs.start(`two-ranks-${by}`, CRITICS)];
      await start(one, 1);
      await start(two, 2);
      for (const [name, value] of Object.entries(differences(await state(two), await state(one)))) {
        expect(value, name).toBeLessThan(1e-5);
      }
    },
  );

  it('two ranks look at learnt features as one does', async () => {
    const weights = { ...ALONE.weights, perceptual: 2, projected: 0.15 };
    const critics = { projected: { mixing: true } };
    const start = async (name: string) => {
      const run = await runs.start(name, { weights, critics, steps: 3, criticSteps: 1 });
      const features = encodeTensors({ tensors: madeUpFeatures(), metadata: {} });
      await writeFile(path.join(run.folder, 'features.safetensors'), features);
      return run;
    };
    const [one, two] = [await start('one-rank-features'), await start('two-ranks-features')];
    await ranksAlone(one, 1);
    await ranksAlone(two, 2);
    for (const [name, value] of Object.entries(differences(await state(two), await state(one)))) {
      expect(value, name).toBeLessThan(1e-4);
    }
  });

  it('a rank without Node is given its pictures by the first, the very ones', async () => {
    const [both, first] = [await runs.start('node-on-both', CRITICS), await runs.start('node-on-the-first', CRITICS)];
    const without = path.join(runs.folder, 'without.py');
    await writeFile(
      without,
      `import os, sys
import rank

if os.environ["RANK"] == "1":
    sys.argv += ["--feeder", "no-node", "--loop", "no-node"]
rank.main()
`,
    );
    await ranks(both, 2);
    await ranks(first, 2, 0, without);
    expect(differences(await state(first), await state(both))).toEqual({ generator: 0, average: 0, critic: 0 });
  });

  it('without Node a run is the same bit for bit, in pieces or not, with the same lines', async () => {
    const changes = { ...CRITICS, steps: 4, keepCheckpoints: 2, validation: { share: 0.5, every: 2, crops: 8 } };
    const [driven, planned, pieces] = [
      await runs.start('driven', changes),
      await runs.start('planned', changes),
      await runs.start('pieces', changes),
    ];
    await ranks(driven, 1);
    await ranksAlone(planned, 1);
    const config = await pieces.config();
    await writeFile(path.join(pieces.folder, 'config.json'), JSON.stringify({ ...config, steps: 1 }));
    await ranksAlone(pieces, 1);
    await writeFile(path.join(pieces.folder, 'config.json'), JSON.stringify(config));
    await ranksAlone(pieces, 1);
    const expected = await state(driven);
    for (const run of [planned, pieces]) {
      const { generator, average, critic } = await state(run);
      expect({ generator, average, critic }).toEqual({
        generator: expected.generator,
        average: expected.average,
        critic: expected.critic,
      });
    }
    const [a, b] = [await driven.records(), await planned.records()];
    expect(b.map(({ step }) => step)).toEqual([2, 4]);
    b.forEach((line, i) => {
      expect(Object.keys(line.losses)).toEqual(Object.keys(a[i].losses));
      for (const [name, value] of Object.entries(line.losses)) expect(value, name).toBeCloseTo(a[i].losses[name], 4);
      expect(line.rate).toBe(a[i].rate);
      // There of fills with 8 bits a channel, here of fills as they are.
      expect(line.validation?.holeL1).toBeCloseTo(a[i].validation?.holeL1 ?? NaN, 1);
      expect(line.validation?.psnr).toBeCloseTo(a[i].validation?.psnr ?? NaN, 0);
      expect(line.validation?.variety).toBeCloseTo(a[i].validation?.variety ?? NaN, 1);
    });
    expect((await keptCheckpoints(planned.folder)).map(({ name }) => name)).toContain('best');
  });

  it('a run goes from a laptop to two ranks and back', async () => {
    const steps = async (run: RunFolder, count: number): Promise<void> => {
      const file = path.join(run.folder, 'config.json');
      const config: unknown = JSON.parse(await readFile(file, 'utf8'));
      await writeFile(file, JSON.stringify({ ...(config as object), steps: count }));
    };
    const runtime = new OnnxRuntime({ threads: 1 });
    const [whole, travelling] = [
      await runs.start('stays', { ...CRITICS, steps: 6 }),
      await runs.start('travels', { ...CRITICS, steps: 2 }),
    ];
    const expected = await train({ run: whole, runtime });
    await train({ run: travelling, runtime });
    await steps(travelling, 3);
    await ranks(travelling, 2);
    await steps(travelling, 4);
    await ranksAlone(travelling, 1);
    await steps(travelling, 6);
    const found = await train({ run: travelling, runtime });
    for (const [name, value] of Object.entries(differences(found, expected))) expect(value, name).toBeLessThan(1e-4);
    const lines = (await readFile(path.join(travelling.folder, 'log.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as StepRecord).step)).toEqual([2, 3, 4, 6]);
  });

  it('two ranks measure what one does', async () => {
    const changes = { ...ALONE, steps: 2, validation: { share: 0.5, every: 1, crops: 8 } };
    const [one, two] = [await runs.start('one-measures', changes), await runs.start('two-measure', changes)];
    await ranks(one, 1);
    await ranks(two, 2);
    const [a, b] = [(await state(one)).monitor?.best, (await state(two)).monitor?.best];
    expect(a).toBeGreaterThan(0);
    expect(b).toBeCloseTo(a ?? NaN, 3);
  });

  it.each(['Node', 'nothing'] as const)(
    'go back to the last good checkpoint when numbers break, driven by %s, and on at half the rate',
    async (by) => {
      const run = await runs.start(`breaks-${by}`, { ...ALONE, steps: 6, checkpointEvery: 2 });
      const breaking = path.join(runs.folder, 'breaking.py');
      await writeFile(
        breaking,
        `import rank
from stepper import Stepper

step = Stepper.generator_step
broken = []

def generator_step(self, rate, decay):
    if self._steps == 3 and not broken:
        broken.append(True)
        self.vectors["generator"].fill_(float("nan"))
    return step(self, rate, decay)

Stepper.generator_step = generator_step
rank.main()
`,
      );
      await (by === 'Node' ? ranks : ranksAlone)(run, 2, 0, breaking);
      const ended = await state(run);
      expect(ended).toMatchObject({ step: 6, rateFactor: 0.5, monitor: { rollBacks: 1, failedAt: 3 } });
      expect(ended.generator.values.every(Number.isFinite)).toBe(true);
      const advice = (await run.records()).flatMap((record) => record.advice ?? []);
      expect(advice).toMatchObject([{ kind: 'not-finite', action: 'roll-back' }]);
      expect(advice[0].sentence).toContain('is not a number any more; training went back to the last good checkpoint');
    },
  );

  it.each(['Node', 'nothing'] as const)('stop by SIGTERM soon, with a checkpoint, driven by %s', async (by) => {
    const run = await runs.start(`told-to-stop-${by}`, { ...ALONE, steps: 50 });
    const told = path.join(runs.folder, 'told.py');
    await writeFile(
      told,
      `import os, signal
import rank
from stepper import Stepper

step = Stepper.generator_step

def generator_step(self, rate, decay):
    if self._steps == 3:
        os.kill(os.getpid(), signal.SIGTERM)
    return step(self, rate, decay)

Stepper.generator_step = generator_step
rank.main()
`,
    );
    await (by === 'Node' ? ranks : ranksAlone)(run, 1, 0, told);
    const ended = await state(run);
    expect(ended.step).toBeGreaterThanOrEqual(4);
    expect(ended.step).toBeLessThan(50);
  });

  it('says what is missing where the batches were prepared by an earlier version', async () => {
    const run = await runs.start('planless', ALONE);
    const batches = path.join(run.folder, 'batches.f32');
    await prepareBatches(run, batches);
    await rm(`${batches}.plan`);
    await expect(launch(run, 1, 0, script, ['--batches', batches])).rejects.toThrow('prepare the batches again');
  });

  it('a rank that is killed costs no more than the steps since the checkpoint', async () => {
    const shape = { ...ALONE, steps: 8, checkpointEvery: 3 };
    const [whole, killed] = [await runs.start('not-killed', shape), await runs.start('killed', shape)];
    const victim = path.join(runs.folder, 'victim.py');
    await writeFile(
      victim,
      `import os, signal
import rank
from stepper import Stepper

step = Stepper.generator_step

def generator_step(self, rate, decay):
    if (os.environ["RANK"], os.environ["TORCHELASTIC_RESTART_COUNT"], self._steps) == ("1", "0", 4):
        os.kill(os.getpid(), signal.SIGKILL)
    return step(self, rate, decay)

Stepper.generator_step = generator_step
rank.main()
`,
    );
    await ranks(whole, 1);
    await ranks(killed, 2, 1, victim);
    for (const [name, value] of Object.entries(differences(await state(killed), await state(whole)))) {
      expect(value, name).toBeLessThan(1e-5);
    }
    expect((await state(killed)).step).toBe(8);
  });
});
