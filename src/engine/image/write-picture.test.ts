import { link, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyPatches } from './patches';
import type { Picture } from './picture';
import { readPicture } from './read-picture';
import { sharp } from './sharp';
import { formatOfPath } from '../../shared/picture-formats';
import { furnished, temporaryFolder, testPatch } from '../testing/pictures';
import { writePicture } from './write-picture';

test('another format and quality can be asked for, by option or by the name', async () => {
  const folder = await temporaryFolder();
  const picture = await readPicture(await furnished('jpeg', 3, 8));
  for (const format of ['png', 'webp', 'tiff', 'avif'] as const) {
    const written = await writePicture(picture, picture.samples, join(folder, `as.${format}`));
    expect(written.format).toBe(format);
    const about = await sharp(await readFile(written.path)).metadata();
    expect(about.format).toBe(format === 'avif' ? 'heif' : format);
    expect(about.icc).toBeDefined();
  }
  const low = await writePicture(picture, picture.samples, join(folder, 'low'), { format: 'jpeg', quality: 20 });
  expect((await readPicture(low.path)).origin.quality).toBe(20);
  await expect(writePicture(picture, picture.samples, join(folder, 'a.png'), { format: 'jpeg' })).rejects.toMatchObject(
    {
      code: 'bad-request',
      message: '"a.png" has the ending of a PNG file, but JPEG was asked for.',
    },
  );
  expect([formatOfPath('a.JPG'), formatOfPath('b.tif'), formatOfPath('c')]).toEqual(['jpeg', 'tiff', undefined]);
});

test('the original is overwritten only when allowed, however its path is spelled', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'photo.png');
  await writeFile(path, await furnished('png', 3, 8));
  await symlink(path, join(folder, 'alias.png'));
  const picture = await readPicture(path);
  const samples = applyPatches(picture, [testPatch({ x: 0, y: 0, width: 9, height: 9 })]);
  for (const same of [path, join(folder, '.', 'x', '..', 'photo.png'), join(folder, 'alias.png')]) {
    await expect(writePicture(picture, samples, same)).rejects.toMatchObject({ code: 'file-not-writable' });
  }
  await writePicture(picture, samples, path, { overwrite: true });
  await writePicture(picture, samples, path, { overwrite: true });
  expect((await readPicture(path)).samples).toEqual(samples);
  expect((await readdir(folder)).sort()).toEqual(['alias.png', 'photo.png']);
});

test('a hard link to the original is the original too', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'photo.png');
  await writeFile(path, await furnished('png', 3, 8));
  await link(path, join(folder, 'twin.png'));
  const picture = await readPicture(path);
  await expect(writePicture(picture, picture.samples, join(folder, 'twin.png'))).rejects.toMatchObject({
    code: 'file-not-writable',
  });
});

test('the original may be gone when its picture is written', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'photo.jpg');
  await writeFile(path, await furnished('jpeg', 3, 8));
  const picture = await readPicture(path);
  await rm(path);
  await writePicture(picture, picture.samples, path, { overwrite: true });
  expect((await sharp(await readFile(path)).metadata()).icc).toBeDefined();
});

test('after a failure nothing is left in the folder', async () => {
  const folder = await temporaryFolder();
  const picture = await readPicture(await furnished('png', 4, 8));
  const transparent = picture.samples.map((value, i) => (i % 4 === 3 ? 7 : value));
  await expect(writePicture(picture, transparent, join(folder, 'a.jpg'))).rejects.toMatchObject({
    code: 'format-unsupported',
  });
  await expect(writePicture(picture, transparent, join(folder, 'no', 'a.png'))).rejects.toMatchObject({
    code: 'file-not-writable',
  });
  expect(await readdir(folder)).toEqual([]);
});

test('a side that WebP cannot hold is refused with a remedy', async () => {
  const samples = new Uint8Array(16_384 * 3);
  const origin = { path: '', format: 'png', grey: false, lossless: true } as const;
  const picture: Picture = { width: 16_384, height: 1, channels: 3, depth: 8, samples, origin };
  await expect(writePicture(picture, samples, 'long.webp')).rejects.toMatchObject({
    code: 'format-unsupported',
    remedy: 'Save it as PNG or TIFF.',
  });
});
