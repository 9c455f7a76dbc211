/** Quantised coefficients as scans, each with the codes that suit it best (ITU-T T.81, F.1.2, G.1.2 and K.2). */
import type { Plane } from './coefficients';
import { BitWriter, codesOf, type HuffmanCodes, type HuffmanTable, optimalTable } from './huffman';
import { MARKER, segment } from './segments';

/** All planes in one scan, brightness with codes of its own. */
export function writeWhole(planes: readonly Plane[]): Buffer {
  return writeScan(planes, { from: 0, to: 63 });
}

/** First all means, then for each plane the coarse part of what differs from them, then the fine part. */
export function writeProgressive(planes: readonly Plane[]): Buffer[] {
  const bands = [
    { from: 1, to: 5 },
    { from: 6, to: 63 },
  ];
  return [
    writeScan(planes, { from: 0, to: 0 }),
    ...bands.flatMap((band) => planes.map((plane) => writeScan([plane], band))),
  ];
}

/** Which of a block's coefficients a scan holds, in zigzag order, `to` included. */
interface Band {
  readonly from: number;
  readonly to: number;
}

function writeScan(planes: readonly Plane[], band: Band): Buffer {
  const used = planes.length > 1 ? 2 : 1;
  const counts = Array.from({ length: used }, () => ({ dc: new Uint32Array(256), ac: new Uint32Array(256) }));
  eachBlock(planes, (plane, at, before, place) => {
    const { dc, ac } = counts[tableOf(place)];
    walk(
      plane.blocks,
      at,
      before,
      band,
      (symbol) => dc[symbol]++,
      (symbol) => ac[symbol]++,
    );
  });
  const tables = counts.map(({ dc, ac }) => ({ dc: optimalTable(dc), ac: optimalTable(ac) }));
  const codes = tables.map(({ dc, ac }) => ({ dc: codesOf(dc), ac: codesOf(ac) }));
  const writer = new BitWriter();
  eachBlock(planes, (plane, at, before, place) => {
    const { dc, ac } = codes[tableOf(place)];
    walk(plane.blocks, at, before, band, putter(writer, dc), putter(writer, ac));
  });
  const definitions = tables.flatMap(({ dc, ac }, id) => [
    ...(band.from === 0 ? [definition(0, id, dc)] : []),
    ...(band.to > 0 ? [definition(1, id, ac)] : []),
  ]);
  const named = planes.flatMap(({ id }, place) => [id, 17 * tableOf(place)]);
  const header = segment(MARKER.sos, Uint8Array.of(planes.length, ...named, band.from, band.to, 0));
  return Buffer.concat([...definitions, header, writer.end()]);
}

function definition(kind: 0 | 1, id: number, { counts, symbols }: HuffmanTable): Buffer {
  return segment(MARKER.dht, Uint8Array.of((kind << 4) | id, ...counts, ...symbols));
}

/** The first plane of a scan, brightness where there are several, has codes of its own; the others share theirs. */
function tableOf(place: number): number {
  return place === 0 ? 0 : 1;
}

/** Blocks in the order of a scan, with the mean of the one before in the same plane. */
function eachBlock(
  planes: readonly Plane[],
  visit: (plane: Plane, at: number, before: number, place: number) => void,
): void {
  const before = planes.map(() => 0);
  const block = (place: number, x: number, y: number): void => {
    const plane = planes[place];
    const at = 64 * (y * plane.across + x);
    visit(plane, at, before[place], place);
    before[place] = plane.blocks[at];
  };
  const [first] = planes;
  if (planes.length === 1) {
    for (let y = 0; y < first.usedDown; y++) for (let x = 0; x < first.usedAcross; x++) block(0, x, y);
    return;
  }
  const [across, down] = [first.across / first.h, first.down / first.v];
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      for (let place = 0; place < planes.length; place++) {
        const { h, v } = planes[place];
        for (let j = 0; j < v; j++) for (let i = 0; i < h; i++) block(place, x * h + i, y * v + j);
      }
    }
  }
}

type Put = (symbol: number, value: number, size: number) => void;

function putter(writer: BitWriter, { codes, lengths }: HuffmanCodes): Put {
  return (symbol, value, size) => {
    writer.put(codes[symbol], lengths[symbol]);
    if (size > 0) writer.put(value, size);
  };
}

/** A block's symbols in a scan, each with the bits that follow it. */
function walk(blocks: Int16Array, at: number, before: number, { from, to }: Band, putDc: Put, putAc: Put): void {
  if (from === 0) {
    const change = blocks[at] - before;
    const size = bitsOf(change);
    putDc(size, change < 0 ? change - 1 : change, size);
  }
  let zeros = 0;
  for (let k = Math.max(1, from); k <= to; k++) {
    const value = blocks[at + k];
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) putAc(0xf0, 0, 0);
    const length = bitsOf(value);
    putAc((zeros << 4) | length, value < 0 ? value - 1 : value, length);
    zeros = 0;
  }
  if (zeros > 0) putAc(0, 0, 0);
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}
