/** What stands before the first scan of a JPEG: its tables, and which of them the scan takes (ITU-T T.81, B.2.3 and B.2.4). */
import type { HuffmanTable } from './huffman';
import { type Frame, MARKER, PROGRESSIVE, readFrame, type Segment, segmentsFrom } from './segments';

/** Baseline, extended sequential and progressive, with Huffman codes. */
const FRAMES = [0xc0, 0xc1, PROGRESSIVE];

export interface FileHead {
  readonly frame: Frame;
  /** All segments before the first scan. */
  readonly segments: readonly Segment[];
  /** Where that scan's marker stands. */
  readonly scanAt: number;
}

/** null: of a kind that is not decoded here (arithmetic, lossless, not of 8 bit), or without a scan. */
export function fileHead(file: Buffer): FileHead | null {
  const { segments, at } = segmentsFrom(file, 2);
  const frames = segments.flatMap((one) => readFrame(one) ?? []);
  const [frame] = frames;
  if (frames.length !== 1 || !FRAMES.includes(frame.kind) || frame.precision !== 8 || at >= file.length) return null;
  return { frame, segments, scanAt: at };
}

/** A plane in a scan. */
export interface ScanPart {
  /** Among the frame's planes. */
  readonly place: number;
  /** Numbers of its tables of means and of other coefficients. */
  readonly dc: number;
  readonly ac: number;
  /** Its quantisation: 64 steps in zigzag order. */
  readonly steps: Uint16Array;
}

/** A sequential scan of all planes. */
export interface ScanHead {
  /** The segment's own data. */
  readonly header: Buffer;
  readonly parts: readonly ScanPart[];
  /** Where its bits begin. */
  readonly dataAt: number;
  /** Units between restarts; 0: none. */
  readonly every: number;
  /** Tables of means at 0 to 3, of other coefficients at 16 to 19. @throws RangeError where there is none */
  readonly table: (name: number) => HuffmanTable;
}

/** null: the first scan does not hold all coefficients of all planes. */
export function wholeScan(file: Buffer, { frame, segments, scanAt }: FileHead): ScanHead | null {
  if (frame.kind === PROGRESSIVE) return null;
  const dataAt = scanAt + 2 + file.readUInt16BE(scanAt + 2);
  const header = file.subarray(scanAt + 4, dataAt);
  const count = header[0];
  if (count !== frame.components.length || header.length < 4 + 2 * count) return null;
  const codes = new Map<number, HuffmanTable>();
  const steps = new Map<number, Uint16Array>();
  let every = 0;
  for (const { marker, data } of segments) {
    if (marker === MARKER.dqt) readSteps(data, steps);
    if (marker === MARKER.dht) readCodes(data, codes);
    if (marker === MARKER.dri) every = data.readUInt16BE(0);
  }
  const parts = Array.from({ length: count }, (_, i): ScanPart | null => {
    const place = frame.components.findIndex(({ id }) => id === header[1 + 2 * i]);
    const own = place < 0 ? undefined : steps.get(frame.components[place].table);
    const tables = header[2 + 2 * i];
    return own ? { place, dc: tables >> 4, ac: tables & 15, steps: own } : null;
  });
  const table = (name: number): HuffmanTable => {
    const found = codes.get(name);
    if (!found) throw new RangeError('a scan without its codes');
    return found;
  };
  const whole = parts.filter((part) => part !== null);
  return whole.length === count ? { header, parts: whole, dataAt, every, table } : null;
}

export function readCodes(data: Buffer, tables: Map<number, HuffmanTable>): void {
  for (let at = 0; at + 17 <= data.length;) {
    const counts = data.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    tables.set(data[at], { counts, symbols: data.subarray(at + 17, at + 17 + total) });
    at += 17 + total;
  }
}

export function readSteps(data: Buffer, tables: Map<number, Uint16Array>): void {
  for (let at = 0; at < data.length;) {
    const wide = data[at] >> 4 !== 0;
    const values = Uint16Array.from({ length: 64 }, (_, i) =>
      wide ? data.readUInt16BE(at + 1 + 2 * i) : data[at + 1 + i],
    );
    tables.set(data[at] & 15, values);
    at += wide ? 129 : 65;
  }
}
