import { expect, test } from 'vitest';
import { StudioError } from '../../shared/errors';
import { DisplayPyramid } from './display-pyramid';
import { DisplayView } from './display-view';
import { decodeOverview } from './decode-overview';
import { Overview, OVERVIEW_LEVEL } from './overview';
import { openPictureFile } from './picture-file';
import { readPicture } from './read-picture';
import { type sharp } from './sharp';
import { pipelineOf, testImage } from '../testing/pictures';

const WIDTH = 4203;
const HEIGHT = 629;

function smooth(): ReturnType<typeof sharp> {
  return pipelineOf(testImage(WIDTH / 3, Math.ceil(HEIGHT / 3), 3))
    .blur(4)
    .resize(WIDTH, HEIGHT, { fit: 'fill' });
}

function opened(bytes: Buffer) {
  return openPictureFile({ path: '', name: 'a picture', bytes });
}

async function overviewOf(bytes: Buffer): Promise<Overview | null> {
  const small = await decodeOverview(await opened(bytes), 0);
  return small && Overview.over(small);
}

test.each([
  ['upright', 1],
  ['turned', 6],
])('an overview has the tiles of the pyramid, %s', async (_, orientation) => {
  const bytes = await smooth().withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
  const overview = await overviewOf(bytes);
  const view = new DisplayView(await DisplayPyramid.of(await readPicture(bytes)));
  expect(overview?.tile(OVERVIEW_LEVEL - 1, 0, 0)).toBeNull();
  const [column, row] = orientation === 1 ? [1, 0] : [0, 1];
  for (const [level, x, y] of [
    [OVERVIEW_LEVEL, 0, 0],
    [OVERVIEW_LEVEL, column, row],
    [OVERVIEW_LEVEL + 1, 0, 0],
  ]) {
    const rough = overview?.tile(level, x, y);
    const exact = view.tile(level, x, y);
    expect(rough).toMatchObject({ width: exact.width, height: exact.height, version: 0 });
    const off = exact.pixels.reduce((sum, value, i) => sum + Math.abs(value - (rough?.pixels[i] ?? 0)), 0);
    expect(off / exact.pixels.length).toBeLessThan(4);
  }
  expect(() => overview?.tile(OVERVIEW_LEVEL, 9, 9)).toThrow('refused (tile');
  expect(() => overview?.tile(12, 0, 0)).toThrow('refused (tile');
});

test('an overview goes through the profile', async () => {
  const flat = pipelineOf({ width: 1, height: 1, channels: 3, samples: Uint8Array.of(233, 78, 36) });
  const bytes = await flat.resize(600, 16).withIccProfile('p3').jpeg({ quality: 100 }).toBuffer();
  const pixels = (await overviewOf(bytes))?.tile(OVERVIEW_LEVEL, 0, 0)?.pixels ?? [];
  [233, 78, 36, 255].forEach((value, i) => expect(Math.abs(pixels[i] - value)).toBeLessThanOrEqual(4));
});

test('CMYK has an overview too', async () => {
  const flat = pipelineOf({ width: 1, height: 1, channels: 3, samples: Uint8Array.of(120, 90, 60) });
  const bytes = await flat
    .resize(600, 16)
    .toColourspace('cmyk')
    .withIccProfile('cmyk')
    .jpeg({ quality: 100 })
    .toBuffer();
  const { samples } = await readPicture(bytes);
  const pixels = (await overviewOf(bytes))?.tile(OVERVIEW_LEVEL, 0, 0)?.pixels ?? [];
  [0, 1, 2].forEach((i) => expect(Math.abs(pixels[i] - samples[i])).toBeLessThanOrEqual(4));
});

test('small pictures and those of other formats are decoded at once', async () => {
  expect(await overviewOf(await smooth().png().toBuffer())).toBeNull();
  expect(
    await overviewOf(
      await pipelineOf(testImage(300, 200, 3))
        .jpeg()
        .toBuffer(),
    ),
  ).toBeNull();
  expect(await decodeOverview(await opened(await smooth().jpeg().toBuffer()))).toBeNull();
});

test('a damaged picture has none', async () => {
  const bytes = await smooth().jpeg().toBuffer();
  const thrown: unknown = await overviewOf(bytes.subarray(0, bytes.length >> 1)).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(StudioError);
  expect(thrown).toMatchObject({ code: 'file-unreadable' });
});
