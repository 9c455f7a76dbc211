import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { PictureView } from '../image/picture-view';
import { Random } from '../numeric/random';
import { selectObject } from './select-object';

const pause = async () => void (await setImmediate());
const NOTHING = { box: null, object: null, background: null } as const;

/** A picture of two noisy textures: `isObject` says which is where. */
function picture(width: number, height: number, isObject: (x: number, y: number) => boolean) {
  const random = new Random(7);
  const samples = new Uint8Array(3 * width * height);
  const truth = new BitPlane(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const inside = isObject(x, y);
      truth.set(x, y, inside);
      const stripes = Math.floor((x + y) / 9) % 2 === 0;
      const colour = inside ? (stripes ? [170, 60, 50] : [210, 180, 70]) : stripes ? [70, 120, 70] : [60, 90, 130];
      colour.forEach((value, c) => (samples[at + c] = value + 24 * (random.uniform() - 0.5)));
    }
  }
  return { view: new PictureView({ width, height, channels: 3, depth: 8, samples }), truth };
}

/** Of what either of both has, the share that both have. */
function overlap(one: BitPlane, other: BitPlane): number {
  const both = one.clone();
  const outside = one.clone();
  outside.combine(other, 'and-not');
  both.combine(outside, 'and-not');
  return both.count() / (one.count() + other.count() - both.count());
}

const disc = (x: number, y: number) => Math.hypot(x - 150, (y - 110) * 1.3) < 62;

it('takes an object out of its box, to the pixel, with a picture that is looked at in full', async () => {
  const { view, truth } = picture(300, 220, disc);
  const found = await selectObject(view, { ...NOTHING, box: { x: 75, y: 50, width: 150, height: 120 } }, pause);
  expect(overlap(found, truth)).toBeGreaterThan(0.97);
});

it('cuts the border again at full resolution, where the picture was looked at reduced', async () => {
  const { view, truth } = picture(1200, 880, (x, y) => disc(x / 4, y / 4));
  const found = await selectObject(view, { ...NOTHING, box: { x: 300, y: 200, width: 600, height: 480 } }, pause);
  expect(overlap(found, truth)).toBeGreaterThan(0.98);
});

it('takes an object from a stroke on it and one beside it', async () => {
  const { view, truth } = picture(300, 220, (x, y) => disc(x, y) || (x > 230 && y > 150));
  const [object, background] = [new BitPlane(300, 220), new BitPlane(300, 220)];
  object.fillRect({ x: 110, y: 100, width: 80, height: 8 }, true);
  background.fillRect({ x: 20, y: 20, width: 250, height: 6 }, true);
  background.fillRect({ x: 226, y: 146, width: 70, height: 70 }, true);
  const found = await selectObject(view, { box: null, object, background }, pause);
  const wanted = truth.clone();
  wanted.fillRect({ x: 220, y: 140, width: 80, height: 80 }, false);
  expect(overlap(found, wanted)).toBeGreaterThan(0.95);
  // What was marked is as it was marked.
  const missed = object.clone();
  missed.combine(found, 'and-not');
  expect(missed.count()).toBe(0);
});

it('gives the same bits for the same marks, and nothing outside the box', async () => {
  const box = { x: 60, y: 40, width: 200, height: 150 };
  const { view } = picture(300, 220, disc);
  const [one, other] = [
    await selectObject(view, { ...NOTHING, box }, pause),
    await selectObject(view, { ...NOTHING, box }, pause),
  ];
  expect(one.equals(other)).toBe(true);
  one.fillRect(box, false);
  expect(one.isEmpty()).toBe(true);
});

it('stops when it is asked to', async () => {
  const { view } = picture(300, 220, disc);
  const stopped = () => Promise.reject(new Error('stopped'));
  const box = { x: 75, y: 50, width: 150, height: 120 };
  await expect(selectObject(view, { ...NOTHING, box }, stopped)).rejects.toThrow('stopped');
});

it.each([
  ['outside the picture', { x: 400, y: 10, width: 50, height: 50 }],
  ['of one colour with what is around it', { x: 2, y: 2, width: 30, height: 20 }],
])('says nothing wild of a box %s', async (_, box) => {
  const { view } = picture(300, 220, disc);
  const found = await selectObject(view, { ...NOTHING, box }, pause);
  expect(found.count()).toBeLessThanOrEqual(30 * 20);
});

it('takes a box around the whole picture too', async () => {
  const { view, truth } = picture(300, 220, disc);
  const found = await selectObject(view, { ...NOTHING, box: { x: 0, y: 0, width: 300, height: 220 } }, pause);
  expect(overlap(found, truth)).toBeGreaterThan(0.9);
});
