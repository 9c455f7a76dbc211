/** Reads the layers of a Photoshop file back, for tests: a reader of its own, by the specification. */
import type { Rect } from '../../shared/geometry';
import type { Samples } from '../image/picture';
import { unpackRow } from '../image/psd/packbits';

export interface ReadLayer {
  readonly name: string;
  readonly box: Rect;
  readonly visible: boolean;
  /** 0..255 */
  readonly opacity: number;
  /** 2: a closed group begins; 3: one ends; seen from below. */
  readonly section: number | undefined;
  /** By number: -1 transparency, -2 mask. */
  readonly channels: ReadonlyMap<number, Samples>;
}

export function layersOfPsd(file: Buffer): ReadLayer[] {
  const depth = file.readUInt16BE(22) === 16 ? 16 : 8;
  let at = 26;
  at += 4 + file.readUInt32BE(at);
  at += 4 + file.readUInt32BE(at);
  const end = at + 4 + file.readUInt32BE(at);
  at += 4;
  if (depth === 16) at = file.indexOf('8BIMLr16', at, 'latin1') + 8;
  if (at + 4 + file.readUInt32BE(at) > end) throw new Error('the layers reach over the end of their section');
  at += 4;
  const count = Math.abs(file.readInt16BE(at));
  at += 2;
  const records = Array.from({ length: count }, () => {
    const [top, left, bottom, right] = [0, 4, 8, 12].map((offset) => file.readInt32BE(at + offset));
    const ids = Array.from({ length: file.readUInt16BE(at + 16) }, (_, index) => ({
      id: file.readInt16BE(at + 18 + 6 * index),
      length: file.readUInt32BE(at + 20 + 6 * index),
    }));
    at += 18 + 6 * ids.length;
    const [opacity, flags] = [file[at + 8], file[at + 10]];
    const extra = file.subarray(at + 16, at + 16 + file.readUInt32BE(at + 12));
    at += 16 + extra.length;
    const tag = (key: string) => {
      const from = extra.indexOf(`8BIM${key}`, 0, 'latin1');
      return from < 0 ? undefined : extra.subarray(from + 12);
    };
    const text = tag('luni');
    const name = text?.subarray(4, 4 + 2 * text.readUInt32BE(0));
    const box = { x: left, y: top, width: right - left, height: bottom - top };
    return {
      name: name ? Buffer.from(name).swap16().toString('utf16le') : '',
      box,
      visible: (flags & 2) === 0,
      opacity,
      section: tag('lsct')?.readUInt32BE(0),
      ids,
    };
  });
  return records.map(({ ids, ...record }) => {
    const channels = new Map<number, Samples>();
    for (const { id, length } of ids) {
      channels.set(id, samplesOf(file.subarray(at, at + length), record.box, depth));
      at += length;
    }
    return { ...record, channels };
  });
}

function samplesOf(data: Buffer, { width, height }: Rect, depth: 8 | 16): Samples {
  const bytes = Buffer.alloc((width * height * depth) / 8);
  const row = bytes.length / Math.max(1, height);
  let at = 2 + 2 * height;
  for (let y = 0; y < height; y++) {
    const length = data.readUInt16BE(2 + 2 * y);
    if (!unpackRow(data.subarray(at, at + length), bytes.subarray(y * row, (y + 1) * row))) throw new Error(`row ${y}`);
    at += length;
  }
  if (depth === 8) return new Uint8Array(bytes);
  return Uint16Array.from({ length: width * height }, (_, i) => bytes.readUInt16BE(2 * i));
}
