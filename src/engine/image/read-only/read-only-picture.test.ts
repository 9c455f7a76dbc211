import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pngChunks } from '../containers';
import { readPicture } from '../read-picture';
import { sharp } from '../sharp';
import { asPng } from './plain-picture';

const WIDTH = 5;
const HEIGHT = 3;

interface Bitmap {
  readonly bits: number;
  readonly compression?: number;
  readonly topDown?: boolean;
  /** BGR0. */
  readonly palette?: readonly number[];
  readonly masks?: readonly number[];
  readonly data: readonly number[];
  readonly size?: readonly [number, number];
}

/** A file with the usual header (40 bytes), palette and masks behind it. */
function bitmap({ bits, compression = 0, topDown, palette = [], masks = [], data, size = [WIDTH, HEIGHT] }: Bitmap) {
  const head = Buffer.alloc(54);
  head.write('BM', 'latin1');
  const masked = masks.map((mask) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(mask);
    return bytes;
  });
  head.writeUInt32LE(54 + palette.length + 4 * masks.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(size[0], 18);
  head.writeInt32LE(topDown ? -size[1] : size[1], 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  head.writeUInt32LE(palette.length / 4, 46);
  return Buffer.concat([head, ...masked, Buffer.from(palette), Buffer.from(data)]);
}

const BLACK = [0, 0, 0];
const RED = [255, 0, 0];
const BLUE = [0, 0, 255];
/** Two colours, as a palette has them. */
const PALETTE = [0, 0, 255, 0, 255, 0, 0, 0];
/** Rows from the top: of red, and where it is blue. */
const SHOWN = [
  [RED, BLUE, RED, RED, BLUE],
  [BLUE, BLUE, BLUE, BLUE, BLUE],
  [RED, RED, RED, RED, RED],
].flat(2);

describe('a bitmap is read', () => {
  it.each<[string, Bitmap]>([
    ['of 1 bit', { bits: 1, palette: PALETTE, data: [0, 0, 0, 0, 0b11111000, 0, 0, 0, 0b01001000, 0, 0, 0] }],
    [
      'of 4 bits, top down',
      { bits: 4, topDown: true, palette: PALETTE, data: [0x01, 0, 0x10, 0, 0x11, 0x11, 0x10, 0, 0, 0, 0, 0] },
    ],
    [
      'of 8 bits',
      {
        bits: 8,
        palette: PALETTE,
        data: [...[0, 0, 0, 0, 0, 0, 0, 0], ...[1, 1, 1, 1, 1, 0, 0, 0], 0, 1, 0, 0, 1, 0, 0, 0],
      },
    ],
    [
      'of 8 bits in runs',
      { bits: 8, compression: 1, palette: PALETTE, data: [5, 0, 0, 0, 5, 1, 0, 0, 0, 5, 0, 1, 0, 0, 1, 0, 0, 1] },
    ],
    [
      'of 4 bits in runs, with a jump',
      { bits: 4, compression: 2, palette: PALETTE, data: [0, 2, 0, 1, 5, 0x11, 0, 0, 2, 0x01, 0, 3, 0x00, 0x10, 0, 1] },
    ],
    [
      'of 16 bits by masks',
      {
        bits: 16,
        compression: 3,
        masks: [0xf800, 0x07e0, 0x001f],
        data: [SHOWN.slice(30), SHOWN.slice(15, 30), SHOWN.slice(0, 15)].flatMap((row) => [
          ...[0, 1, 2, 3, 4].flatMap((x) => (row[x * 3] ? [0x00, 0xf8] : [0x1f, 0x00])),
          ...[0, 0],
        ]),
      },
    ],
    [
      'of 24 bits',
      {
        bits: 24,
        data: [SHOWN.slice(30), SHOWN.slice(15, 30), SHOWN.slice(0, 15)].flatMap((row) => [
          ...[0, 1, 2, 3, 4].flatMap((x) => row.slice(x * 3, x * 3 + 3).toReversed()),
          0,
        ]),
      },
    ],
  ])('%s', async (_, form) => {
    const picture = await readPicture(bitmap(form), { name: 'a.bmp' });
    expect(picture).toMatchObject({ width: WIDTH, height: HEIGHT, channels: 3, depth: 8 });
    expect([...picture.samples]).toEqual(SHOWN);
    expect(picture.origin.format).toBe('png');
  });

  it('of 32 bits with transparency', async () => {
    const data = [10, 20, 30, 255, 40, 50, 60, 0];
    const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
    const picture = await readPicture(bitmap({ bits: 32, compression: 6, masks, size: [2, 1], data }));
    expect([picture.channels, ...picture.samples]).toEqual([4, 30, 20, 10, 255, 60, 50, 40, 0]);
  });

  it('and a colour that its palette has not is black', async () => {
    const picture = await readPicture(bitmap({ bits: 8, size: [1, 1], palette: PALETTE, data: [7, 0, 0, 0] }));
    expect([...picture.samples]).toEqual(BLACK);
  });

  it.each([
    ['claims too much', bitmap({ bits: 8, palette: PALETTE, size: [60_000, 60_000], data: [] }), 'picture-too-large'],
    ['is cut off', bitmap({ bits: 24, data: [1, 2, 3] }), 'file-unreadable'],
    ['is of a form that nobody writes', bitmap({ bits: 7, data: [1, 2, 3] }), 'format-unsupported'],
  ])('but one that %s is refused', async (_, bytes, code) => {
    await expect(readPicture(bytes, { name: 'a.bmp' })).rejects.toMatchObject({ code });
  });
});

describe('a GIF', () => {
  it('is read exactly', async () => {
    const samples = Uint8Array.from(SHOWN);
    const gif = await sharp(samples, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .gif({ dither: 0 })
      .toBuffer();
    const picture = await readPicture(gif, { name: 'a.gif' });
    expect([...picture.samples]).toEqual(SHOWN);
    expect(picture.channels, 'nothing in it is transparent').toBe(3);
  });

  it('that moves is opened at its first frame, which is said', async () => {
    const frames = Uint8Array.from([...SHOWN, ...SHOWN.toReversed()]);
    const raw = { width: WIDTH, height: 2 * HEIGHT, channels: 3, pageHeight: HEIGHT } as const;
    const gif = await sharp(frames, { raw }).gif({ dither: 0 }).toBuffer();
    const picture = await readPicture(gif, { name: 'a.gif' });
    expect(picture.height).toBe(HEIGHT);
    expect(picture.origin.notes).toEqual(['Only the first of its 2 pages or frames was opened.']);
  });

  it('that is cut off is called damaged', async () => {
    await expect(readPicture(Buffer.from('GIF89a\0\0'), { name: 'a.gif' })).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});

describe('a HEIC picture', () => {
  it('is read with its profile and its camera data', async () => {
    const bytes = await readFile(join(import.meta.dirname, 'fixtures', 'gradient.heic'));
    const picture = await readPicture(bytes, { name: 'a.heic' });
    expect(picture).toMatchObject({ width: 64, height: 48, channels: 3, depth: 8 });
    const at = (x: number, y: number) => [0, 1, 2].map((channel) => picture.samples[(y * 64 + x) * 3 + channel] ?? 0);
    for (const [x, y] of [
      [8, 8],
      [40, 20],
      [60, 44],
    ] as const) {
      const [red, green, blue] = at(x, y);
      // Drawn as 4x, 5y, 128, and kept with loss.
      expect(Math.max(Math.abs(red - 4 * x), Math.abs(green - 5 * y), Math.abs(blue - 128))).toBeLessThan(16);
    }
    expect(picture.origin.metadata?.hasProfile).toBe(true);
    expect(Buffer.from(picture.origin.metadata?.exif ?? []).includes('Me')).toBe(true);
  });

  it('that is cut off is called damaged', async () => {
    const bytes = await readFile(join(import.meta.dirname, 'fixtures', 'gradient.heic'));
    await expect(readPicture(bytes.subarray(0, 1400), { name: 'a.heic' })).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});

describe('a Photoshop file', () => {
  const header = (mode: number, depth: number, width = 2, height = 2) => {
    const bytes = Buffer.alloc(26);
    bytes.write('8BPS\0\x01', 'latin1');
    bytes.writeUInt16BE(3, 12);
    bytes.writeUInt32BE(height, 14);
    bytes.writeUInt32BE(width, 18);
    bytes.writeUInt16BE(depth, 22);
    bytes.writeUInt16BE(mode, 24);
    return bytes;
  };
  const NOTHING = Buffer.alloc(12);

  it('of plain samples is opened by what its layers show', async () => {
    const data = Buffer.from([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const picture = await readPicture(Buffer.concat([header(3, 8), NOTHING, data]), { name: 'a.psd' });
    expect([...picture.samples]).toEqual([1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12]);
    expect(picture.origin.notes).toEqual(['Its layers are not opened, only what they show together.']);
  });

  it.each([
    ['claims too much', header(3, 8, 60_000, 60_000), 'picture-too-large'],
    ['is CMYK', header(4, 8), 'format-unsupported'],
    ['has 32 bits', header(3, 32), 'format-unsupported'],
    ['is cut off', Buffer.concat([header(3, 8), NOTHING, Buffer.from([0, 1, 0, 9])]), 'file-unreadable'],
    ['says that it shows nothing', noMerged(), 'format-unsupported'],
  ])('that %s is refused', async (_, bytes, code) => {
    await expect(readPicture(bytes, { name: 'a.psd' })).rejects.toMatchObject({ code });
  });

  function noMerged(): Buffer {
    const version = Buffer.from('8BIM\x04\x21\0\0\0\0\0\x06\0\0\0\x01\0\0', 'latin1');
    return Buffer.concat([header(3, 8), Buffer.from([0, 0, 0, 0, 0, 0, 0, version.length]), version, NOTHING]);
  }
});

it('what a picture says of itself stands in its PNG once', async () => {
  const xmp = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
  const colours = { primaries: 12, transfer: 13 };
  const samples = new Uint16Array(3).fill(300);
  const png = await asPng({ width: 1, height: 1, channels: 3, samples, density: 300, xmp, colours, notes: [] });
  const names = pngChunks(png).map(({ name }) => name);
  expect(names.filter((name) => ['pHYs', 'iTXt', 'cICP'].includes(name)).toSorted()).toEqual(['cICP', 'iTXt', 'pHYs']);
  expect(await sharp(png).metadata()).toMatchObject({ density: 300, depth: 'ushort' });
});
