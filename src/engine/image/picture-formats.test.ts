import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatOfBytes, PICTURE_FORMAT_NAMES, PICTURE_FORMATS } from '../../shared/picture-formats';
import { findPictures } from '../train/picture-files';
import { readPicture } from './read-picture';
import { furnished } from '../testing/pictures';
import { writePicture } from './write-picture';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(PICTURE_FORMAT_NAMES)('a picture as %s', (format) => {
  const row = PICTURE_FORMATS[format];
  const channels = row.alpha ? 4 : 3;

  it.each(row.extensions)('is written and read by its extension .%s', async (extension) => {
    const source = join(folder, `${format}-from.${extension}`);
    await writeFile(source, await furnished(format, channels, 8));
    const picture = await readPicture(source);
    expect(picture).toMatchObject({ channels, depth: 8, origin: { format } });

    const destination = join(folder, `${format}-to.${extension.toUpperCase()}`);
    const written = await writePicture(picture, picture.samples, destination);
    expect(written.format).toBe(format);
    expect(formatOfBytes(await readFile(destination)), 'by how it begins').toBe(format);
    const again = await readPicture(destination);
    expect(again).toMatchObject({ width: picture.width, height: picture.height, channels, depth: 8 });
    if (row.lossless === 'always') expect(again.samples).toEqual(picture.samples);
  });

  it('has the depth, the camera data and the notes that its row says', async () => {
    const deep = await readPicture(await furnished('png', channels, 16));
    const path = join(folder, `deep.${row.extensions[0]}`);
    const { notes } = await writePicture(deep, deep.samples, path);
    const again = await readPicture(path);
    expect(again.depth).toBe(row.depth === 8 ? 8 : 16);
    expect(again.origin.metadata?.exif !== undefined).toBe(row.exif);
    expect(notes.some((note) => note.includes(`holds ${row.depth} bits`))).toBe(row.depth < 16);
    expect(notes.some((note) => note.includes('EXIF'))).toBe(!row.exif);
  });

  it('follows a quality where it has one', async () => {
    const picture = await readPicture(await furnished('png', 3, 8));
    const size = async (quality: number) =>
      (await writePicture(picture, picture.samples, join(folder, `${quality}.${row.extensions[0]}`), { quality }))
        .bytes;
    const [coarse, fine] = [await size(5), await size(95)];
    if (row.usualQuality === null) expect(coarse).toBe(fine);
    else expect(coarse).toBeLessThan(fine);
  });
});

it('the trainer takes every picture that can be read', async () => {
  const pictures = await mkdtemp(join(folder, 'train-'));
  const names = PICTURE_FORMAT_NAMES.flatMap((format) =>
    PICTURE_FORMATS[format].extensions.map((extension) => `${format}.${extension}`),
  ).sort();
  for (const name of [...names, 'notes.txt']) await writeFile(join(pictures, name), '');
  const { files } = await findPictures(pictures);
  expect(files.map((file) => basename(file))).toEqual(names);
});
