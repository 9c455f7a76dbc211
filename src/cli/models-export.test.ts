import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeSmallModel } from '../engine/testing/small-model';
import { runCli, temporaryFolder } from './testing/program';

it('exports a model as a folder and as an ONNX file', async () => {
  const folder = await temporaryFolder();
  await writeSmallModel(folder, 'small');
  const out = join(folder, 'out', 'copy');
  expect((await runCli(['models', 'export', 'small', out, '--models', folder])).code).toBe(0);
  await access(join(out, 'weights.safetensors'));

  const file = join(folder, 'small.onnx');
  const { code, messages } = await runCli([
    'models',
    'export',
    'small',
    '--onnx',
    file,
    '--size',
    '64',
    '--models',
    folder,
  ]);
  expect([code, messages]).toEqual([0, `Exported small to ${file}.\n`]);
  await access(file);
});

it('wants one goal, and a side that the network takes', async () => {
  const folder = await temporaryFolder();
  await writeSmallModel(folder, 'small');
  expect((await runCli(['models', 'export', 'small', '--models', folder])).code).toBe(2);
  const odd = await runCli([
    'models',
    'export',
    'small',
    '--onnx',
    join(folder, 'x.onnx'),
    '--size',
    '65',
    '--models',
    folder,
  ]);
  expect([odd.code, odd.messages]).toEqual([2, expect.stringContaining('multiple of 8')]);
});
