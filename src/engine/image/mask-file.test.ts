import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { alphaMask, readMask, readSourceMask, writeMask } from './mask-file';
import { readPicture } from './read-picture';
import { pipelineOf, temporaryFolder, testImage, testPatch } from '../testing/pictures';

test('a mask comes back from its file as it was', async () => {
  const path = join(await temporaryFolder(), 'Maske für später.png');
  const { hole } = testPatch({ x: 0, y: 0, width: 45, height: 23 });
  await writeMask(hole, path);
  expect((await readMask(path, hole)).hole.equals(hole)).toBe(true);
});

test('a pixel is hole from a twentieth of white on, in grey and in colour, of 8 and of 16 bit', async () => {
  const greys = await pipelineOf({ width: 4, height: 1, channels: 1, samples: Uint8Array.of(0, 12, 13, 255) })
    .png()
    .toBuffer();
  const size = { width: 4, height: 1 };
  expect([...(await readMask(greys, size)).hole.toBytes(1)]).toEqual([0, 0, 1, 1]);
  const deep = Uint16Array.of(0, 12 * 257, 13 * 257, 65_535);
  const wide = await pipelineOf({ width: 4, height: 1, channels: 1, samples: deep }).png().toBuffer();
  expect([...(await readMask(wide, size)).hole.toBytes(1)]).toEqual([0, 0, 1, 1]);
  const colours = Uint8Array.of(0, 255, 0, 0, 0, 12, 0, 0, 128, 255, 255, 255);
  const coloured = await pipelineOf({ width: 4, height: 1, channels: 3, samples: colours }).png().toBuffer();
  expect([...(await readMask(coloured, size)).hole.toBytes(1)]).toEqual([1, 0, 1, 1]);
});

test('a source region begins at half brightness', async () => {
  const greys = await pipelineOf({ width: 4, height: 1, channels: 1, samples: Uint8Array.of(0, 127, 128, 255) })
    .png()
    .toBuffer();
  expect([...(await readSourceMask(greys, { width: 4, height: 1 })).toBytes(1)]).toEqual([0, 0, 1, 1]);
});

test('what a JPEG rings beside a stroke is no hole', async () => {
  const samples = new Uint8Array(64 * 64).map((_, at) => (at % 64 > 20 && at % 64 < 31 ? 255 : 0));
  const bytes = await pipelineOf({ width: 64, height: 64, channels: 1, samples }).jpeg({ quality: 60 }).toBuffer();
  const counted = (await readMask(bytes, { width: 64, height: 64 })).hole.count();
  expect(counted).toBeGreaterThanOrEqual(10 * 64);
  expect(counted).toBeLessThanOrEqual(12 * 64);
});

test('a mask with alpha counts as laid on black', async () => {
  const samples = Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 0, 255, 255, 255, 12, 0, 0, 0, 255);
  const bytes = await pipelineOf({ width: 4, height: 1, channels: 4, samples }).png().toBuffer();
  expect([...(await readMask(bytes, { width: 4, height: 1 })).hole.toBytes(1)]).toEqual([1, 0, 0, 0]);
});

test('a mask that claims another size is refused by its header, and not decoded', async () => {
  const whole = await pipelineOf(testImage(40, 30, 3))
    .png()
    .toBuffer();
  const claiming = Buffer.from(whole);
  claiming.writeUInt32BE(60_000, 16);
  claiming.writeUInt32BE(4_900, 20);
  // With its checksum (PNG, third edition, 5.3).
  claiming.writeUInt32BE(crc32(claiming.subarray(12, 29)), 29);
  for (const read of [readMask, readSourceMask]) {
    await expect(read(claiming, { width: 40, height: 30 })).rejects.toMatchObject({
      reason: { id: 'mask-of-other-size', parameters: { width: 60_000, height: 4_900 } },
    });
  }
});

test('a mask of another size names both sizes', async () => {
  const path = join(await temporaryFolder(), 'mask.png');
  await writeMask(new BitPlane(30, 20), path);
  await expect(readMask(path, { width: 31, height: 20 })).rejects.toMatchObject({
    code: 'mask-size-mismatch',
    message: 'The mask has 30 x 20 pixels, but the picture has 31 x 20.',
    file: path,
  });
});

test("a picture's own hole is wherever something shows through it", async () => {
  const samples = Uint8Array.of(9, 9, 9, 0, 9, 9, 9, 127, 9, 9, 9, 128, 9, 9, 9, 255);
  const picture = await readPicture(await pipelineOf({ width: 4, height: 1, channels: 4, samples }).png().toBuffer());
  expect([...alphaMask(picture).toBytes(1)]).toEqual([1, 1, 1, 0]);
  expect(
    alphaMask(
      await readPicture(
        await pipelineOf(testImage(5, 4, 3))
          .png()
          .toBuffer(),
      ),
    ).isEmpty(),
  ).toBe(true);
});
