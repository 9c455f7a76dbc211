import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PictureFolder } from './dataset';
import { keptBackOf, splitPictures } from './split';

async function folderOf(count: number) {
  const folder = await mkdtemp(path.join(tmpdir(), 'split-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const photos = path.join(folder, 'photos');
  await mkdir(photos);
  for (let i = 0; i < count; i++) await writeFile(path.join(photos, `${i}.jpg`), `picture ${i}`);
  const memory = path.join(folder, 'split.json');
  const split = async (share: number) => {
    const folderNow = await PictureFolder.open(photos, 32, 16);
    const { training, validation, measuredOn } = await splitPictures(folderNow, share, memory);
    return { training: training.files, validation: validation?.files ?? null, measuredOn };
  };
  return { photos, memory, split };
}

it('keeps about the share back, the same pictures each time', async () => {
  const { split, memory } = await folderOf(200);
  const first = await split(0.2);
  expect(first.validation?.length).toBeGreaterThan(20);
  expect(first.validation?.length).toBeLessThan(65);
  expect([...first.training, ...(first.validation ?? [])].sort()).toHaveLength(200);
  expect(await split(0.2)).toEqual(first);
  await writeFile(memory, 'damaged');
  expect(await split(0.2)).toEqual(first);
  expect(Object.keys(JSON.parse(await readFile(memory, 'utf8')))).toHaveLength(200);
});

it('leaves pictures on their side when others come, when they are renamed, and with their copies', async () => {
  const { photos, split } = await folderOf(40);
  const before = await split(0.3);
  for (let i = 40; i < 60; i++) await writeFile(path.join(photos, `${i}.jpg`), `picture ${i}`);
  const kept = before.validation?.[0] ?? '';
  await copyFile(path.join(photos, kept), path.join(photos, 'copy.jpg'));
  await rename(path.join(photos, before.training[0]), path.join(photos, 'renamed.jpg'));
  const after = await split(0.3);
  expect(after.validation).toEqual(expect.arrayContaining([...(before.validation ?? []), 'copy.jpg']));
  expect(after.training).toEqual(expect.arrayContaining([...before.training.slice(1), 'renamed.jpg']));
});

it('keeps at least one picture back of few, whatever they hash to, and trains on at least one', async () => {
  for (let count = 2; count <= 12; count++) {
    const { split, memory } = await folderOf(count);
    for (const share of [0.001, 0.1, 0.9]) {
      const { training, validation, measuredOn } = await split(share);
      expect(validation?.length, `${share} of ${count}`).toBeGreaterThanOrEqual(1);
      expect(training.length).toBeGreaterThanOrEqual(1);
      expect([...training, ...(validation ?? [])].toSorted()).toEqual(
        [...new Set([...training, ...(validation ?? [])])].toSorted(),
      );
      expect(measuredOn).toBe('pictures');
      expect(await keptBackOf(share, memory)).toEqual({ keptBack: validation?.length, of: count });
    }
    expect((await split(0.001)).validation).toHaveLength(1);
  }
});

it('measures a single picture, and copies of one, on other crops', async () => {
  const { photos, split, memory } = await folderOf(1);
  const alone = { training: ['0.jpg'], validation: ['0.jpg'], measuredOn: 'crops' };
  expect(await split(0.1)).toEqual(alone);
  expect(await split(0.9)).toEqual(alone);
  expect(await keptBackOf(0.1, memory)).toEqual({ keptBack: 0, of: 1 });
  await copyFile(path.join(photos, '0.jpg'), path.join(photos, '1.jpg'));
  expect((await split(0.1)).measuredOn).toBe('crops');
});

it('keeps nothing back where nothing is asked for', async () => {
  const { split, memory } = await folderOf(3);
  expect(await split(0)).toEqual({ training: ['0.jpg', '1.jpg', '2.jpg'], validation: null, measuredOn: null });
  expect(await keptBackOf(0, memory)).toBeNull();
});
