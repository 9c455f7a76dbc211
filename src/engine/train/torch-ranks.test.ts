import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepRecord } from '../../shared/training';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { clusterFolder } from '../runtime/torch/python';
import { prepareBatches } from './prepared-batches';
import type { RunFolder } from './run-folder';
import { TestRuns } from '../testing/training-runs';
import { ALONE, CRITICS, differences, state, torch } from '../testing/torch';
import { train } from './trainer';

let runs: TestRuns;
beforeAll(async () => {
  runs = await TestRuns.make();
});
afterAll(() => runs.remove());

describe.skipIf(torch === null)('training on several ranks', () => {
  const python = torch?.python ?? '';
  const script = path.join(clusterFolder(), 'rank.py');

  /** cluster/rank.py, or another script that is given the same options, on prepared batches. */
  async function ranks(run: RunFolder, count: number, restarts = 0, program = script): Promise<void> {
    const batches = path.join(run.folder, 'batches.f32');
    await prepareBatches(run, batches, { ranks: count });
    const launcher = [
      '-m',
      'torch.distributed.run',
      '--nproc-per-node',
      String(count),
      '--max-restarts',
      String(restarts),
    ];
    const options = [
      '--config',
      run.folder,
      '--batches',
      batches,
      '--precision',
      'fp32',
      '--threads',
      '1',
      '--device',
      'cpu',
    ];
    await promisify(execFile)(python, [...(count === 1 ? [] : launcher), program, ...options], {
      env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONPATH: clusterFolder() },
    });
  }

  it('two ranks with half a batch each do what one does with a whole batch', async () => {
    const [one, two] = [await runs.start('one-rank', CRITICS), await runs.start('two-ranks', CRITICS)];
    await ranks(one, 1);
    await ranks(two, 2);
    for (const [name, value] of Object.entries(differences(await state(two), await state(one)))) {
      expect(value, name).toBeLessThan(1e-5);
    }
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
    await ranks(travelling, 1);
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

  it('go back to the last good checkpoint when numbers break, and on at half the rate', async () => {
    const run = await runs.start('breaks', { ...ALONE, steps: 6, checkpointEvery: 2 });
    const breaking = path.join(runs.folder, 'breaking.py');
    await writeFile(
      breaking,
      `import rank, trainer

average = trainer.update_average
broken = []

def update_average(state, config):
    average(state, config)
    if state.step == 2 and not broken:
        broken.append(True)
        state.generator.values.fill_(float("nan"))

trainer.update_average = update_average
rank.main()
`,
    );
    await ranks(run, 2, 0, breaking);
    const ended = await state(run);
    expect(ended).toMatchObject({ step: 6, rateFactor: 0.5, monitor: { rollBacks: 1, failedAt: 4 } });
    expect(ended.generator.values.every(Number.isFinite)).toBe(true);
    expect(await readFile(path.join(run.folder, 'log.jsonl'), 'utf8')).toContain('"action":"roll-back"');
  });

  it('where steps are slow, one rank writes lines in between and several none, and the watch judges the same', async () => {
    const shape = { ...ALONE, steps: 4 };
    const [one, two] = [await runs.start('slow-alone', shape), await runs.start('slow-together', shape)];
    const slow = path.join(runs.folder, 'slow.py');
    await writeFile(slow, 'import rank, trainer\n\ntrainer.LOG_SECONDS = 0\nrank.main()\n');
    await ranks(one, 1, 0, slow);
    await ranks(two, 2, 0, slow);
    const stepsOf = async (run: RunFolder) => (await run.records()).map(({ step }) => step);
    expect(await stepsOf(one)).toEqual([1, 2, 3, 4]);
    expect(await stepsOf(two)).toEqual([4]);
    const [a, b] = [(await state(one)).monitor, (await state(two)).monitor];
    expect(a?.generatorNorms).toHaveLength(1);
    expect(a?.generatorNorms[0]).toBeCloseTo(b?.generatorNorms[0] ?? NaN, 3);
  });

  it('a rank that is killed costs no more than the steps since the checkpoint', async () => {
    const shape = { ...ALONE, steps: 8, checkpointEvery: 3 };
    const [whole, killed] = [await runs.start('not-killed', shape), await runs.start('killed', shape)];
    const victim = path.join(runs.folder, 'victim.py');
    await writeFile(
      victim,
      `import os, signal
import rank, trainer

steps = trainer.update_average

def update_average(state, config):
    if (os.environ["RANK"], os.environ["TORCHELASTIC_RESTART_COUNT"], state.step) == ("1", "0", 4):
        os.kill(os.getpid(), signal.SIGKILL)
    steps(state, config)

trainer.update_average = update_average
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
