import { afterEach, expect, it, vi } from 'vitest';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { decodeAt } from '../image/decoding-place';
import { openHere } from '../testing/open-here';
import { ExchangeFile } from '../image/decode/exchange-file';
import { pipelineOf, testImage } from '../testing/pictures';
import { PictureFolder } from './dataset';

afterEach(() => {
  vi.unstubAllEnvs();
  decodeAt(() => Promise.resolve(openHere));
});

it('photos are not left out where the process that decodes them does not start', async () => {
  const photos = await mkdtemp(path.join(tmpdir(), 'dataset-'));
  await writeFile(path.join(photos, 'a.png'), 'a photo');
  const pictures = await PictureFolder.open(photos, 32, 1);
  const refused = errorFor('decoder-not-started', { how: 'no process is free' });
  decodeAt(() => Promise.resolve(() => Promise.reject(refused)));
  await expect(pictures.picture(0)).rejects.toBe(refused);
  expect(pictures.skipped).toEqual([]);
  await rm(photos, { recursive: true });
});

it('photos that are left out for want of temporary files are not blamed: the folder for these is named', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dataset-'));
  const photos = path.join(folder, 'photos');
  await mkdir(photos);
  await writeFile(
    path.join(photos, 'a.png'),
    await pipelineOf(testImage(40, 40, 3))
      .png()
      .toBuffer(),
  );
  await copyFile(path.join(photos, 'a.png'), path.join(photos, 'b.png'));
  await writeFile(path.join(photos, 'damaged.png'), 'no picture');
  const pictures = await PictureFolder.open(photos, 32, 1);
  // Each photo goes to the process that decodes through a file there.
  decodeAt(() =>
    Promise.resolve(async (source, options) => {
      if (source.name !== 'damaged.png') await ExchangeFile.make();
      return openHere(source, options);
    }),
  );
  const gone = path.join(folder, 'gone');
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, gone);
  expect(await pictures.picture(0)).toBeNull();
  expect(await pictures.picture(1)).toBeNull();
  await expect(pictures.picture(2)).rejects.toMatchObject({
    file: gone,
    reason: { id: 'no-scratch-folder', parameters: { name: 'gone' } },
  });
  await rm(folder, { recursive: true });
});
