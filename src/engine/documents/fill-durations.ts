import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { BitPlane } from '../../shared/bit-plane';
import { FILL_STAGES, type FillStage } from '../../shared/fill-stage';
import type { FillRequest } from '../../shared/protocol/fills';
import { writeAside } from '../files/write-aside';

const secondsSchema = z.number().min(0).max(86_400);
const timesSchema = z.object({
  seconds: secondsSchema,
  began: z.partialRecord(z.enum(FILL_STAGES), secondsSchema),
  pixels: z.number().int().min(1),
});
const fileSchema = z.record(z.string().max(200), timesSchema);

/** When a fill's stages began and when it was done, seconds from its start, and how large its hole was. */
export type FillTimes = z.infer<typeof timesSchema>;

/** What decides how long a fill takes: how it is made, and how many pixels its hole has. */
export interface FillKind {
  readonly name: string;
  readonly pixels: number;
}

/** So many kinds of fills are remembered. */
const KINDS = 200;
/** Weight of the newest fill: a machine that became slower is believed after a few. */
const NEWEST = 0.5;
/** A stage that began earlier than this, of the whole, says nothing of the machine's pace. */
const TELLING = 0.1;
/** Pace that is believed at most. */
const MOST_PACE = 4;

export function kindOf({ modelId, settings, stopAfter, hole }: FillRequest): FillKind {
  const { workingSize, manner, detail } = settings;
  const how = detail === 0 ? 'network' : manner;
  const name = [modelId, workingSize, how, stopAfter].filter((part) => part !== undefined).join(' ');
  return { name, pixels: Math.max(1, new BitPlane(hole.box.width, hole.box.height, hole.bits.slice()).count()) };
}

/**
 * How long fills took on this machine, in a small file; a broken one is forgotten. The network's stages take as long
 * for every hole, since they work on a crop of one size; detail takes as long as the hole is large, and may be nearly all
 * of a fill. So a fill is judged by what fills of its kind took stage by stage, and not by how many stages are over.
 */
export class FillDurations {
  /** By name and size; sizes that differ by less than about a half share one. */
  private readonly known: Map<string, FillTimes>;
  private written: Promise<void> = Promise.resolve();

  /** `path` null: nothing is kept beyond this process. */
  constructor(private readonly path: string | null) {
    this.known = new Map(Object.entries(this.read()));
  }

  /** Remembers how long a fill took. @returns when the file says so, or cannot */
  add({ name, pixels }: FillKind, took: Omit<FillTimes, 'pixels'>): Promise<void> {
    const key = keyOf(name, pixels);
    const now = { ...took, pixels };
    const before = this.known.get(key);
    this.known.delete(key);
    this.known.set(key, before ? mixed(before, now) : now);
    for (const oldest of [...this.known.keys()].slice(0, Math.max(0, this.known.size - KINDS))) {
      this.known.delete(oldest);
    }
    this.written = this.written.then(() => this.write());
    return this.written;
  }

  /** What a fill of this kind is expected to take, by the known one whose hole is nearest in size; null without one. */
  expected({ name, pixels }: FillKind): FillTimes | null {
    const apart = ({ pixels: known }: FillTimes) => Math.abs(Math.log(known / pixels));
    const alike = [...this.known].filter(([key]) => key.startsWith(`${name} 2^`)).map(([, times]) => times);
    const nearest = alike.toSorted((a, b) => apart(a) - apart(b)).at(0);
    return nearest ? resized(nearest, pixels) : null;
  }

  private read(): z.output<typeof fileSchema> {
    if (this.path === null) return {};
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.path, 'utf8')));
    } catch {
      return {};
    }
  }

  private async write(): Promise<void> {
    if (this.path === null) return;
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await writeAside(this.path, JSON.stringify(Object.fromEntries(this.known)));
    } catch {
      // An estimate is not worth failing a fill for.
    }
  }
}

/**
 * Seconds that a whole fill will have taken: what was expected, at the pace that this one has had until its stage began.
 * @param began when this one's stages began, seconds
 */
export function totalAtPace(expected: FillTimes, began: FillTimes['began']): number {
  const stage = FILL_STAGES.findLast((each) => began[each] !== undefined && expected.began[each] !== undefined);
  const [own, then] = stage ? [began[stage] ?? 0, expected.began[stage] ?? 0] : [0, 0];
  const telling = then > TELLING * expected.seconds;
  const pace = telling ? Math.min(MOST_PACE, Math.max(1 / MOST_PACE, own / then)) : 1;
  return own + (expected.seconds - then) * pace;
}

function keyOf(name: string, pixels: number): string {
  return `${name} 2^${Math.round(Math.log2(pixels))}`;
}

/** The same fill of a hole of another size. */
function resized(times: FillTimes, pixels: number): FillTimes {
  const { detail } = times.began;
  if (detail === undefined) return times;
  return { ...times, seconds: detail + ((times.seconds - detail) * pixels) / times.pixels };
}

function mixed(before: FillTimes, now: FillTimes): FillTimes {
  const mean = (a: number, b: number) => Math.round((a * (1 - NEWEST) + b * NEWEST) * 1000) / 1000;
  const old = resized(before, now.pixels);
  const began: Partial<Record<FillStage, number>> = {};
  for (const stage of FILL_STAGES) {
    const [a, b] = [old.began[stage], now.began[stage]];
    if (b !== undefined) began[stage] = a === undefined ? b : mean(a, b);
  }
  return { seconds: mean(old.seconds, now.seconds), began, pixels: now.pixels };
}
