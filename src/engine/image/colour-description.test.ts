import { expect, test } from 'vitest';
import { avifCodePoints, withAvifCodePoints } from './avif-colour';
import { insertPngChunk, pngChunks } from './containers';
import { encodePicture } from './encode-picture';
import { readPicture } from './read-picture';
import { sharp } from './sharp';
import { pipelineOf, testImage } from '../testing/pictures';

const DISPLAY_P3 = { primaries: 12, transfer: 13 };
const HDR = Uint8Array.of(9, 16, 0, 1);
const named = (file: Buffer, name: string) => pngChunks(file).filter((chunk) => chunk.name === name);

function plainPng(): Promise<Buffer> {
  return pipelineOf(testImage(40, 30, 3))
    .png()
    .toBuffer();
}

test('a PNG keeps what it says of its colours, and gets no density that it had not', async () => {
  let file = await plainPng();
  file = Buffer.concat([file]);
  const gamma = Buffer.from([0, 1, 0x86, 0xa0]);
  const density = named(file, 'pHYs')[0];
  // The library writes one of its own.
  if (density) file = Buffer.concat([file.subarray(0, density.start - 8), file.subarray(density.start + 13)]);
  file = insertPngChunk(insertPngChunk(file, 'gAMA', gamma), 'cICP', HDR);
  const picture = await readPicture(file);
  const { bytes, notes } = await encodePicture(picture, picture.samples, 'png');
  const told = pngChunks(bytes)
    .map(({ name }) => name)
    .filter((name) => !['IDAT', 'IEND', 'eXIf'].includes(name));
  expect(told).toEqual(['IHDR', 'gAMA', 'cICP']);
  expect(bytes.subarray(named(bytes, 'cICP')[0].start).subarray(0, 4)).toEqual(Buffer.from(HDR));
  expect(notes).toEqual([]);
  expect((await readPicture(bytes)).samples).toEqual(picture.samples);
});

test('what another format cannot say of the colours is noted', async () => {
  const picture = await readPicture(insertPngChunk(await plainPng(), 'cICP', HDR));
  expect((await encodePicture(picture, picture.samples, 'jpeg')).notes).toEqual([
    'How its colours are meant (cICP) is not written to JPEG; they will look otherwise.',
  ]);
  const plain = await readPicture(insertPngChunk(await plainPng(), 'gAMA', Buffer.from([0, 0, 0xb1, 0x8f])));
  expect((await encodePicture(plain, plain.samples, 'jpeg')).notes).toEqual([]);
});

test('an AVIF keeps its primaries and transfer, and decodes as before; a PNG takes them over', async () => {
  const coded = await pipelineOf(testImage(40, 30, 4))
    .avif({ quality: 80 })
    .toBuffer();
  const file = withAvifCodePoints(coded, DISPLAY_P3) ?? Buffer.alloc(0);
  expect(avifCodePoints(file)).toEqual(DISPLAY_P3);
  expect(await sharp(file).raw().toBuffer()).toEqual(await sharp(coded).raw().toBuffer());
  const picture = await readPicture(file);
  const again = await encodePicture(picture, picture.samples, 'avif');
  expect(again.notes).toEqual([]);
  expect(avifCodePoints(again.bytes)).toEqual(DISPLAY_P3);
  expect((await readPicture(again.bytes)).samples.length).toBe(picture.samples.length);
  const { bytes } = await encodePicture(picture, picture.samples, 'png');
  expect([...bytes.subarray(named(bytes, 'cICP')[0].start).subarray(0, 4)]).toEqual([12, 13, 0, 1]);
});
