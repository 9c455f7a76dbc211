/** Every candidate's colours at the working scale, and what each would cost each pixel of the hole. */
import type { Pause } from '../../raster/pacing';
import { blurWithTaps, gaussianTaps } from './blur';
import { ContextBlur } from './context-blur';
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
  /** The box's known pixels, by their places in it; and of the box, whose neighbours are known as well. */
  private readonly known: Int32Array;
  private readonly inner: Uint8Array;
  /** Of every pixel of the hole: its place in the box, and how much around it is known, 0..1. */
  private readonly places: Int32Array;
  private readonly weight: Float32Array;
  private readonly context: ContextBlur;
  // Room for one label: of the box, and what differs around every pixel of the hole.
  private readonly copied: Float32Array;
  private readonly valid: Uint8Array;
  private readonly difference: Float32Array;
  private readonly differenceNear: Float32Array;

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
    const known = new Uint8Array(area);
    const weights = new Float32Array(area);
    this.inner = new Uint8Array(area);
    this.copied = new Float32Array(3 * area);
    this.valid = new Uint8Array(area);
    this.difference = new Float32Array(area);
    for (let y = 0, at = 0; y < box.height; y++) {
      for (let x = 0; x < box.width; x++, at++) {
        if (state[(box.y + y) * width + box.x + x] > BARRED) continue;
        known[at] = 1;
        weights[at] = 1;
      }
    }
    for (let y = 1; y + 1 < box.height; y++) {
      for (let x = 1; x + 1 < box.width; x++) {
        const at = y * box.width + x;
        let all = 1;
        for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) all &= known[at + j * box.width + i];
        this.inner[at] = all;
      }
    }
    this.known = Int32Array.from(known.keys()).filter((at) => known[at] === 1);
    this.places = pixels.at.map((at) => level.placeOf(at));
    const taps = gaussianTaps(contextSigma);
    blurWithTaps(weights, box, taps, new Float32Array(area));
    this.weight = Float32Array.from(this.places, (at) => weights[at]);
    this.context = new ContextBlur(box, taps, this.known, this.places);
    this.differenceNear = new Float32Array(pixels.count);
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
    const rowIsInside = map.whole && box.x + map.dx >= 0 && box.x + map.dx + box.width <= width;
    for (let y = box.y, at = 0; y < box.y + box.height; y++) {
      if (rowIsInside && y + map.dy >= 0 && y + map.dy < height) {
        const from = (y + map.dy) * width + box.x + map.dx;
        copied.set(lab.subarray(3 * from, 3 * (from + box.width)), 3 * at);
        for (let x = 0; x < box.width; x++, at++) valid[at] = state[from + x] === SOURCE ? 1 : 0;
        continue;
      }
      for (let x = box.x; x < box.x + box.width; x++, at++) {
        valid[at] = level.mayCopy(map, x, y) ? 1 : 0;
        level.copied(map, x, y, copied, 3 * at);
      }
    }
  }

  /**
   * What differs at the known pixels of the box, blurred into the hole.
   * @returns the mean colour difference there; Infinity where less than half of the box can be compared
   */
  private compareKnown(): number {
    const { known, inner, valid, copied, difference, tuning, level, lab } = this;
    const { box, width } = level;
    const { contextCap, contextMissing, gradient } = tuning;
    const line = 3 * box.width;
    let [sum, compared] = [0, 0];
    for (const at of known) {
      if (valid[at] === 0) {
        difference[at] = contextMissing;
        continue;
      }
      const x = at % box.width;
      const here = 3 * ((box.y + (at - x) / box.width) * width + box.x + x);
      let cost = Math.min(contextCap, colourDistance(copied, 3 * at, lab, here));
      sum += cost;
      compared++;
      if (inner[at] === 1) {
        const slopes =
          slopesApart(copied, 3 * at, 3, lab, here, 3) + slopesApart(copied, 3 * at, line, lab, here, 3 * width);
        cost += gradient * Math.min(contextCap, slopes);
      }
      difference[at] = cost;
    }
    this.context.blur(difference, this.differenceNear);
    return compared < known.length / 2 ? Infinity : sum / compared;
  }

  private priceHole(number: number, map: LevelMap, textureWeight: number): void {
    const { pixels, tuning, costs, guide, colours, copied, valid, places, weight, smooth, texture } = this;
    const { differenceNear } = this;
    const first = number * pixels.count;
    for (let i = 0; i < pixels.count; i++) {
      const place = places[i];
      const to = 3 * (first + i);
      colours[to] = copied[3 * place];
      colours[to + 1] = copied[3 * place + 1];
      colours[to + 2] = copied[3 * place + 2];
      if (valid[place] === 0) {
        costs[first + i] = FORBIDDEN;
        continue;
      }
      const from = this.sourceOf(map, pixels.at[i]);
      const known = weight[i];
      const context = known > 1e-3 ? (differenceNear[i] / known) * Math.min(1, known / 0.4) : 0;
      const energy = Math.min(tuning.textureCap, Math.abs(texture.energy[from] - texture.wanted[i]));
      costs[first + i] = tuning.context * context + textureWeight * (1 - texture.flatness[i]) * energy;
      const off = colourDistance(smooth.source, 3 * from, smooth.guide, 3 * pixels.at[i]);
      if (off < this.nearest[i]) this.nearest[i] = off;
      guide[first + i] = this.confidence[i] * Math.min(tuning.guideCap, off);
    }
  }

  /** The index of the pixel that a valid source is nearest to. */
  private sourceOf(map: LevelMap, at: number): number {
    const { width, height } = this.level;
    if (map.whole) return at + map.dy * width + map.dx;
    const x = at % width;
    const y = (at - x) / width;
    const u = Math.min(width - 1, Math.round(map.xx * x + map.xy * y + map.dx));
    const v = Math.min(height - 1, Math.round(map.yx * x + map.yy * y + map.dy));
    return Math.max(0, v) * width + Math.max(0, u);
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
