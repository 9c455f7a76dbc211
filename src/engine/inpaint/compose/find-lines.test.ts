import { describe, expect, it } from 'vitest';
import { Random } from '../../numeric/random';
import { findLines, type FoundLine, type LineLevel } from './find-lines';

const WIDTH = 240;
const HEIGHT = 200;
/** The hole: x 90..149, y 70..129. Inside it the level holds a flat guess, as a weak network would. */
const isInHole = (x: number, y: number) => x >= 90 && x < 150 && y >= 70 && y < 130;

function scene(lightness: (x: number, y: number) => number, guess = 50, isHole = isInHole): LineLevel {
  const colours = new Float32Array(3 * WIDTH * HEIGHT);
  const hole = new Uint8Array(WIDTH * HEIGHT);
  for (let at = 0; at < hole.length; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    hole[at] = isHole(x, y) ? 1 : 0;
    colours[3 * at] = hole[at] === 1 ? guess : lightness(x, y);
  }
  return { width: WIDTH, height: HEIGHT, colours, hole, side: 60 };
}

const linesIn = (level: LineLevel) => findLines(level, () => Promise.resolve());

/** Its direction, degrees, 0 to 180. */
function slopeOf([from, to]: FoundLine): number {
  const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return (degrees + 360) % 180;
}

/** The height at which a line crosses the middle of the hole. */
function heightAtMiddle([from, to]: FoundLine): number {
  return from.y + ((120 - from.x) / (to.x - from.x)) * (to.y - from.y);
}

describe('lines across a hole', () => {
  it('continues a horizon', async () => {
    const lines = await linesIn(scene((_, y) => (y < 100 ? 80 : 30)));
    expect(lines).toHaveLength(1);
    expect(Math.abs(heightAtMiddle(lines[0]) - 99.5)).toBeLessThan(0.3);
    for (const { x, y } of lines[0]) expect(isInHole(x, y)).toBe(false);
  });

  it('continues a slanted kerb', async () => {
    const lines = await linesIn(scene((x, y) => (y < 70 + 0.25 * x ? 70 : 40)));
    expect(lines).toHaveLength(1);
    expect(Math.abs(heightAtMiddle(lines[0]) - 100)).toBeLessThan(1);
  });

  it('continues joints that cross', async () => {
    const lines = await linesIn(scene((x, y) => (Math.abs(x - 120) < 2 || Math.abs(y - 100) < 2 ? 20 : 70)));
    expect(lines).toHaveLength(2);
    expect(lines.map((line) => Math.round(slopeOf(line) / 90) % 2).sort()).toEqual([0, 1]);
  });

  it('counts a wire once', async () => {
    const lines = await linesIn(scene((_, y) => (y === 95 ? 20 : 80)));
    expect(lines).toHaveLength(1);
  });

  it('continues no edge that ends at the hole', async () => {
    expect(await linesIn(scene((x, y) => (x < 120 && y < 100 ? 80 : 30)))).toEqual([]);
  });

  it('does not join edges that miss each other, or whose two sides are of other colours', async () => {
    expect(await linesIn(scene((x, y) => (y < (x < 120 ? 90 : 110) ? 80 : 30)))).toEqual([]);
    expect(await linesIn(scene((x, y) => (x < 120 === y < 100 ? 80 : 30)))).toEqual([]);
  });

  it('finds nothing in noise, nor in a picture without a hole', async () => {
    const random = new Random(7);
    expect(await linesIn(scene(() => 50 + 15 * random.normal()))).toEqual([]);
    const whole = scene((_, y) => (y < 100 ? 80 : 30));
    expect(await linesIn({ ...whole, hole: new Uint8Array(WIDTH * HEIGHT) })).toEqual([]);
  });

  it('continues an edge to the border of the picture, where nothing can face it', async () => {
    const atBorder = (x: number, y: number) => x >= 180 && y >= 70 && y < 130;
    const lines = await linesIn(scene((_, y) => (y < 100 ? 80 : 30), 50, atBorder));
    expect(lines).toHaveLength(1);
    const [from, to] = lines[0];
    expect(atBorder(from.x, from.y)).toBe(false);
    expect(to.x).toBeGreaterThan(WIDTH - 3);
    expect(Math.abs(to.y - 99.5)).toBeLessThan(0.5);
    // It ends before the hole: not a line that runs into it.
    expect(await linesIn(scene((x, y) => (y < 100 && x < 150 ? 80 : 30), 50, atBorder))).toEqual([]);
  });

  it('gives at most eight lines', async () => {
    const lines = await linesIn(scene((_, y) => (y % 10 < 5 ? 30 : 70)));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.length).toBeLessThanOrEqual(8);
  });
});
