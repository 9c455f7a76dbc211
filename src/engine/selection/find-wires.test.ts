import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { Point } from '../../shared/geometry';
import { rasteriseStroke, strokeSample } from '../../shared/stroke';
import { PictureView } from '../image/picture-view';
import { Random } from '../numeric/random';
import { drawWire, findWires } from './find-wires';

const pause = async () => void (await setImmediate());
const [WIDTH, HEIGHT] = [640, 400];

/** A sky that gets lighter downwards, over a noisy ground, with lines drawn through it. */
function scene(wires: readonly { readonly points: readonly Point[]; readonly width: number }[], dark = true) {
  const random = new Random(3);
  const truth = new BitPlane(WIDTH, HEIGHT);
  for (const { points, width } of wires) {
    const samples = points.map(({ x, y }) => strokeSample(x, y, width / 2));
    rasteriseStroke(truth, samples, true);
  }
  const samples = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, at += 3) {
      const ground = y > 320 ? 90 * (random.uniform() - 0.5) : 6 * (random.uniform() - 0.5);
      const sky = (y > 320 ? 90 : 130 + y / 5) + ground;
      const value = truth.get(x, y) ? (dark ? 50 : 250) : sky;
      samples.fill(value, at, at + 3);
    }
  }
  return { view: new PictureView({ width: WIDTH, height: HEIGHT, channels: 3, depth: 8, samples }), truth };
}

const sagging = (from: Point, to: Point, sag: number): Point[] =>
  Array.from({ length: 41 }, (_, i) => {
    const t = i / 40;
    return { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) + 4 * sag * t * (1 - t) };
  });

const WIRES = [
  { points: sagging({ x: 5, y: 60 }, { x: 635, y: 90 }, 40), width: 2 },
  { points: sagging({ x: 5, y: 100 }, { x: 635, y: 40 }, 0), width: 3 },
];

it.each([
  ['dark', true],
  ['light', false],
])('finds %s wires, straight and sagging, covers them and hardly more', async (_, dark) => {
  const { view, truth } = scene(WIRES, dark);
  const wires = await findWires(view, pause);
  const mask = new BitPlane(WIDTH, HEIGHT);
  for (const wire of wires) drawWire(mask, wire);
  const missed = truth.clone();
  missed.combine(mask, 'and-not');
  expect(missed.count() / truth.count()).toBeLessThan(0.06);
  expect(mask.count() / truth.count()).toBeLessThan(4);
});

it('takes neither the edge of a surface nor grain for wires', async () => {
  const { view } = scene([]);
  expect(await findWires(view, pause)).toEqual([]);
});

it('takes no short line, and none that winds', async () => {
  const winding = Array.from({ length: 81 }, (_, i) => ({ x: 60 + 6 * i, y: 200 + 14 * Math.sin(i / 2) }));
  const { view } = scene([
    { points: winding, width: 3 },
    { points: sagging({ x: 100, y: 50 }, { x: 140, y: 60 }, 0), width: 3 },
  ]);
  expect(await findWires(view, pause)).toEqual([]);
});

it('gives the same wires for the same picture, and stops when it is asked to', async () => {
  const { view } = scene(WIRES);
  expect(await findWires(view, pause)).toEqual(await findWires(view, pause));
  await expect(findWires(view, () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
});

it('says which box a drawn wire lies in', async () => {
  const { view } = scene(WIRES);
  const plane = new BitPlane(WIDTH, HEIGHT);
  for (const wire of await findWires(view, pause)) {
    const box = drawWire(plane, wire);
    expect(plane.count()).toBeGreaterThan(0);
    plane.fillRect(box, false);
    expect(plane.count()).toBe(0);
  }
});
