import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from './testing/program';

async function runFolder() {
  const run = await temporaryFolder();
  await mkdir(join(run, 'checkpoints'));
  await writeFile(join(run, 'config.json'), '{}');
  for (const name of ['checkpoint', 'best', 'checkpoints/step-200', 'checkpoints/step-1000'])
    await writeFile(join(run, `${name}.safetensors`), name);
  return run;
}

it('lists the checkpoints that a run keeps, oldest first', async () => {
  const { code, output } = await runCli(['checkpoints', await runFolder(), '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject([{ name: '200' }, { name: '1000' }, { name: 'best' }]);
});

it('goes back to one of them', async () => {
  const run = await runFolder();
  const { code, messages } = await runCli(['checkpoints', run, '--roll-back', '200']);
  expect(code).toBe(0);
  expect(messages).toContain('--resume');
  expect(await readFile(join(run, 'checkpoint.safetensors'), 'utf8')).toBe('checkpoints/step-200');
});

it('names what there is when another is asked for, and refuses a folder without a run', async () => {
  const unknown = await runCli(['checkpoints', await runFolder(), '--roll-back', '7']);
  expect(unknown.code).toBe(3);
  expect(unknown.messages).toContain('200, 1000, best');
  expect((await runCli(['checkpoints', await temporaryFolder()])).code).toBe(2);
});
