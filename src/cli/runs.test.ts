import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RunFolder } from '../engine/train/run-folder';
import { trainConfigSchema } from '../engine/train/config';
import { runCli, temporaryFolder } from './testing/program';

const LINE = { seconds: 60, rate: 1e-4, waiting: 0, losses: { holeLoss: 0.05 } };

/** Two runs with logs, the second of a process that is gone. */
async function runsFolder(): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, errors] of [
    ['better', [9, 6, 7]],
    ['worse', [9, 8.5]],
  ] as const) {
    const run = join(folder, name);
    await mkdir(run);
    await new RunFolder(run).create(trainConfigSchema.parse({ steps: 30, side: 32, batch: 1 }), folder);
    const lines = errors.map((holeL1, i) =>
      JSON.stringify({ ...LINE, step: 10 * (i + 1), validation: { holeL1, psnr: 20, variety: null } }),
    );
    await writeFile(join(run, 'log.jsonl'), `${lines.join('\n')}\n{"step": 3`);
  }
  await writeFile(join(folder, 'worse', 'status.json'), '{"state":"running","pid":null,"error":null}');
  return folder;
}

it('lists runs with their state, their best and a sentence', async () => {
  const { code, output } = await runCli(['runs', 'list', await runsFolder(), '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject([
    { runId: 'better', state: 'new', step: 30, best: { step: 20, holeL1: 6 } },
    { runId: 'worse', state: 'interrupted', step: 20, best: { step: 20, holeL1: 8.5 } },
  ]);
  expect(output).toContain('can go on from its last checkpoint');
});

it('lists the others when one run is broken, and says so of that one', async () => {
  const folder = await runsFolder();
  await mkdir(join(folder, 'broken'));
  await writeFile(join(folder, 'broken', 'config.json'), '{"batch":0}');
  const { code, output, messages } = await runCli(['runs', 'list', folder, '--json']);
  expect(code).toBe(0);
  expect((JSON.parse(output) as { runId: string }[]).map(({ runId }) => runId)).toEqual(['better', 'worse']);
  expect(messages).toContain('broken');
});

it('compares runs at their best and at their end', async () => {
  const folder = await runsFolder();
  const { output } = await runCli(['runs', 'compare', join(folder, 'better'), join(folder, 'worse'), '--json']);
  const rows = JSON.parse(output) as { run: string; at: string; step: number }[];
  expect(rows.map(({ run, at, step }) => `${run} ${at} ${step}`)).toEqual([
    'better best 20',
    'better last 30',
    'worse best 20',
    'worse last 20',
  ]);
});

it('deletes a run only when that is really meant', async () => {
  const folder = await runsFolder();
  const run = join(folder, 'worse');
  expect((await runCli(['runs', 'delete', run])).code).toBe(2);
  await access(join(run, 'config.json'));
  expect((await runCli(['runs', 'delete', run, '--yes'])).code).toBe(0);
  await expect(access(run)).rejects.toThrow();
  expect((await runCli(['runs', 'delete', folder, '--yes'])).code).toBe(3);
});
