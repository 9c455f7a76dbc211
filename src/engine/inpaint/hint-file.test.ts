import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { readHint } from './hint-file';
import { sharp } from '../image/sharp';

async function hintFile(channels: 3 | 4, change: (samples: Uint8Array) => void = () => undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hint-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const samples = new Uint8Array(20 * 10 * channels);
  change(samples);
  const file = join(folder, 'hint.png');
  await sharp(samples, { raw: { width: 20, height: 10, channels } })
    .png()
    .toFile(file);
  return file;
}

it('takes what is opaque in a transparent picture, with its place', async () => {
  const file = await hintFile(4, (samples) => {
    samples.set([10, 20, 30, 255], (3 * 20 + 5) * 4);
    samples.set([40, 50, 60, 128], (4 * 20 + 6) * 4);
  });
  const hint = await readHint(file, { width: 20, height: 10 });
  expect(hint).toMatchObject({ box: { x: 5, y: 3, width: 2, height: 2 }, step: 1 });
  expect([...(hint?.pixels.subarray(0, 4) ?? [])]).toEqual([10, 20, 30, 255]);
  expect([...(hint?.pixels.subarray(12) ?? [])]).toEqual([40, 50, 60, 128]);
  expect(hint?.pixels[7]).toBe(0);
});

it('is nothing when all is transparent, and says what is wrong with other files', async () => {
  expect(await readHint(await hintFile(4), { width: 20, height: 10 })).toBeNull();
  await expect(readHint(await hintFile(4), { width: 21, height: 10 })).rejects.toMatchObject({
    code: 'mask-size-mismatch',
  });
  await expect(readHint(await hintFile(3), { width: 20, height: 10 })).rejects.toMatchObject({ code: 'bad-request' });
});
