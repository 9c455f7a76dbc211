import { initializeCanvas, readPsd } from 'ag-psd';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { PICTURE_FORMAT_NAMES, PICTURE_FORMATS } from '../../shared/picture-formats';
import { isNeutral, untinted } from '../image/few-colours';
import { applyPatches } from '../image/patches';
import type { Patch, Picture } from '../image/picture';
import { largestSample } from '../image/planes';
import { PSD_LIMITS } from '../image/psd/write-psd';
import { readMergedPsd } from '../image/psd/read-psd';
import { readPicture } from '../image/read-picture';
import { sharp } from '../image/sharp';
import { readArchiveParts } from '../testing/archives';
import { formsOfFormats } from '../testing/forms';
import { furnished, testPatch } from '../testing/pictures';
import { layersOfPsd } from '../testing/psd-layers';
import { exportLayered, type LayerStack, type StackedFill } from './layered-export';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layered-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BOX = { x: 4, y: 6, width: 12, height: 17 };
const OTHER = { x: 9, y: 2, width: 11, height: 8 };

function stackOf(picture: Picture, patch: Patch, more: Partial<StackedFill> = {}): LayerStack {
  const result = (name: string, each: Patch) => ({ name, box: each.box, patches: () => Promise.resolve([each]) });
  const fill = {
    ...result('Fill 1', patch),
    visible: true,
    opacity: 1,
    others: [result('Variant 2', testPatch(OTHER, picture.depth))],
    othersName: 'Other variants of Fill 1',
    ...more,
  };
  return { picture, originalName: 'Original', fills: [fill], keepMetadata: true };
}

describe.each(formsOfFormats())('of a picture as %s', (name, form) => {
  const { depth, channels, grey, format } = form;
  const patch = testPatch(BOX, depth);

  async function picture(): Promise<Picture> {
    const path = join(folder, `${name}.${PICTURE_FORMATS[format].extensions[0]}`);
    const bytes = await furnished(format, channels, depth);
    await writeFile(path, grey ? await sharp(bytes).toColourspace('b-w').toBuffer() : bytes);
    return readPicture(path);
  }

  it('a Photoshop file holds the original, the fill with its mask, the other variant hidden, and the result', async () => {
    const photo = await picture();
    // Not every format has grey.
    const colours = photo.origin.grey ? 1 : 3;
    const path = join(folder, `${name}.psd`);
    await exportLayered(stackOf(photo, patch), 'psd', path);
    const file = await readFile(path);
    const layers = layersOfPsd(file);
    expect(layers.map((layer) => [layer.name, layer.visible, layer.section])).toEqual([
      ['Original', true, undefined],
      ['</Layer group>', false, 3],
      ['Variant 2', true, undefined],
      ['Other variants of Fill 1', false, 2],
      ['Fill 1', true, undefined],
    ]);
    const [original, , variant, , fill] = layers;
    for (let channel = 0; channel < colours; channel++) {
      const own = photo.samples.filter((_, i) => i % channels === channel);
      expect(original?.channels.get(channel)).toEqual(own);
    }
    expect([fill?.box, variant?.box]).toEqual([BOX, OTHER]);
    const result = applyPatches(photo, [patch]);
    for (let y = 0; y < BOX.height; y++)
      for (let x = 0; x < BOX.width; x++) {
        const at = y * BOX.width + x;
        expect(fill?.channels.get(-2)?.[at]).toBe(patch.hole.get(x, y) ? largestSample(depth) : 0);
        const from = ((y + BOX.y) * photo.width + x + BOX.x) * channels;
        for (let channel = 0; channel < colours; channel++)
          expect(fill?.channels.get(channel)?.[at]).toBe(result[from + channel]);
      }

    const merged = readMergedPsd(file);
    expect(merged.channels).toBe(colours + (channels === 4 ? 1 : 0));
    expect(merged.information.profile !== undefined).toBe(photo.origin.metadata?.hasProfile ?? false);
    const stored = merged.channels;
    for (let pixel = 0; pixel < photo.width * photo.height; pixel++) {
      const alpha = channels === 4 ? (result[pixel * 4 + 3] ?? 0) : largestSample(depth);
      if (channels === 4) expect(merged.samples[pixel * stored + stored - 1]).toBe(alpha);
      // Colours under transparency are laid on white, and come back as exactly as that allows; those that nobody sees do not.
      const loss = alpha === 0 ? Infinity : alpha === largestSample(depth) ? 0 : largestSample(depth) / alpha;
      for (let channel = 0; channel < colours; channel++) {
        const own = result[pixel * channels + channel] ?? 0;
        expect(Math.abs((merged.samples[pixel * stored + channel] ?? 0) - own)).toBeLessThanOrEqual(loss);
      }
    }
  });

  it('an OpenRaster file holds the same', async () => {
    const photo = await picture();
    const path = join(folder, `${name}.ora`);
    await exportLayered(stackOf(photo, patch), 'ora', path);
    const parts = await readArchiveParts(path);
    expect([...parts.keys()][0]).toBe('mimetype');
    expect(parts.get('mimetype')?.toString()).toBe('image/openraster');
    // How the format is told by its first bytes.
    expect((await readFile(path)).toString('latin1', 30, 54)).toBe('mimetypeimage/openraster');
    const stack = parts.get('stack.xml')?.toString() ?? '';
    const [fill, group, variant, original] = stack.match(/<(layer|stack) [^>]*>/g) ?? [];
    expect(fill).toBe('<layer name="Fill 1" src="data/layer2.png" x="4" y="6" opacity="1" visibility="visible"/>');
    expect(group).toBe('<stack name="Other variants of Fill 1" visibility="hidden">');
    expect(variant).toContain('name="Variant 2" src="data/layer1.png" x="9" y="2"');
    expect(original).toContain('name="Original" src="data/layer0.png" x="0" y="0"');
    const read = (part: string) => readPicture(parts.get(part) ?? new Uint8Array());
    const [lowest, merged, layer] = await Promise.all([
      read('data/layer0.png'),
      read('mergedimage.png'),
      read('data/layer2.png'),
    ]);
    expect(lowest.samples).toEqual(photo.samples);
    const result = applyPatches(photo, [patch]);
    // A grey picture that is stored as colour gets no tint: see image/few-colours.test.ts.
    expect(merged.samples).toEqual(photo.origin.grey || !isNeutral(photo) ? result : untinted(result, channels));
    expect(layer).toMatchObject({ depth, channels: 4, width: BOX.width, height: BOX.height });
    expect(layer.origin.metadata?.hasProfile).toBe(photo.origin.metadata?.hasProfile);
    for (let at = 0; at < BOX.width * BOX.height; at++) {
      const seen = patch.hole.get(at % BOX.width, Math.floor(at / BOX.width));
      expect(layer.samples[at * 4 + 3]).toBe(seen ? largestSample(depth) : 0);
    }
    const thumbnail = await sharp(parts.get('Thumbnails/thumbnail.png')).metadata();
    expect(Math.max(thumbnail.width, thumbnail.height)).toBeLessThanOrEqual(256);
  });
});

describe('a Photoshop file', () => {
  // The reader asks for memory in a browser's form, and for nothing else of a canvas.
  const noCanvas = () => {
    throw new Error('no canvas here');
  };
  const imageData = (width: number, height: number) => {
    return { width, height, data: new Uint8ClampedArray(width * height * 4), colorSpace: 'srgb' } as ImageData;
  };
  beforeAll(() => initializeCanvas(noCanvas, imageData));

  it('is read by another program: names, places, masks, groups and the result', async () => {
    const path = join(folder, 'photo.png');
    await writeFile(path, await furnished('png', 3, 8));
    const photo = await readPicture(path);
    const patch = testPatch(BOX);
    await exportLayered(
      stackOf(photo, patch, { name: 'Straße & Zaun', othersName: 'Other variants', opacity: 0.5, visible: false }),
      'psd',
      path,
    );
    const psd = readPsd(await readFile(path), { useImageData: true });
    expect(psd).toMatchObject({ width: photo.width, height: photo.height, bitsPerChannel: 8 });
    const [original, group, fill] = psd.children ?? [];
    expect([original?.name, group?.name, fill?.name]).toEqual(['Original', 'Other variants', 'Straße & Zaun']);
    expect(group).toMatchObject({ hidden: true, children: [{ name: 'Variant 2', left: OTHER.x, top: OTHER.y }] });
    expect(fill).toMatchObject({ hidden: true, left: BOX.x, top: BOX.y });
    expect(fill?.opacity).toBeCloseTo(0.5, 2);
    const mask = fill?.mask?.imageData;
    const plane = new BitPlane(BOX.width, BOX.height);
    for (let i = 0; i < BOX.width * BOX.height; i++)
      plane.set(i % BOX.width, Math.floor(i / BOX.width), mask?.data[i * 4] === 255);
    expect(plane.equals(patch.hole)).toBe(true);
    const shown = psd.imageData?.data ?? [];
    for (let i = 0; i < photo.width * photo.height; i++)
      for (let channel = 0; channel < 3; channel++) expect(shown[i * 4 + channel]).toBe(photo.samples[i * 3 + channel]);
  });

  it('of a picture that the format cannot hold is refused, and nothing is left behind', async () => {
    const place = await mkdtemp(join(folder, 'large-'));
    const path = join(place, 'wide.png');
    const width = PSD_LIMITS.side + 1;
    await sharp({ create: { width, height: 2, channels: 3, background: 'grey' } }).toFile(path);
    const photo = await readPicture(path);
    const stack = { ...stackOf(photo, testPatch(BOX)), fills: [] };
    await expect(exportLayered(stack, 'psd', join(place, 'wide.psd'))).rejects.toMatchObject({
      code: 'format-unsupported',
    });
    expect(await readdir(place)).toEqual(['wide.png']);
    await exportLayered(stack, 'ora', join(place, 'wide.ora'));
  });
});

it('every format that is written has a form here', () => {
  expect(new Set(formsOfFormats().map(([, { format }]) => format))).toEqual(new Set(PICTURE_FORMAT_NAMES));
});
