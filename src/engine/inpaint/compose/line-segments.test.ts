import { describe, expect, it } from 'vitest';
import { Random } from '../../numeric/random';
import { lineSegments, type Segment } from './line-segments';

const WIDTH = 160;
const HEIGHT = 120;
const noPause = () => Promise.resolve();

type Brightness = (x: number, y: number) => number;

function segmentsOf(brightness: Brightness): Promise<Segment[]> {
  const values = Float32Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    brightness(at % WIDTH, Math.floor(at / WIDTH)),
  );
  return lineSegments({ width: WIDTH, height: HEIGHT, values }, noPause);
}

function lengthOf({ from, to }: Segment): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

describe('line segments', () => {
  it('finds an upright edge where it is, to a tenth of a pixel', async () => {
    const found = await segmentsOf((x) => (x < 70 ? 60 : 180));
    expect(found).toHaveLength(1);
    for (const end of [found[0].from, found[0].to]) expect(Math.abs(end.x - 69.5)).toBeLessThan(0.1);
    expect(lengthOf(found[0])).toBeGreaterThan(HEIGHT - 8);
  });

  it('finds a slanted edge to a quarter of a pixel', async () => {
    const found = await segmentsOf((x, y) => 120 + 60 * Math.min(1, Math.max(-1, y - 40 - 0.3 * x)));
    expect(found).toHaveLength(1);
    for (const { x, y } of [found[0].from, found[0].to]) {
      expect(Math.abs(y - 40 - 0.3 * x) / Math.hypot(1, 0.3)).toBeLessThan(0.25);
    }
    expect(lengthOf(found[0])).toBeGreaterThan(150);
  });

  it('finds both edges of a wire', async () => {
    const found = await segmentsOf((_, y) => (y >= 50 && y < 53 ? 20 : 200));
    expect(found.map(({ from }) => Math.round(from.y + 0.5)).sort((a, b) => a - b)).toEqual([50, 53]);
  });

  it('finds the four sides of a box', async () => {
    const found = await segmentsOf((x, y) => (x >= 40 && x < 110 && y >= 30 && y < 80 ? 200 : 80));
    expect(found.filter((segment) => lengthOf(segment) > 40)).toHaveLength(4);
  });

  it('finds an edge under noise', async () => {
    const random = new Random(3);
    const found = await segmentsOf((x) => (x < 70 ? 80 : 140) + 8 * random.normal());
    expect(found.filter((segment) => lengthOf(segment) > 40).length).toBeGreaterThan(0);
  });

  it('finds nothing in noise, nor in a flat picture or a gradient too faint for an angle', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const random = new Random(seed);
      expect(await segmentsOf(() => 128 + 40 * random.normal())).toEqual([]);
    }
    expect(await segmentsOf(() => 128)).toEqual([]);
    expect(await segmentsOf((x) => 50 + x)).toEqual([]);
  });

  it('takes a picture too small for a line', async () => {
    expect(await lineSegments({ width: 4, height: 4, values: new Float32Array(16) }, noPause)).toEqual([]);
  });
});
