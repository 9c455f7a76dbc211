import { expect, test } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { applyPatches } from '../image/patches';
import type { Picture } from '../image/picture';
import { fakeGenerator, meanColour } from '../testing/fake-generators';
import { fillHole } from './fill-hole';

const SIDE = 96;

/** Grey 120 that can be seen as `alphaOf` says, and magenta under what can't. */
function cutOut(alphaOf: (x: number, y: number) => number): Picture {
  const samples = new Uint8Array(SIDE * SIDE * 4);
  for (let at = 0, i = 0; at < samples.length; at += 4, i++) {
    const alpha = alphaOf(i % SIDE, Math.floor(i / SIDE));
    samples.set(alpha === 0 ? [255, 0, 255, 0] : [120, 120, 120, alpha], at);
  }
  const origin = { path: '', format: 'png', grey: false, lossless: true } as const;
  return { width: SIDE, height: SIDE, channels: 4, depth: 8, samples, origin };
}

async function filled(picture: Picture, hole: BitPlane): Promise<(x: number, y: number) => number[]> {
  const generator = fakeGenerator(meanColour());
  const patches = await fillHole({ picture, hole, source: null, workingSize: 256, generator, manner: 'remove' });
  const samples = applyPatches(picture, patches);
  return (x, y) => [...samples.subarray(4 * (y * SIDE + x), 4 * (y * SIDE + x) + 4)];
}

function holeAt(x: number, y: number, side: number): BitPlane {
  const hole = new BitPlane(SIDE, SIDE);
  hole.fillRect({ x, y, width: side, height: side }, true);
  return hole;
}

test('a hole across the edge of a cut-out goes on with the edge, and shows nothing of the colours that are hidden', async () => {
  const at = await filled(
    cutOut((x) => (x < 48 ? 255 : 0)),
    holeAt(36, 30, 24),
  );
  const row = Array.from({ length: SIDE }, (_, x) => at(x, 42));
  expect(row[38][3]).toBe(255);
  expect(row[58][3]).toBe(0);
  expect(row.filter(([, , , alpha]) => alpha > 0 && alpha < 255).length).toBeLessThanOrEqual(3);
  for (const [red, green, , alpha] of row) if (alpha > 0) expect(Math.abs(red - green)).toBeLessThanOrEqual(3);
});

test('a hole in a shadow stays as see-through as the shadow is', async () => {
  const at = await filled(
    cutOut(() => 102),
    holeAt(40, 40, 16),
  );
  expect(at(48, 48)).toEqual([120, 120, 120, 102]);
});

test('a stroke across a soft edge leaves it soft, with no disc of its own', async () => {
  // From see-through on the left to opaque on the right, over most of the picture.
  const soft = (x: number) => Math.min(255, Math.max(0, 4 * (x - 16)));
  const at = await filled(cutOut(soft), holeAt(36, 36, 18));
  for (let x = 36; x < 54; x++) {
    expect(Math.abs(at(x, 45)[3] - soft(x)), `alpha at ${x}`).toBeLessThanOrEqual(24);
    expect(at(x, 45)[0] - at(x, 45)[1], `red over green at ${x}`).toBeLessThanOrEqual(3);
  }
});

test('what was erased from an opaque picture becomes opaque', async () => {
  const erased = cutOut((x, y) => (x >= 40 && x < 56 && y >= 40 && y < 56 ? (x < 44 ? 200 : 0) : 255));
  const at = await filled(erased, holeAt(40, 40, 16));
  for (const x of [40, 43, 44, 55]) expect(at(x, 48)[3]).toBe(255);
});

test('nothing is copied from pixels that something shows through, unless there are no others', async () => {
  const picture = cutOut((x) => (x < 24 ? 128 : 255));
  // What is half see-through still shows the red of what was erased.
  for (let i = 0; i < SIDE * SIDE; i++) if (i % SIDE < 24) picture.samples.set([200, 20, 20], 4 * i);
  const at = await filled(picture, holeAt(28, 30, 30));
  for (let x = 30; x < 58; x++) expect(at(x, 44)[0] - at(x, 44)[1]).toBeLessThanOrEqual(30);
});
