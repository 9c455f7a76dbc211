import { expect, it } from 'vitest';
import { HOLE, KNOWN } from './layer';
import { structureOf } from './structure';

/** A square hole with known pixels around it. */
const HOLES = 9;
const WIDTH = HOLES + 2;
const state = Uint8Array.from({ length: WIDTH * WIDTH }, (_, at) => {
  const inside = (i: number): boolean => i > 0 && i <= HOLES;
  return inside(at % WIDTH) && inside(Math.floor(at / WIDTH)) ? HOLE : KNOWN;
});
const LAYER = { width: WIDTH, height: WIDTH, state, colours: new Uint16Array(0), allowed: new Uint8Array(0) };
const SIZE = 3 * WIDTH * WIDTH;
const [EDGE, MIDDLE] = [3 * (5 * WIDTH + 1), 3 * (5 * WIDTH + 5)];
const noPause = (): Promise<void> => Promise.resolve();

/** Of a network's guess of 0.1, a continuation of 0.2 and the patches' guess. */
function structure(patches: number, voted: number, held: Float32Array | null = null): Promise<Float32Array> {
  const guesses = {
    network: new Float32Array(SIZE).fill(0.1),
    continued: new Float32Array(SIZE).fill(0.2),
    patches: new Float64Array(SIZE).fill(patches),
  };
  return structureOf(LAYER, guesses, held, voted, noPause);
}

it('is the median of the guesses in the hole, and known pixels as they are', async () => {
  const values = await structure(0.3, 0);
  expect(values[0]).toBeCloseTo(0.1, 6);
  for (const at of [EDGE, MIDDLE]) expect(values[at]).toBeCloseTo(0.2, 6);
});

it('leads from there to what the patches voted for, but not at the edge', async () => {
  const values = await structure(0.3, 0.5);
  expect(values[EDGE]).toBeCloseTo(0.2, 6);
  expect(values[MIDDLE]).toBeGreaterThan(0.24);
  expect(values[MIDDLE]).toBeLessThan(0.25);
});

it('does not follow patches that have gone astray', async () => {
  expect((await structure(0.9, 0.5))[MIDDLE]).toBeCloseTo(0.2, 6);
});

it('is what the network says where a hint holds', async () => {
  const held = new Float32Array(WIDTH * WIDTH).fill(1);
  for (const value of await structure(0.3, 0.5, held)) expect(value).toBeCloseTo(0.1, 6);
});
