import { expect, it } from 'vitest';
import { joinBands } from './bands';
import { confidenceAround } from './patch-confidence';
import { HOLE, type PatchLevel, WHITE } from './patch-level';
import { settle } from './vote';

const SIDE = 24;
const AREA = SIDE * SIDE;
const noPause = (): Promise<void> => Promise.resolve();
const GREY = [0.1, 0.1, 0.1] as const;
/** As far off as a red plate is from grey stone: in red by little, in green and blue by much. */
const RED = [0.4, -0.75, -0.75] as const;

type Colour = readonly [number, number, number];

const plane = (colour: Colour): Float32Array => Float32Array.from({ length: 3 * AREA }, (_, at) => colour[at % 3]);
const steps = (colour: Colour): Uint16Array => Uint16Array.from(plane(colour), (value) => ((value + 1) * WHITE) / 2);

function allHole(colours: Uint16Array): PatchLevel {
  const state = new Uint8Array(AREA).fill(HOLE);
  return { width: SIDE, height: SIDE, state, colours, allowed: new Uint8Array(AREA), features: new Uint16Array(0) };
}

it('takes over all of a colour that is near and nothing of one that is far off', () => {
  const around = (colour: Colour) => confidenceAround({ width: SIDE, height: SIDE, values: plane(colour) })[AREA / 2];
  expect(around([0.2, 0.2, 0.2])).toBeGreaterThan(0.99);
  expect(around([0.3, -0.85, -0.85])).toBe(0);
});

it('takes no grain from patches that show another thing', async () => {
  const level = allHole(steps(GREY));
  const grainy = (colour: Colour): Float64Array =>
    Float64Array.from(plane(colour), (value, at) => value + (Math.floor(at / 3) % 2 === 0 ? 0.1 : -0.1));
  const [near, far] = [grainy(GREY), grainy(RED)];
  const gains = { contrast: [1, 1, 1], grain: [1, 1, 0.5], rest: 0.3, rim: 1 };
  await joinBands(level, near, plane(GREY), null, gains, noPause);
  await joinBands(level, far, plane(GREY), null, gains, noPause);
  const middle = 3 * ((SIDE / 2) * SIDE + SIDE / 2);
  expect(Math.abs(near[middle] - near[middle + 3])).toBeGreaterThan(0.15);
  for (let at = middle; at < middle + 6; at++) expect(far[at]).toBeCloseTo(0.1, 6);
});

it('goes back to the guess where patches have gone astray, so that others can be found', () => {
  const guess = steps(GREY);
  const voted = (colour: Colour): Float64Array => Float64Array.from(steps(colour));
  const level = allHole(guess.slice());
  settle(level, voted(RED), guess);
  expect(level.colours).toEqual(guess);
  settle(level, voted([0.2, 0.2, 0.2]), guess);
  expect(Math.abs(level.colours[0] - steps([0.2, 0.2, 0.2])[0])).toBeLessThanOrEqual(1);
});
