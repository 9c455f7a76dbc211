/** Every candidate's colours at the working scale, and what each would cost each pixel of the hole. */
import type { Pause } from '../../raster/pacing';
import { blurWithTaps, gaussianTaps } from './blur';
import { colourDistance } from './colour-lab';
import { distanceInside, type GuideFields, guideFields, type TextureFields, textureFields } from './fields';
import type { HolePixels } from './hole-pixels';
import type { Label } from './label';
import { BARRED, type Level, type LevelMap, SOURCE } from './level';
import { type ComposeTuning, FORBIDDEN, rimPrice } from './tuning';

export interface Stack {
  /** labels x pixels x 3, Lab. */
  readonly colours: Float32Array;
  /** labels x pixels: context, texture energy and rim; FORBIDDEN where the source may not be copied. */
  readonly costs: Float32Array;
  /** labels x pixels: how far the source's smooth colours are from the network's, at a weight of 1. */
  readonly guide: Float32Array;
  /** Of every pixel: how far the nearest of all sources is from the network's smooth colours; Infinity without any. */
  readonly nearest: Float32Array;
  /** Of every label, 0..1: 0 where it repeats the known surroundings exactly, and so needs no other price to be trusted. */
  readonly strangeness: Float32Array;
  /** How far the surroundings are areas of one colour each, 0..1: the mean of the hole's pixels. */
  readonly flatness: number;
}

/** @param lab the level's colours, all of them */
export async function buildStack(
  level: Level,
  lab: Float32Array,
  pixels: HolePixels,
  labels: readonly Label[],
  tuning: ComposeTuning,
  pause: Pause,
): Promise<Stack> {
  const texture = textureFields(level, lab, pixels);
  await pause();
  const smooth = guideFields(level, lab, tuning.guideSigma);
  await pause();
  const builder = new StackBuilder(level, lab, pixels, labels.length, texture, smooth, tuning);
  for (const [number, label] of labels.entries()) {
    if (label.kind === 'network') builder.addNetwork(number);
    else builder.add(number, level.mapOf(label.map));
    if (number % 8 === 7) await pause();
  }
  const { colours, costs, guide, nearest, strangeness } = builder;
  const flatness = texture.flatness.reduce((sum, value) => sum + value, 0) / Math.max(1, pixels.count);
  return { colours, costs, guide, nearest, strangeness, flatness };
}

class StackBuilder {
  readonly colours: Float32Array;
  readonly costs: Float32Array;
  readonly strangeness: Float32Array;
  readonly guide: Float32Array;
  readonly nearest: Float32Array;
  private readonly confidence: Float32Array;
  private readonly rim: Int32Array;
  // Of the box: what is known, and whose neighbours are; the blurred weight of the known; room for one label.
  private readonly known: Uint8Array;
  private readonly inner: Uint8Array;
  private readonly taps: Float32Array;
  private readonly weight: Float32Array;
  private readonly copied: Float32Array;
  private readonly valid: Uint8Array;
  private readonly difference: Float32Array;
  private readonly scratch: Float32Array;

  constructor(
    private readonly level: Level,
    private readonly lab: Float32Array,
    private readonly pixels: HolePixels,
    labels: number,
    private readonly texture: TextureFields,
    private readonly smooth: GuideFields,
    private readonly tuning: ComposeTuning,
  ) {
    const { box, state, width } = level;
    this.colours = new Float32Array(3 * labels * pixels.count);
    this.costs = new Float32Array(labels * pixels.count);
    this.strangeness = new Float32Array(labels).fill(1);
    this.guide = new Float32Array(labels * pixels.count);
    this.nearest = new Float32Array(pixels.count).fill(Infinity);
    const depth = distanceInside(level, pixels);
    const { guideFloor, contextSigma } = tuning;
    this.confidence = depth.map((d) => guideFloor + (1 - guideFloor) * Math.exp(-d / (4 * contextSigma)));
    const area = box.width * box.height;
    this.known = new Uint8Array(area);
    this.inner = new Uint8Array(area);
    this.weight = new Float32Array(area);
    this.copied = new Float32Array(3 * area);
    this.valid = new Uint8Array(area);
    this.difference = new Float32Array(area);
    this.scratch = new Float32Array(area);
    for (let y = 0, at = 0; y < box.height; y++) {
      for (let x = 0; x < box.width; x++, at++) {
        if (state[(box.y + y) * width + box.x + x] > BARRED) continue;
        this.known[at] = 1;
        this.weight[at] = 1;
      }
    }
    for (let y = 1; y + 1 < box.height; y++) {
      for (let x = 1; x + 1 < box.width; x++) {
        const at = y * box.width + x;
        let all = 1;
        for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) all &= this.known[at + j * box.width + i];
        this.inner[at] = all;
      }
    }
    this.taps = gaussianTaps(contextSigma);
    blurWithTaps(this.weight, box, this.taps, this.scratch);
    this.rim = this.rimPairs();
  }

  /** Pairs of a hole pixel's number and the index of a known pixel beside it, flat. */
  private rimPairs(): Int32Array {
    const { at } = this.pixels;
    const { width, height, state } = this.level;
    const pairs: number[] = [];
    for (let i = 0; i < at.length; i++) {
      const x = at[i] % width;
      const y = (at[i] - x) / width;
      if (x > 0 && state[at[i] - 1] <= BARRED) pairs.push(i, at[i] - 1);
      if (x + 1 < width && state[at[i] + 1] <= BARRED) pairs.push(i, at[i] + 1);
      if (y > 0 && state[at[i] - width] <= BARRED) pairs.push(i, at[i] - width);
      if (y + 1 < height && state[at[i] + width] <= BARRED) pairs.push(i, at[i] + width);
    }
    return Int32Array.from(pairs);
  }

  add(number: number, map: LevelMap): void {
    this.copyBox(map);
    const unlikeness = this.compareKnown();
    // A piece that repeats the surroundings exactly continues a pattern: that its parts are not alike is then no fault.
    const strangeness = Math.min(1, (unlikeness / this.tuning.repeats) ** 2);
    this.strangeness[number] = strangeness;
    this.priceHole(number, map, this.tuning.texture * strangeness);
    this.priceRim(number);
  }

  /** What stands in the hole already. */
  addNetwork(number: number): void {
    const { pixels, lab, colours, costs, tuning } = this;
    const first = number * pixels.count;
    costs.fill(tuning.network, first, first + pixels.count);
    for (let i = 0; i < pixels.count; i++) {
      for (let c = 0; c < 3; c++) colours[3 * (first + i) + c] = lab[3 * pixels.at[i] + c];
    }
  }

  private copyBox(map: LevelMap): void {
    const { level, lab, copied, valid } = this;
    const { box, width, height, state } = level;
    for (let y = box.y, at = 0; y < box.y + box.height; y++) {
      for (let x = box.x; x < box.x + box.width; x++, at++) {
        if (!map.whole) {
          valid[at] = level.mayCopy(map, x, y) ? 1 : 0;
          level.copied(map, x, y, copied, 3 * at);
          continue;
        }
        const u = x + map.dx;
        const v = y + map.dy;
        const inside = u >= 0 && v >= 0 && u < width && v < height;
        const from = (v < 0 ? 0 : v >= height ? height - 1 : v) * width + (u < 0 ? 0 : u >= width ? width - 1 : u);
        valid[at] = inside && state[from] === SOURCE ? 1 : 0;
        copied[3 * at] = lab[3 * from];
        copied[3 * at + 1] = lab[3 * from + 1];
        copied[3 * at + 2] = lab[3 * from + 2];
      }
    }
  }

  /**
   * What differs at the known pixels of the box, blurred into the hole.
   * @returns the mean colour difference there; Infinity where less than half of the box can be compared
   */
  private compareKnown(): number {
    const { known, inner, valid, copied, difference, tuning, level } = this;
    const { box, width } = level;
    const { contextCap, contextMissing, gradient } = tuning;
    const line = 3 * box.width;
    let [sum, compared, all] = [0, 0, 0];
    for (let y = 0, at = 0; y < box.height; y++) {
      let here = 3 * ((box.y + y) * width + box.x);
      for (let x = 0; x < box.width; x++, at++, here += 3) {
        if (known[at] === 0) {
          difference[at] = 0;
          continue;
        }
        all++;
        if (valid[at] === 0) {
          difference[at] = contextMissing;
          continue;
        }
        let cost = Math.min(contextCap, colourDistance(copied, 3 * at, this.lab, here));
        sum += cost;
        compared++;
        if (inner[at] === 1) {
          const slopes =
            slopesApart(copied, 3 * at, 3, this.lab, here, 3) +
            slopesApart(copied, 3 * at, line, this.lab, here, 3 * width);
          cost += gradient * Math.min(contextCap, slopes);
        }
        difference[at] = cost;
      }
    }
    blurWithTaps(difference, box, this.taps, this.scratch);
    return compared < all / 2 ? Infinity : sum / compared;
  }

  private priceHole(number: number, map: LevelMap, textureWeight: number): void {
    const { level, pixels, tuning, costs, guide, colours, copied, valid, weight, difference, smooth, texture } = this;
    const { box, width } = level;
    const first = number * pixels.count;
    for (let i = 0; i < pixels.count; i++) {
      const x = pixels.at[i] % width;
      const y = (pixels.at[i] - x) / width;
      const here = (y - box.y) * box.width + x - box.x;
      const to = 3 * (first + i);
      colours[to] = copied[3 * here];
      colours[to + 1] = copied[3 * here + 1];
      colours[to + 2] = copied[3 * here + 2];
      if (valid[here] === 0) {
        costs[first + i] = FORBIDDEN;
        continue;
      }
      const u = Math.min(width - 1, Math.round(map.xx * x + map.xy * y + map.dx));
      const v = Math.min(level.height - 1, Math.round(map.yx * x + map.yy * y + map.dy));
      const from = Math.max(0, v) * width + Math.max(0, u);
      const known = weight[here];
      const context = known > 1e-3 ? (difference[here] / known) * Math.min(1, known / 0.4) : 0;
      const energy = Math.min(tuning.textureCap, Math.abs(texture.energy[from] - texture.wanted[i]));
      costs[first + i] = tuning.context * context + textureWeight * (1 - texture.flatness[i]) * energy;
      const off = colourDistance(smooth.source, 3 * from, smooth.guide, 3 * pixels.at[i]);
      if (off < this.nearest[i]) this.nearest[i] = off;
      guide[first + i] = this.confidence[i] * Math.min(tuning.guideCap, off);
    }
  }

  private priceRim(number: number): void {
    const { rim, level, pixels, tuning, costs, valid, copied, lab } = this;
    const { box, width } = level;
    const first = number * pixels.count;
    for (let k = 0; k < rim.length; k += 2) {
      const x = rim[k + 1] % width;
      const y = (rim[k + 1] - x) / width;
      const at = (y - box.y) * box.width + x - box.x;
      costs[first + rim[k]] +=
        valid[at] === 1 ? rimPrice(colourDistance(copied, 3 * at, lab, 3 * rim[k + 1]), tuning) : tuning.rimMissing;
    }
  }
}

/** How much the central differences along one direction differ. */
function slopesApart(a: Float32Array, i: number, stepA: number, b: Float32Array, j: number, stepB: number): number {
  let sum = 0;
  for (let c = 0; c < 3; c++) {
    const d = a[i + stepA + c] - a[i - stepA + c] - b[j + stepB + c] + b[j - stepB + c];
    sum += d * d;
  }
  return Math.sqrt(sum) / 2;
}
