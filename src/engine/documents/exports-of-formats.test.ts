import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PICTURE_FORMAT_NAMES, PICTURE_FORMATS } from '../../shared/picture-formats';
import { readMask, writeMask } from '../image/mask-file';
import { applyPatches } from '../image/patches';
import type { Picture } from '../image/picture';
import { isNeutral, untinted } from '../image/few-colours';
import { readPicture } from '../image/read-picture';
import { sharp } from '../image/sharp';
import { writePicture } from '../image/write-picture';
import { formsOfFormats, type PictureForm } from '../testing/forms';
import { furnished, testPatch } from '../testing/pictures';
import { exportBeforeAfter, exportLayers, filledPlane } from './exports';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exports-of-formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function pictureOf({ format, channels, depth, grey }: PictureForm, name: string): Promise<Picture> {
  const path = join(folder, `${name}.${PICTURE_FORMATS[format].extensions[0]}`);
  const bytes = await furnished(format, channels, depth);
  await writeFile(path, grey ? await sharp(bytes).toColourspace('b-w').toBuffer() : bytes);
  return readPicture(path);
}

describe.each(formsOfFormats())('of a picture as %s', (name, form) => {
  const { depth, channels } = form;
  const patch = testPatch({ x: 4, y: 6, width: 12, height: 17 }, depth);

  it.each(['cropped', 'full'] as const)('layers (%s) laid on it give the result', async (size) => {
    const picture = await pictureOf(form, `${name} ${size}`);
    const place = join(folder, `${name} ${size}`);
    const [file] = await exportLayers(
      picture,
      name,
      [{ name: 'Fill', visible: true, opacity: 1, patches: [patch] }],
      place,
      size,
    );
    const layer = await readPicture(join(place, file ?? ''));
    expect(layer).toMatchObject({ channels: 4, depth });
    expect(layer.origin.metadata?.hasProfile, 'the colours mean what they meant').toBe(
      picture.origin.metadata?.hasProfile,
    );

    const result = applyPatches(picture, [patch]);
    const left = size === 'cropped' ? patch.box : { x: 0, y: 0 };
    const laid = picture.samples.slice();
    for (let y = 0; y < layer.height; y++)
      for (let x = 0; x < layer.width; x++) {
        const from = (y * layer.width + x) * 4;
        if (layer.samples[from + 3] === 0) continue;
        const to = ((y + left.y) * picture.width + x + left.x) * channels;
        for (let channel = 0; channel < 3; channel++) laid[to + channel] = layer.samples[from + channel] ?? 0;
        if (channels === 4) laid[to + 3] = layer.samples[from + 3] ?? 0;
      }
    expect(laid).toEqual(result);
  });

  it('the mask of the fills is the hole', async () => {
    const picture = await pictureOf(form, `${name} mask`);
    const path = join(folder, `${name} mask.png`);
    await writeMask(filledPlane(picture, [patch]), path);
    const { hole: mask } = await readMask(path, picture);
    for (let y = 0; y < picture.height; y++)
      for (let x = 0; x < picture.width; x++)
        expect(mask.get(x, y), `${x}, ${y}`).toBe(patch.hole.get(x - patch.box.x, y - patch.box.y));
  });

  it.each(PICTURE_FORMAT_NAMES)('result and comparison are written as %s', async (target) => {
    const row = PICTURE_FORMATS[target];
    const picture = await pictureOf(form, `${name} to ${target}`);
    const result = applyPatches(picture, [patch]);
    const options = row.alpha ? {} : { matte: [255, 255, 255] as const };
    const path = (what: string) => join(folder, `${name} ${what}.${row.extensions[0]}`);
    await writePicture(picture, result, path('result'), { ...options, overwrite: true });
    await exportBeforeAfter(picture, result, path('both'), options);
    const [saved, both] = await Promise.all([readPicture(path('result')), readPicture(path('both'))]);
    const { width, height } = picture;
    expect(saved).toMatchObject({ width, height, channels: row.alpha ? channels : 3, origin: { format: target } });
    expect(both).toMatchObject({ width: 2 * width + 2, height, origin: { format: target } });
    expect((await readFile(path('both'))).length).toBeGreaterThan(0);
    // A grey picture that is stored as colour gets no tint: see image/few-colours.test.ts.
    const exact = picture.origin.grey || !isNeutral(picture) ? result : untinted(result, channels);
    if (row.lossless === 'always') expect(saved.samples).toEqual(exact);
  });
});
