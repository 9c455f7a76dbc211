/** A JPEG's quantised coefficients, decoded without loss: baseline, extended and progressive Huffman files (ITU-T T.81). */
import { BitReader, HuffmanDecoder, type HuffmanTable } from './huffman';
import { fileHead, readCodes, readSteps } from './scan-head';
import { type Component, type Frame, MARKER, PROGRESSIVE, type Segment, segmentsFrom } from './segments';

/** A plane of blocks of 8 x 8 coefficients, in zigzag order. */
export interface Plane extends Component {
  /** Blocks of whole units, and those of them that hold the picture. */
  readonly across: number;
  readonly down: number;
  readonly usedAcross: number;
  readonly usedDown: number;
  /** down x across x 64 */
  readonly blocks: Int16Array;
  /** 64 steps in zigzag order. */
  readonly steps: Uint16Array;
}

export interface Coefficients {
  readonly frame: Frame;
  /** All segments before the first scan. */
  readonly segments: readonly Segment[];
  readonly planes: readonly Plane[];
}

/** null: of a kind that is not decoded here (arithmetic, lossless, not of 8 bit), or damaged. */
export function readCoefficients(file: Buffer): Coefficients | null {
  try {
    const head = fileHead(file);
    if (!head) return null;
    const { frame, segments, scanAt } = head;
    const decoder = new Decoder(frame, segments);
    return decoder.readScans(file, scanAt) ? { frame, segments, planes: decoder.planes } : null;
  } catch {
    return null;
  }
}

class Decoder {
  readonly planes: readonly Plane[];
  private readonly hMost: number;
  private readonly vMost: number;
  /** DC tables at 0 .. 3, AC tables at 16 .. 19. */
  private readonly codes = new Map<number, HuffmanDecoder>();
  private interval = 0;
  private run = 0;

  constructor(
    private readonly frame: Frame,
    segments: readonly Segment[],
  ) {
    const steps = new Map<number, Uint16Array>();
    for (const one of segments) {
      if (one.marker === MARKER.dqt) readSteps(one.data, steps);
      else this.take(one);
    }
    const { components, width, height } = frame;
    this.hMost = Math.max(...components.map(({ h }) => h));
    this.vMost = Math.max(...components.map(({ v }) => v));
    const [unitsAcross, unitsDown] = [Math.ceil(width / (8 * this.hMost)), Math.ceil(height / (8 * this.vMost))];
    this.planes = components.map((component) => {
      const { h, v, table } = component;
      const [across, down] = [unitsAcross * h, unitsDown * v];
      const found = steps.get(table);
      if (!found) throw new RangeError('a plane without its table');
      return {
        ...component,
        across,
        down,
        usedAcross: Math.ceil(Math.ceil((width * h) / this.hMost) / 8),
        usedDown: Math.ceil(Math.ceil((height * v) / this.vMost) / 8),
        blocks: new Int16Array(across * down * 64),
        steps: found,
      };
    });
  }

  private take({ marker, data }: Segment): void {
    if (marker === MARKER.dri) this.interval = data.readUInt16BE(0);
    if (marker !== MARKER.dht) return;
    const tables = new Map<number, HuffmanTable>();
    readCodes(data, tables);
    for (const [name, table] of tables) this.codes.set(name, new HuffmanDecoder(table));
  }

  /** Whether the file is whole, and quantised by one set of tables. */
  readScans(file: Buffer, first: number): boolean {
    for (let at = first; at < file.length;) {
      const length = file.readUInt16BE(at + 2);
      const end = this.readScan(file.subarray(at + 4, at + 2 + length), file, at + 2 + length);
      if (end < 0) return false;
      const next = segmentsFrom(file, end);
      if (next.segments.some(({ marker }) => marker === MARKER.dqt)) return false;
      next.segments.forEach((one) => this.take(one));
      at = next.at;
    }
    return first < file.length;
  }

  /** @returns where the scan's data end; -1 where they end too early */
  private readScan(header: Buffer, file: Buffer, start: number): number {
    const parts = Array.from({ length: header[0] }, (_, i) => {
      const plane = this.planes.find(({ id }) => id === header[1 + 2 * i]);
      if (!plane) throw new RangeError('a scan of no plane');
      const tables = header[2 + 2 * i];
      return { plane, dc: this.codes.get(tables >> 4), ac: this.codes.get(16 | (tables & 15)), before: 0 };
    });
    const [from, to, precision] = [...header.subarray(1 + 2 * header[0])];
    const [high, low] = [precision >> 4, precision & 15];
    const reader = new BitReader(file, start);
    const block = this.blockReader(reader, { from, to, high, low });
    this.run = 0;
    const [single] = parts;
    const alone = parts.length === 1;
    const across = alone ? single.plane.usedAcross : this.planes[0].across / this.planes[0].h;
    const down = alone ? single.plane.usedDown : this.planes[0].down / this.planes[0].v;
    const units = across * down;
    for (let unit = 0; unit < units; unit++) {
      if (this.interval > 0 && unit > 0 && unit % this.interval === 0) {
        reader.restart();
        this.run = 0;
        for (const part of parts) part.before = 0;
      }
      const x = unit % across;
      const y = (unit - x) / across;
      if (alone) {
        block(single, 64 * (y * single.plane.across + x));
        continue;
      }
      for (const part of parts) {
        const { plane } = part;
        for (let v = 0; v < plane.v; v++) {
          for (let h = 0; h < plane.h; h++) block(part, 64 * ((y * plane.v + v) * plane.across + x * plane.h + h));
        }
      }
    }
    return reader.exhausted ? -1 : reader.at;
  }

  private blockReader(
    reader: BitReader,
    { from, to, high, low }: { from: number; to: number; high: number; low: number },
  ): (part: Part, at: number) => void {
    if (this.frame.kind !== PROGRESSIVE) return (part, at) => readWhole(reader, part, at);
    if (from === 0) return (part, at) => (high === 0 ? readDc(reader, part, at, low) : refineDc(reader, part, at, low));
    if (high === 0) return (part, at) => this.readAc(reader, part, at, from, to, low);
    return (part, at) => this.refineAc(reader, part, at, from, to, low);
  }

  private readAc(reader: BitReader, part: Part, at: number, from: number, to: number, low: number): void {
    if (this.run > 0) {
      this.run--;
      return;
    }
    const { blocks } = part.plane;
    const code = tableOf(part.ac);
    for (let k = from; k <= to; k++) {
      const symbol = reader.symbol(code);
      const zeros = symbol >> 4;
      const size = symbol & 15;
      if (size === 0) {
        if (zeros < 15) {
          this.run = (1 << zeros) + reader.take(zeros) - 1;
          return;
        }
        k += 15;
        continue;
      }
      k += zeros;
      if (k <= to) blocks[at + k] = reader.signed(size) * (1 << low);
    }
  }

  /** T.81, G.1.2.3: a bit for each coefficient that is known, and the newly known ones between them. */
  private refineAc(reader: BitReader, part: Part, at: number, from: number, to: number, low: number): void {
    const { blocks } = part.plane;
    const code = tableOf(part.ac);
    const bit = 1 << low;
    const correct = (i: number): void => {
      if (reader.take(1) === 1 && (Math.abs(blocks[i]) & bit) === 0) blocks[i] += blocks[i] > 0 ? bit : -bit;
    };
    let k = from;
    if (this.run === 0) {
      for (; k <= to; k++) {
        const symbol = reader.symbol(code);
        let zeros = symbol >> 4;
        let fresh = 0;
        if ((symbol & 15) === 0) {
          if (zeros < 15) {
            this.run = (1 << zeros) + reader.take(zeros);
            break;
          }
        } else fresh = reader.take(1) === 1 ? bit : -bit;
        for (; k <= to; k++) {
          if (blocks[at + k] !== 0) correct(at + k);
          else if (zeros-- === 0) break;
        }
        if (fresh !== 0 && k <= to) blocks[at + k] = fresh;
      }
    }
    if (this.run === 0) return;
    for (; k <= to; k++) if (blocks[at + k] !== 0) correct(at + k);
    this.run--;
  }
}

/** A plane in a scan. */
interface Part {
  readonly plane: Plane;
  readonly dc: HuffmanDecoder | undefined;
  readonly ac: HuffmanDecoder | undefined;
  /** DC of the block before. */
  before: number;
}

function tableOf(code: HuffmanDecoder | undefined): HuffmanDecoder {
  if (!code) throw new RangeError('a scan without its codes');
  return code;
}

function readWhole(reader: BitReader, part: Part, at: number): void {
  const { blocks } = part.plane;
  part.before += reader.signed(reader.symbol(tableOf(part.dc)));
  blocks[at] = part.before;
  const code = tableOf(part.ac);
  for (let k = 1; k < 64; k++) {
    const symbol = reader.symbol(code);
    const size = symbol & 15;
    if (size === 0) {
      if (symbol !== 0xf0) return;
      k += 15;
      continue;
    }
    k += symbol >> 4;
    if (k < 64) blocks[at + k] = reader.signed(size);
  }
}

function readDc(reader: BitReader, part: Part, at: number, low: number): void {
  part.before += reader.signed(reader.symbol(tableOf(part.dc)));
  part.plane.blocks[at] = part.before * (1 << low);
}

function refineDc(reader: BitReader, part: Part, at: number, low: number): void {
  if (reader.take(1) === 1) part.plane.blocks[at] |= 1 << low;
}
