import { describe, expect, test } from 'vitest';
import { maskNoteSentence } from '../../shared/mask-notes';
import { BitPlane } from '../../shared/bit-plane';
import type { Picture } from './picture';
import { readMask } from './mask-file';
import { readPicture } from './read-picture';
import { pipelineOf, testImage } from '../testing/pictures';

const [WIDTH, HEIGHT] = [40, 30];
const BOX = { x: 10, y: 8, width: 12, height: 9 };

function box(): BitPlane {
  const plane = new BitPlane(WIDTH, HEIGHT);
  plane.fillRect(BOX, true);
  return plane;
}

async function photo(): Promise<Picture> {
  return readPicture(
    await pipelineOf(testImage(WIDTH, HEIGHT, 3))
      .png()
      .toBuffer(),
  );
}

/** A PNG of one colour or two: `inside` the box, `outside` it. */
function png(channels: number, inside: readonly number[], outside: readonly number[]): Promise<Buffer> {
  const hole = box();
  const samples = new Uint8Array(WIDTH * HEIGHT * channels);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    samples.set(hole.get(i % WIDTH, Math.floor(i / WIDTH)) ? inside : outside, i * channels);
  }
  return pipelineOf({ width: WIDTH, height: HEIGHT, channels, samples }).png().toBuffer();
}

/** A copy of the photo in which every pixel of the box was changed. */
async function copy(channels: 3 | 4, change: readonly number[]): Promise<Buffer> {
  const { samples } = await photo();
  const hole = box();
  const copied = new Uint8Array(WIDTH * HEIGHT * channels).fill(255);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    for (let c = 0; c < 3; c++) copied[i * channels + c] = samples[i * 3 + c];
    if (hole.get(i % WIDTH, Math.floor(i / WIDTH))) copied.set(change, i * channels);
  }
  return pipelineOf({ width: WIDTH, height: HEIGHT, channels, samples: copied }).png().toBuffer();
}

describe('the hole is the box', () => {
  test.each([
    ['that is white on black', () => png(1, [255], [0]), 0],
    ['of class numbers', () => png(1, [1], [0]), 1],
    ['of a dark class colour', () => png(3, [0, 0, 128], [0, 0, 0]), 0],
    ['of light grey on dark grey', () => png(1, [200], [90]), 1],
    ['painted white on a transparent layer', () => png(4, [255, 255, 255, 255], [0, 0, 0, 0]), 0],
    ['painted black on a transparent layer', () => png(4, [0, 0, 0, 255], [0, 0, 0, 0]), 1],
    ['erased from a black layer', () => png(4, [0, 0, 0, 0], [0, 0, 0, 255]), 1],
    ['painted red on a copy of the photo', () => copy(3, [255, 0, 0]), 1],
    ['erased from a copy of the photo', () => copy(4, [0, 0, 0, 0]), 1],
  ] as const)('%s', async (_, mask, notes) => {
    const understood = await readMask(await mask(), await photo());
    expect(understood.hole.equals(box())).toBe(true);
    expect(understood.notes).toHaveLength(notes);
  });
});

test('class numbers are named', async () => {
  const { notes } = await readMask(await png(1, [15], [0]), await photo());
  expect(notes).toEqual([{ kind: 'values', values: '0, 15', least: 0 }]);
  expect(notes.map((note) => maskNoteSentence(note, 'en'))).toEqual([
    'The mask has the values 0, 15 and no white; all but 0 is filled.',
  ]);
});

test('another photo is refused, and so is the photo itself', async () => {
  const other = testImage(WIDTH, HEIGHT, 3);
  other.samples.reverse();
  const bytes = await pipelineOf(other).png().toBuffer();
  await expect(readMask(bytes, await photo())).rejects.toMatchObject({ reason: { id: 'mask-is-a-picture' } });
  const itself = await pipelineOf(testImage(WIDTH, HEIGHT, 3))
    .png()
    .toBuffer();
  await expect(readMask(itself, await photo())).rejects.toMatchObject({ reason: { id: 'mask-is-the-photo' } });
});

test('a mask of a sideways photo may lie as the photo is stored', async () => {
  const stored = await pipelineOf(testImage(HEIGHT, WIDTH, 3))
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const sideways = await readPicture(stored);
  expect(sideways).toMatchObject({ width: WIDTH, height: HEIGHT });
  const mask = await pipelineOf({
    width: HEIGHT,
    height: WIDTH,
    channels: 1,
    samples: new Uint8Array(WIDTH * HEIGHT).map((__, i) => (i === 5 * HEIGHT + 3 ? 255 : 0)),
  })
    .png()
    .toBuffer();
  const { hole, notes } = await readMask(mask, sideways);
  expect(hole.bounds()).toEqual({ x: WIDTH - 1 - 5, y: 3, width: 1, height: 1 });
  expect(notes).toHaveLength(1);
});
