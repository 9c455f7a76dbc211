/**
 * A scan with some units coded anew and all other bits copied. Decoding what stays into coefficients and coding it again gives the
 * same picture, at three times the time.
 */
import type { Point } from '../../../shared/geometry';
import type { Pause } from '../../raster/pacing';
import type { ChangedBlocks, Layout } from './changed-blocks';
import { BitSplicer } from './bit-splicer';
import { GrowingCodes, NoRoomForSymbol, roomOf, widened } from './growing-codes';
import type { HuffmanTable } from './huffman';
import { putBlock } from './put-block';
import { type Interval, intervalsOf } from './scan-bits';
import { type FileHead, type ScanHead, wholeScan } from './scan-head';
import { MARKER, segment } from './segments';
import { UnitWalk, walkPart } from './unit-walk';

/** Units between two looks at whether to stop. */
const UNITS_PER_PAUSE = 4096;

export interface Splicing {
  readonly layout: Layout;
  readonly changed: ChangedBlocks;
  /** Where the new picture's first unit lies in the file's, in units. */
  readonly shift: Point;
  /** Units of the file. */
  readonly across: number;
  readonly down: number;
}

/**
 * Where the file's tables have no room for a symbol that what is new needs, all symbols are put into wider tables on the way.
 * @returns the scan with its tables; null: it is not one whole sequential scan of all planes, or damaged
 */
export async function spliceScan(
  file: Buffer,
  head: FileHead,
  splicing: Splicing,
  pause: Pause,
): Promise<Buffer[] | null> {
  try {
    const scan = wholeScan(file, head);
    if (!scan) return null;
    const read = intervalsOf(file, scan.dataAt);
    // Another scan follows where the next marker is not the end of the picture.
    if (!read || (read.end + 1 < file.length && file[read.end + 1] !== MARKER.eoi)) return null;
    await pause();
    const work = { file, head: scan, splicing, intervals: read.intervals };
    try {
      if (!isLikelyToLackSymbols(scan, splicing.changed)) return await new ScanSplicer(work, 'copied').splice(pause);
    } catch (thrown) {
      if (!(thrown instanceof NoRoomForSymbol)) throw thrown;
    }
    return await new ScanSplicer(work, 'recoded').splice(pause);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** Symbols of a block's coefficients, its mean aside. */
const SYMBOLS = 162;
/** Tables made for a picture, without room, hold what a few units need, but hardly what hundreds do. */
const FEW_UNITS = 64;

/** Whether copying is not worth a try, which would have to be begun anew. */
function isLikelyToLackSymbols({ parts, table }: ScanHead, { units }: ChangedBlocks): boolean {
  const tables = parts.map(({ ac }) => table(16 | ac));
  if (tables.every((one) => one.symbols.length >= SYMBOLS || roomOf(one) > 0)) return false;
  return units.reduce((sum, unit) => sum + unit, 0) > FEW_UNITS;
}

interface Part {
  /** Among the frame's planes. */
  readonly place: number;
  readonly h: number;
  readonly v: number;
  readonly steps: Uint16Array;
  readonly dc: GrowingCodes;
  readonly ac: GrowingCodes;
}

interface Work {
  readonly file: Buffer;
  readonly head: ScanHead;
  readonly splicing: Splicing;
  readonly intervals: readonly Interval[];
}

/** A stretch of bits that is copied. */
interface Run {
  readonly data: Uint8Array;
  readonly from: number;
  to: number;
}

class ScanSplicer {
  private readonly parts: readonly Part[];
  private readonly walk: UnitWalk;
  private readonly out: BitSplicer;
  /** By class << 4 | number, as in the file. */
  private readonly tables = new Map<number, GrowingCodes>();
  /** DC of the block before, in each part of what is written. */
  private readonly before: Int32Array;
  private readonly blocks: Int16Array;
  private run: Run | null = null;
  /** Units between restarts, kept where the canvas is; 0: none. */
  private readonly every: number;

  private readonly file: Buffer;
  private readonly head: ScanHead;
  private readonly splicing: Splicing;
  private readonly intervals: readonly Interval[];

  constructor(
    { file, head, splicing, intervals }: Work,
    private readonly way: 'copied' | 'recoded',
  ) {
    this.file = file;
    this.head = head;
    this.splicing = splicing;
    this.intervals = intervals;
    const { across, down, layout, shift, changed } = splicing;
    const expected = head.every > 0 ? Math.ceil((across * down) / head.every) : 1;
    if (intervals.length !== expected) throw new RangeError('a scan with restarts out of place');
    this.parts = head.parts.map(({ place, dc, ac, steps }) => ({
      place,
      h: layout.planes[place].h,
      v: layout.planes[place].v,
      steps,
      dc: this.growing(dc, head.table(dc)),
      ac: this.growing(16 | ac, head.table(16 | ac)),
    }));
    const walked = head.parts.map(({ dc, ac }, i) =>
      walkPart(this.parts[i].h * this.parts[i].v, head.table(dc), head.table(16 | ac)),
    );
    this.walk = new UnitWalk(intervals, head.every, walked);
    this.before = new Int32Array(this.parts.length);
    this.blocks = new Int16Array(64 * walked.reduce((sum, { blocks }) => sum + blocks, 0));
    this.out = new BitSplicer(file.length - head.dataAt);
    const same = shift.x === 0 && shift.y === 0 && changed.unitsAcross === across && changed.unitsDown === down;
    this.every = same ? head.every : 0;
  }

  private growing(name: number, table: HuffmanTable): GrowingCodes {
    const fresh = () => new GrowingCodes(this.way === 'recoded' ? widened(table, name < 16) : table);
    const known = this.tables.get(name) ?? fresh();
    this.tables.set(name, known);
    return known;
  }

  async splice(pause: Pause): Promise<Buffer[]> {
    const { every, splicing } = this;
    const { unitsAcross, unitsDown } = splicing.changed;
    const total = unitsAcross * unitsDown;
    const pieces: Buffer[] = [];
    let next = UNITS_PER_PAUSE;
    for (let unit = 0; unit < total;) {
      if (every > 0 && unit > 0) pieces.push(Buffer.of(0xff, 0xd0 | ((unit / every - 1) & 7)));
      const end = every > 0 ? Math.min(total, unit + every) : total;
      if (every > 0 && this.way === 'copied' && !this.touches(unit, end)) {
        const { from, to } = this.intervals[unit / every];
        pieces.push(this.file.subarray(from, to));
        unit = end;
      } else {
        this.before.fill(0);
        for (; unit < end; unit++) {
          this.take(unit);
          if (unit < next) continue;
          next += UNITS_PER_PAUSE;
          await pause();
        }
        this.endRun();
        pieces.push(this.out.end());
      }
    }
    return [...this.definitions(), segment(MARKER.sos, this.head.header), ...pieces];
  }

  private touches(from: number, to: number): boolean {
    const first = this.splicing.changed.units.subarray(from, to).indexOf(1);
    return first >= 0;
  }

  /** Copies a unit of the new picture, or codes it. */
  private take(unit: number): void {
    const { splicing, walk, before } = this;
    const { changed, shift, across, down } = splicing;
    const x = unit % changed.unitsAcross;
    const y = (unit - x) / changed.unitsAcross;
    const [oldX, oldY] = [x + shift.x, y + shift.y];
    const known = oldX >= 0 && oldY >= 0 && oldX < across && oldY < down;
    if (known) walk.seek(oldY * across + oldX);
    const touched = changed.units[unit] === 1;
    if (known && !touched && sameNumbers(walk.before, before)) {
      if (this.way === 'recoded') {
        walk.recode(this.out, this.parts);
        before.set(walk.before);
        return;
      }
      if (!this.run || this.run.data !== walk.current || this.run.to !== walk.at) {
        this.endRun();
        this.run = { data: walk.current, from: walk.at, to: walk.at };
      }
      walk.skip();
      this.run.to = walk.at;
      before.set(walk.before);
      return;
    }
    this.endRun();
    this.blocks.fill(0);
    if (known) walk.read(this.blocks);
    this.code(touched, x, y);
  }

  private code(touched: boolean, x: number, y: number): void {
    const { parts, blocks, splicing, before, out } = this;
    let at = 0;
    for (const [i, { place, h, v, steps, dc, ac }] of parts.entries()) {
      for (let row = 0; row < v; row++) {
        for (let column = 0; column < h; column++, at += 64) {
          if (touched) splicing.changed.renew(place, x * h + column, y * v + row, blocks, at, steps);
          putBlock(out, blocks, at, before[i], dc, ac);
          before[i] = blocks[at];
        }
      }
    }
  }

  private endRun(): void {
    if (this.run) this.out.copy(this.run.data, this.run.from, this.run.to);
    this.run = null;
  }

  private definitions(): Buffer[] {
    const tables = [...this.tables].map(([name, codes]) => {
      const { counts, symbols } = codes.table;
      return segment(MARKER.dht, Uint8Array.of(name, ...counts, ...symbols));
    });
    if (this.every === 0) return tables;
    return [segment(MARKER.dri, Uint8Array.of(this.every >> 8, this.every & 255)), ...tables];
  }
}

function sameNumbers(one: Int32Array, other: Int32Array): boolean {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
