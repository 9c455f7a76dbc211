import { expect, test } from 'vitest';
import { pipelineOf, testImage } from '../../testing/pictures';
import { readPicture } from '../read-picture';
import { sharp } from '../sharp';
import { BitSplicer } from './bit-splicer';
import { readCoefficients } from './coefficients';
import { GrowingCodes, roomOf, widened } from './growing-codes';
import { type HuffmanTable, optimalTable } from './huffman';
import { putBlock } from './put-block';
import { MARKER, segment } from './segments';
import { transplant } from './transplant';

const [WIDTH, HEIGHT] = [200, 120];
const BOX = { left: 83, top: 67, right: 90, bottom: 75 };
const NONE: HuffmanTable = { counts: new Uint8Array(16), symbols: new Uint8Array(0) };

interface Codes {
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
}

/** The same picture in one scan, with other codes, and with a restart after so many units; 0: none. */
function written(file: Buffer, { dc, ac }: Codes, every: number): { file: Buffer; intervals: Buffer[] } {
  const read = readCoefficients(file);
  if (!read) throw new Error('no coefficients');
  const { planes, frame, segments } = read;
  const [means, others] = [new GrowingCodes(dc), new GrowingCodes(ac)];
  const out = new BitSplicer(1000);
  const before = planes.map(() => 0);
  const [across, down] = [planes[0].across / planes[0].h, planes[0].down / planes[0].v];
  const intervals: Buffer[] = [];
  for (let unit = 0; unit < across * down; unit++) {
    if (every > 0 && unit > 0 && unit % every === 0) {
      intervals.push(out.end());
      before.fill(0);
    }
    for (const [place, { h, v, across: wide, blocks }] of planes.entries()) {
      for (let i = 0; i < h * v; i++) {
        const x = (unit % across) * h + (i % h);
        const y = Math.floor(unit / across) * v + Math.floor(i / h);
        putBlock(out, blocks, 64 * (y * wide + x), before[place], means, others);
        before[place] = blocks[64 * (y * wide + x)];
      }
    }
  }
  intervals.push(out.end());
  const head = segments.filter(({ marker }) => marker === MARKER.dqt || marker === frame.kind);
  const table = (name: number, { counts, symbols }: HuffmanTable) =>
    segment(MARKER.dht, Uint8Array.of(name, ...counts, ...symbols));
  const named = planes.flatMap(({ id }) => [id, 0]);
  const bytes = Buffer.concat([
    Buffer.of(0xff, MARKER.soi),
    ...head.map(({ marker, data }) => segment(marker, data)),
    table(0, means.table),
    table(16, others.table),
    ...(every > 0 ? [segment(MARKER.dri, Uint8Array.of(0, every))] : []),
    segment(MARKER.sos, Uint8Array.of(planes.length, ...named, 0, 63, 0)),
    ...intervals.flatMap((one, i) => (i === 0 ? [one] : [Buffer.of(0xff, 0xd0 | ((i - 1) & 7)), one])),
    Buffer.of(0xff, MARKER.eoi),
  ]);
  return { file: bytes, intervals };
}

async function sequential(chromaSubsampling: string, channels = 3): Promise<Buffer> {
  return pipelineOf(testImage(WIDTH, HEIGHT, channels))
    .jpeg({ quality: 80, chromaSubsampling })
    .toBuffer();
}

/** A white box with a black line, whose coefficients are larger than any of the picture's. */
async function boxed(file: Buffer): Promise<Buffer> {
  const picture = await readPicture(file);
  const samples = Uint8Array.from(picture.samples);
  for (let y = BOX.top; y < BOX.bottom; y++) {
    const at = 3 * y * WIDTH;
    samples.fill(y === BOX.top + 2 ? 0 : 255, at + 3 * BOX.left, at + 3 * BOX.right);
  }
  const bytes = await transplant(
    file,
    picture,
    samples,
    () => null,
    () => Promise.resolve(),
  );
  if (typeof bytes === 'string') throw new Error(bytes);
  return bytes;
}

/** How many blocks of each plane differ, after the library decoded both without a warning. */
async function differences(before: Buffer, after: Buffer): Promise<number[]> {
  await sharp(after, { failOn: 'warning' }).raw().toBuffer();
  const [one, other] = [readCoefficients(before), readCoefficients(after)];
  return (one?.planes ?? []).map((plane, place) => {
    let changed = 0;
    for (let at = 0; at < plane.blocks.length; at += 64) {
      const same =
        plane.blocks.subarray(at, at + 64).join() === other?.planes[place].blocks.subarray(at, at + 64).join();
      if (!same) changed++;
    }
    return changed;
  });
}

/** The box's blocks in a plane with all samples, and in one with every second. */
const BLOCKS = { full: 2 * 2, half: 1 * 1 };
const ALL: Codes = { dc: widened(NONE, true), ac: widened(NONE, false) };

test.each([1, 5, 13, 40])(
  'what lies between restarts %i units apart stays byte for byte where nothing changed',
  async (every) => {
    const { file, intervals } = written(await sequential('4:2:0'), ALL, every);
    const after = await boxed(file);
    expect(await differences(file, after)).toEqual([BLOCKS.full, BLOCKS.half, BLOCKS.half]);
    const restarts = (bytes: Buffer) =>
      [...bytes.toString('latin1').matchAll(/\xff[\xd0-\xd7]/g)].map(([found]) => found);
    expect(restarts(after)).toEqual(restarts(file));
    expect(intervals.filter((one) => !after.includes(one)).length).toBe(1);
  },
);

test('a scan with a restart too few is left alone', async () => {
  const { file, intervals } = written(await sequential('4:4:4'), ALL, 20);
  const short = Buffer.concat([file.subarray(0, file.indexOf(intervals[9])), Buffer.of(0xff, MARKER.eoi)]);
  const picture = await readPicture(file);
  expect(
    await transplant(
      short,
      picture,
      picture.samples,
      () => null,
      () => Promise.resolve(),
    ),
  ).toBe('kind');
});

test('codes for new symbols come to a table that has room for them, and its own stay', async () => {
  const plain = await sequential('4:4:4');
  const own = tablesFor(plain);
  const { file } = written(plain, own, 0);
  expect(roomOf(own.ac)).toBeGreaterThan(0);
  const after = await boxed(file);
  expect(await differences(file, after)).toEqual([BLOCKS.full, BLOCKS.full, BLOCKS.full]);
  expect(after.includes(Buffer.from(own.ac.symbols))).toBe(true);
  expect(after.includes(Buffer.from(own.ac.counts))).toBe(false);
});

test('where a table has no room, all symbols are put into wider ones', async () => {
  const plain = await sequential('4:4:4');
  const { dc, ac } = tablesFor(plain);
  const full = filledUp(ac);
  expect(roomOf(full)).toBe(0);
  const { file } = written(plain, { dc, ac: full }, 0);
  const after = await boxed(file);
  expect(await differences(file, after)).toEqual([BLOCKS.full, BLOCKS.full, BLOCKS.full]);
  expect(file.includes(Buffer.from(full.counts))).toBe(true);
  expect(after.includes(Buffer.from(full.counts))).toBe(false);
});

/** The shortest codes for a file's own symbols, and no others. */
function tablesFor(file: Buffer): Codes {
  const often = { dc: new Uint32Array(256), ac: new Uint32Array(256) };
  const size = (value: number) => 32 - Math.clz32(Math.abs(value));
  for (const { blocks } of readCoefficients(file)?.planes ?? []) {
    for (let at = 0; at < blocks.length; at += 64) {
      often.dc[size(blocks[at] - (at === 0 ? 0 : blocks[at - 64]))]++;
      let zeros = 0;
      for (let k = 1; k < 64; k++) {
        if (blocks[at + k] === 0) zeros++;
        else {
          for (; zeros > 15; zeros -= 16) often.ac[0xf0]++;
          often.ac[16 * zeros + size(blocks[at + k])]++;
          zeros = 0;
        }
      }
      if (zeros > 0) often.ac[0]++;
    }
  }
  // Means differ from those before in a scan's own order: any size may come.
  often.dc.fill(1, 0, 12);
  return { dc: optimalTable(often.dc), ac: optimalTable(often.ac) };
}

/** With codes for symbols that no picture has in all places that are left. */
function filledUp(table: HuffmanTable): HuffmanTable {
  const unused = Array.from({ length: 80 }, (_, i) => 16 * Math.floor(i / 5) + 11 + (i % 5));
  const added = unused.slice(0, roomOf(table));
  const counts = Uint8Array.from(table.counts);
  counts[15] += added.length;
  return { counts, symbols: Uint8Array.from([...table.symbols, ...added]) };
}
