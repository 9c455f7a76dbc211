import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importOnnx } from '../engine/library/import-onnx';
import { builtWorker } from '../engine/testing/built-worker';
import { lamaFile } from '../engine/testing/imported-files';
import { InferenceProcess } from '../engine/inference/inference-process';
import { runCli, temporaryFolder } from './testing/program';

const worker = builtWorker('inference-worker');

/** The program with a real inference process for what is imported. */
async function run(...args: string[]) {
  const inference = new InferenceProcess(worker.entry);
  const library = { import: (request: Parameters<typeof importOnnx>[0]) => importOnnx(request, inference, 'cpu') };
  return runCli(args, { library }).finally(() => inference.stop());
}

it('imports, shows, describes, renames and removes a model', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'big lama (fp32).onnx');
  await writeFile(file, lamaFile(64, 255));
  const models = ['--models', join(folder, 'models')];

  const made = await run('models', 'import', file, ...models, '--name', 'LaMa', '--source', 'https://example.org');
  expect([made.code, made.messages]).toEqual([0, expect.stringContaining('Imported big-lama-fp32 (LaMa)')]);
  expect(made.messages).toContain('Nobody has said what its licence is');
  expect(made.output).toMatch(/source region +through the detail step only/);

  const early = await run('models', 'describe', 'big-lama-fp32', ...models, '--commercial');
  expect([early.code, early.messages]).toEqual([2, expect.stringContaining('licence and source')]);
  const described = await run(
    'models',
    'describe',
    'big-lama-fp32',
    ...models,
    '--commercial',
    '--licence',
    'Apache-2.0',
  );
  expect(described.output).toMatch(/commercial work +allowed, as stated by the user/);
  const kind = await run('models', 'describe', 'big-lama-fp32', ...models, '--kind', 'structure');
  expect(kind.output).toMatch(/kind +structure/);

  expect(
    (await run('models', 'rename', 'big-lama-fp32', ...models, '--new-id', 'lama', '--name', 'Big LaMa')).code,
  ).toBe(0);
  const shown = JSON.parse((await run('models', 'show', 'lama', ...models, '--json')).output);
  expect(shown).toMatchObject({ id: 'lama', name: 'Big LaMa', family: 'lama', licence: { weights: 'Apache-2.0' } });

  expect((await run('models', 'remove', 'lama', ...models)).code).toBe(0);
  expect(await readdir(join(folder, 'models'))).toEqual([]);
  expect((await run('models', 'show', 'lama', ...models)).code).toBe(3);
  expect((await readFile(file)).length).toBeGreaterThan(0);
});

it('says what is wrong with a file in one line', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'page.onnx');
  await writeFile(file, '<html>');
  const { code, messages } = await run('models', 'import', file, '--models', folder);
  expect(code).toBe(3);
  expect(messages).toMatch(/^inpaint-studio: The file "page\.onnx" cannot be used: it is a text or web page.*\n$/);
  expect((await run('models', 'import', file, '--models', folder, '--mask-hole', 'left')).code).toBe(2);
});
