/** Kinds of pictures in which the least fault shows: flat areas, patterns, and gradients at the picture's edge. */
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { type Rect, rectOf } from '../../../shared/geometry';
import { newSamples } from '../../image/planes';
import { PictureView } from '../../image/picture-view';
import { ComposedFill } from './compose-fill';

const WIDTH = 240;
const HEIGHT = 180;

type Colour = (x: number, y: number) => number;

/** Fills a box of a grey picture whose network says one grey; the errors of all its pixels. */
async function errorsOf(colour: Colour, box: Rect, guess: number): Promise<{ x: number; y: number; error: number }[]> {
  const picture = { width: WIDTH, height: HEIGHT, channels: 3, depth: 8 } as const;
  const samplesOf = (area: Rect, shade: Colour) => {
    const samples = newSamples(3 * area.width * area.height, 8);
    for (let at = 0; at < samples.length / 3; at++) {
      samples.fill(shade(area.x + (at % area.width), area.y + Math.floor(at / area.width)), 3 * at, 3 * at + 3);
    }
    return samples;
  };
  const hole = new BitPlane(box.width, box.height);
  hole.fill(true);
  const open = new BitPlane(WIDTH, HEIGHT);
  open.fillRect(box, true);
  const allowed = open.clone();
  allowed.invert();
  const fill = new ComposedFill({
    view: new PictureView({ ...picture, samples: samplesOf(rectOf(picture), colour) }),
    patch: { box, depth: 8, hole, samples: samplesOf(box, () => guess) },
    open,
    allowed,
    seed: 1,
    lines: { drawn: [], automatic: true, removed: [] },
  });
  const { patch } = await fill.cut({}, () => Promise.resolve());
  return Array.from({ length: box.width * box.height }, (_, at) => {
    const [x, y] = [box.x + (at % box.width), box.y + Math.floor(at / box.width)];
    return { x, y, error: Math.abs((patch.samples[3 * at] ?? -1) - colour(x, y)) };
  });
}

describe('drawings and gradients', () => {
  it('keeps flat areas flat to the last level, and their borders straight', async () => {
    const header: Colour = (x, y) => (y < 60 ? 90 : x < 120 ? 229 : 243);
    const errors = await errorsOf(header, { x: 85, y: 40, width: 70, height: 50 }, 180);
    expect(errors.filter(({ error }) => error > 0)).toEqual([]);
  });

  it('keeps a white bubble white', async () => {
    const bubble: Colour = (x, y) => {
      const r = ((x - 120) / 90) ** 2 + ((y - 90) / 65) ** 2;
      return r < 0.9 ? 255 : r < 1 ? 20 : 150 + ((x * 7 + y * 11) % 5) * 12;
    };
    const errors = await errorsOf(bubble, { x: 80, y: 70, width: 80, height: 40 }, 200);
    expect(errors.filter(({ error }) => error > 0)).toEqual([]);
  });

  it('continues a pattern in phase into the corner of the picture', async () => {
    const bricks: Colour = (x, y) => {
      const row = Math.floor(y / 12);
      return y % 12 < 2 || (x + (row % 2) * 12) % 24 < 2 ? 200 : 110;
    };
    const errors = await errorsOf(bricks, { x: 180, y: 130, width: 60, height: 50 }, 130);
    expect(errors.filter(({ error }) => error > 12).length).toBeLessThan(0.01 * errors.length);
  });

  it('continues a sky at the edge of the picture without a blotch', async () => {
    const sky: Colour = (_, y) => Math.round(90 + 0.55 * y);
    for (const box of [
      { x: 170, y: 0, width: 70, height: 60 },
      { x: 180, y: 120, width: 60, height: 60 },
    ]) {
      const errors = await errorsOf(sky, box, 150);
      expect(Math.max(...errors.map(({ error }) => error))).toBeLessThanOrEqual(2);
    }
  });
});
