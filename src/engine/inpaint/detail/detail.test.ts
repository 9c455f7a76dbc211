import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { type Rect, rectOf } from '../../../shared/geometry';
import type { Patch, Samples } from '../../image/picture';
import { newSamples } from '../../image/planes';
import { Random } from '../../numeric/random';
import { PictureView } from '../../image/picture-view';
import { addDetail, type DetailRequest } from './detail';
import { PATCH } from './patches';
import { DETAIL_TUNING } from './tuning';

const SIDE = 128;
const BOX: Rect = { x: 40, y: 40, width: 40, height: 40 };

type Colour = (x: number, y: number) => number;

function samplesOf(box: Rect, depth: 8 | 16, colour: Colour): Samples {
  const samples = newSamples(3 * box.width * box.height, depth);
  for (let at = 0; at < samples.length / 3; at++) {
    const value = colour(box.x + (at % box.width), box.y + Math.floor(at / box.width));
    samples.fill(value, 3 * at, 3 * at + 3);
  }
  return samples;
}

/** A picture of one texture, its square hole guessed in one flat colour. */
function flatGuess(texture: Colour, guess: number, depth: 8 | 16 = 8): DetailRequest {
  const picture = { width: SIDE, height: SIDE, channels: 3, depth } as const;
  const view = new PictureView({ ...picture, samples: samplesOf(rectOf(picture), depth, texture) });
  const hole = new BitPlane(BOX.width, BOX.height);
  hole.fillRect({ ...BOX, x: 0, y: 0 }, true);
  const open = new BitPlane(SIDE, SIDE);
  open.fillRect(BOX, true);
  const allowed = open.clone();
  allowed.invert();
  const patch: Patch = { box: BOX, depth, hole, samples: samplesOf(BOX, depth, () => guess) };
  const pause = () => Promise.resolve();
  return {
    view,
    patch,
    scale: 1,
    side: SIDE,
    window: rectOf(picture),
    open,
    allowed,
    strength: 1,
    seed: 1,
    pause,
  };
}

function grain(depth: 8 | 16, mean: number, deviation: number): Colour {
  const random = new Random(5);
  const values = Float32Array.from({ length: SIDE * SIDE }, () => mean + deviation * random.normal());
  const top = depth === 8 ? 255 : 65535;
  return (x, y) => Math.min(top, Math.max(0, Math.round(values[y * SIDE + x])));
}

/** Away from the hole's edge, where the guess meets the known pixels in these tests with a step. */
function middleMean({ box, samples }: Patch): number {
  const middle: number[] = [];
  for (let y = 10; y < box.height - 10; y++) {
    for (let x = 10; x < box.width - 10; x++) middle.push(samples[3 * (y * box.width + x)]);
  }
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

function deviationOf(samples: Samples): number {
  const values = [...samples];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Without what makes the network's own bands stronger: a flat guess meets the known pixels with a step. */
const PLAIN = { ...DETAIL_TUNING, gains: { ...DETAIL_TUNING.gains, contrast: DETAIL_TUNING.gains.grain.map(() => 1) } };

describe('detail', () => {
  it('gives a flat guess the grain of its surroundings, 0.7 to 1.3 times as strong', async () => {
    for (const deviation of [6, 20]) {
      const { patch } = await addDetail(flatGuess(grain(8, 120, deviation), 120));
      const ratio = deviationOf(patch.samples) / deviation;
      expect(ratio).toBeGreaterThan(0.7);
      expect(ratio).toBeLessThan(1.3);
    }
  });

  it('leaves one colour one colour', async () => {
    const { patch } = await addDetail(flatGuess(() => 77, 77));
    expect(Math.max(...patch.samples)).toBeLessThanOrEqual(78);
    expect(Math.min(...patch.samples)).toBeGreaterThanOrEqual(76);
  });

  it('keeps the colours of the guess where the grain lies elsewhere', async () => {
    const { patch } = await addDetail({ ...flatGuess(grain(8, 120, 6), 200), tuning: PLAIN });
    expect(Math.abs(middleMean(patch) - 200)).toBeLessThan(8);
  });

  it('copies from allowed pixels alone: every patch of its field lies on them whole', async () => {
    const request = flatGuess(grain(8, 120, 12), 120);
    const allowed = new BitPlane(SIDE, SIDE);
    allowed.fillRect({ x: 3, y: 90, width: 61, height: 25 }, true);
    allowed.fillRect({ x: 100, y: 8, width: 9, height: 70 }, true);
    const { field, window } = await addDetail({ ...request, allowed });
    if (field === null) throw new Error('there is room for a patch');
    let wanted = 0;
    field.target.total.forEach((total, at) => {
      if (total === 0) return;
      wanted++;
      const [x, y] = [field.from[at] % window.width, Math.floor(field.from[at] / window.width)];
      for (let j = y; j < y + PATCH; j++) {
        for (let i = x; i < x + PATCH; i++) expect(allowed.get(window.box.x + i, window.box.y + j)).toBe(true);
      }
    });
    expect(wanted).toBe((BOX.width + PATCH - 1) * (BOX.height + PATCH - 1));
  });

  it('is the network’s own fill at strength 0, and where no whole patch may be copied', async () => {
    const request = flatGuess(grain(8, 120, 12), 120);
    expect((await addDetail({ ...request, strength: 0 })).patch).toBe(request.patch);
    const allowed = new BitPlane(SIDE, SIDE);
    allowed.fillRect({ x: 0, y: 0, width: SIDE, height: PATCH - 1 }, true);
    expect((await addDetail({ ...request, allowed })).patch).toBe(request.patch);
  });

  it('depends on its seed and on nothing else', async () => {
    const once = async (seed: number) =>
      (await addDetail({ ...flatGuess(grain(8, 120, 12), 120), seed })).patch.samples;
    const first = await once(3);
    expect(await once(3)).toEqual(first);
    expect(await once(4)).not.toEqual(first);
  });

  it('keeps 16 bits, between the steps of 8', async () => {
    const { patch } = await addDetail(flatGuess(grain(16, 30_000, 300), 30_000, 16));
    expect(patch.samples).toBeInstanceOf(Uint16Array);
    expect(new Set(patch.samples).size).toBeGreaterThan(500);
    expect(deviationOf(patch.samples) / 300).toBeGreaterThan(0.7);
  });

  it('keeps the colours of a painted hint where the patches say another', async () => {
    const request = { ...flatGuess(grain(8, 120, 6), 150), tuning: PLAIN };
    const mean = async (hold: number) => middleMean((await addDetail({ ...request, hold: () => hold })).patch);
    expect(await mean(0)).toBeLessThan(145);
    expect(await mean(1)).toBeGreaterThan(149);
  });

  it('stops where its pause throws', async () => {
    let pauses = 0;
    const pause = () => (++pauses === 3 ? Promise.reject(new Error('cancelled')) : Promise.resolve());
    await expect(addDetail({ ...flatGuess(grain(8, 120, 12), 120), pause })).rejects.toThrow('cancelled');
    expect(pauses).toBe(3);
  });
});
