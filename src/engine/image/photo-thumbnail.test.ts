import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { photoThumbnail } from './read-picture';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'thumbnail-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Red above, blue below, as it is stored. */
async function twoHalves(name: string, orientation = 1): Promise<string> {
  const path = join(folder, name);
  const pixels = Uint8Array.from({ length: 400 * 200 * 3 }, (_, i) =>
    i % 3 === (i < 400 * 100 * 3 ? 0 : 2) ? 255 : 0,
  );
  await sharp(pixels, { raw: { width: 400, height: 200, channels: 3 } })
    .withMetadata({ orientation })
    .toFile(path);
  return path;
}

describe('a small look at a photo', () => {
  it('has its longest side, its colours, and is upright', async () => {
    const lying = await photoThumbnail(await twoHalves('lying.jpg'), 100);
    expect([lying.width, lying.height]).toEqual([100, 50]);
    expect(lying.pixels).toHaveLength(100 * 50 * 4);
    const at = (look: typeof lying, x: number, y: number) =>
      [...look.pixels.subarray(4 * (y * look.width + x))].slice(0, 4).map((value) => Math.round(value / 60));
    expect([at(lying, 50, 5), at(lying, 50, 45)]).toEqual([
      [4, 0, 0, 4],
      [0, 0, 4, 4],
    ]);
    // A quarter turn to the right: what was above is on the right.
    const turned = await photoThumbnail(await twoHalves('turned.png', 6), 100);
    expect([turned.width, turned.height]).toEqual([50, 100]);
    expect([at(turned, 5, 50), at(turned, 45, 50)]).toEqual([
      [0, 0, 4, 4],
      [4, 0, 0, 4],
    ]);
  });

  it('is not larger than a small photo', async () => {
    const look = await photoThumbnail(await twoHalves('small.webp'), 512);
    expect([look.width, look.height]).toEqual([400, 200]);
  });

  it('is refused for what opening refuses, with the same reason', async () => {
    const path = join(folder, 'broken.jpg');
    writeFileSync(path, 'no picture at all');
    await expect(photoThumbnail(path, 100)).rejects.toMatchObject({ code: 'format-unsupported' });
    await expect(photoThumbnail(join(folder, 'gone.jpg'), 100)).rejects.toMatchObject({ code: 'file-missing' });
  });
});
