/**
 * What a picture repeats: for known patches, the most similar other patch that is not right beside it (He and Sun 2012,
 * "Statistics of patch offsets for image completion"). The offsets that occur often say where a hole may be filled
 * from; patches without a likeness say what occurs but once.
 */
import type { Random } from '../../numeric/random';
import { FEATURES } from '../detail/features';
import type { PlainLevel } from '../detail/patch-level';
import { improveField, measureField, randomField } from '../detail/patch-field';
import { PATCH, type SourcePatches, sourcePatches, type TargetPatches } from '../detail/patches';
import { DETAIL_TUNING } from '../detail/tuning';
import type { Pause } from '../../raster/pacing';
import type { OffsetSample } from './offset-peaks';

/** Likenesses of so many patches are searched for at most, those of every second, third, ... row and column. */
const MOST_PATCHES = 20_000;
const PASSES = 6;
/** A likeness lies at least this share of the window's longer side away. */
const LEAST_OFFSET = 1 / 15;
/** Only the colours count here. */
const COLOURS_ALONE = { ...DETAIL_TUNING, guidance: 0, texture: 0 };

export interface PatchStatistics extends OffsetSample {
  /** Middle of every patch, pixels of the level. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Rows and columns from one patch to the next. */
  readonly step: number;
  /** Sum of squares between each patch and its likeness, in the level's steps. */
  readonly difference: Float64Array;
}

/** @returns nothing where there are no patches that may be copied, or none far enough from each other */
export async function patchStatistics(level: PlainLevel, random: Random, pause: Pause): Promise<PatchStatistics> {
  const source = sourcePatches({ ...level, features: new Uint16Array(FEATURES * level.width * level.height) });
  if (source.list.length === 0) return EMPTY;
  const target = knownPatches(source);
  const field = randomField(target, source, random, LEAST_OFFSET * Math.max(level.width, level.height));
  await pause();
  await measureField(field, COLOURS_ALONE, pause);
  for (let pass = 0; pass < PASSES; pass++) await improveField(field, COLOURS_ALONE, random, pass % 2 === 1, pause);
  const found: number[] = [];
  for (let at = 0; at < target.total.length; at++) {
    if (target.total[at] > 0 && field.cost[at] < Infinity) found.push(at);
  }
  const x = Int32Array.from(found, (at) => at % target.columns);
  const y = Int32Array.from(found, (at) => Math.floor(at / target.columns));
  const { width } = level;
  const middle = PATCH >> 1;
  return {
    dx: Int32Array.from(found, (at, n) => (field.from[at] % width) - x[n]),
    dy: Int32Array.from(found, (at, n) => Math.floor(field.from[at] / width) - y[n]),
    weight: new Uint8Array(found.length).fill(1),
    x: x.map((left) => left + middle),
    y: y.map((top) => top + middle),
    step: target.step,
    difference: Float64Array.from(found, (at) => field.cost[at]),
  };
}

const EMPTY: PatchStatistics = {
  dx: [],
  dy: [],
  weight: [],
  x: new Int32Array(0),
  y: new Int32Array(0),
  step: 1,
  difference: new Float64Array(0),
};

/** The patches that may be copied, so many of them as are searched for. */
function knownPatches({ level, usable, list }: SourcePatches): TargetPatches {
  const { width, height } = level;
  const columns = width - PATCH + 1;
  const rows = height - PATCH + 1;
  const step = Math.ceil(Math.sqrt(list.length / MOST_PATCHES));
  const total = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y += step) {
    for (let x = 0; x < columns; x += step) if (usable[y * width + x] === 1) total[y * columns + x] = PATCH * PATCH;
  }
  return { level, step, columns, rows, total, weights: new Uint8Array(width * height).fill(1) };
}
