import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../shared/geometry';
import type { CropPlan } from './crop-plan';
import { type Hint, hintUnder, layHint, withHintKnown } from './hint';

const PICTURE = { width: 200, height: 160 };

/** One colour, equally present in the whole box. */
function flatHint(box: Rect, colour: readonly [number, number, number], presence: number, step = 1): Hint {
  const pixels = new Uint8Array(Math.ceil(box.width / step) * Math.ceil(box.height / step) * 4);
  for (let at = 0; at < pixels.length; at += 4) pixels.set([...colour, presence], at);
  return { box, step, pixels };
}

function cropOf(box: Rect, width: number, height: number): CropPlan {
  return { box, working: { width, height }, scale: box.width / width };
}

describe('a hint at working size', () => {
  it('lies where it was painted, whatever the scale, the step or the mirroring of the crop', () => {
    const number = (min: number, max: number) => fc.integer({ min, max });
    fc.assert(
      fc.property(
        fc.record({ x: number(0, 150), y: number(0, 110), width: number(1, 50), height: number(1, 50) }),
        fc.record({ x: number(-40, 100), y: number(-40, 100), width: number(40, 240), height: number(40, 240) }),
        fc.constantFrom(1, 2, 4),
        (box, crop, step) => {
          const hint = flatHint(box, [255, 0, 51], 255, step);
          const plan = cropOf(crop, 40, 40);
          const found = hintUnder(hint, plan, PICTURE);
          // Hint pixels per working pixel, counted one by one.
          const fold = (at: number, length: number) => {
            const phase = ((at % (2 * length)) + 2 * length) % (2 * length);
            return phase < length ? phase : 2 * length - 1 - phase;
          };
          let total = 0;
          for (let y = 0; y < crop.height; y++) {
            for (let x = 0; x < crop.width; x++) {
              const px = fold(crop.x + x, PICTURE.width) - box.x;
              const py = fold(crop.y + y, PICTURE.height) - box.y;
              if (px >= 0 && py >= 0 && px < box.width && py < box.height) total++;
            }
          }
          const sum = found?.presence.reduce((a, b) => a + b, 0) ?? 0;
          if (found) expect(sum * (crop.width / 40) * (crop.height / 40)).toBeCloseTo(total, 1);
          for (let at = 0; found && at < 1600; at++) {
            if ((found.presence[at] ?? 0) < 1e-3) continue;
            expect(found.colours[at]).toBeCloseTo(1, 3);
            expect(found.colours[1600 + at]).toBeCloseTo(-1, 3);
            expect(found.colours[3200 + at]).toBeCloseTo(-0.6, 3);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('weighs colours by their presence, and is nothing where it does not reach', () => {
    const hint: Hint = {
      box: { x: 0, y: 0, width: 2, height: 1 },
      step: 1,
      pixels: Uint8Array.of(255, 255, 255, 51, 0, 0, 0, 204),
    };
    const found = hintUnder(hint, cropOf({ x: 0, y: 0, width: 16, height: 16 }, 8, 8), PICTURE);
    // (0.2 * 1 - 0.8 * 1) / 1, and two of the four pixels under it are covered, by a whole one together.
    expect(found?.colours[0]).toBeCloseTo(-0.6, 5);
    expect(found?.presence[0]).toBeCloseTo(0.25, 5);
    expect(hintUnder(hint, cropOf({ x: 100, y: 0, width: 16, height: 16 }, 8, 8), PICTURE)).toBeNull();
  });

  it('changes a fill inside the hole only, and counts as known where it is strong', () => {
    const hole = Float32Array.of(1, 1, 0, 1);
    const hint = {
      colours: Float32Array.of(0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0),
      presence: Float32Array.of(1, 0.25, 1, 0),
    };
    const image = new Float32Array(12);
    layHint(image, hint, hole);
    expect([...image.subarray(0, 4)]).toEqual([0.5, 0.125, 0, 0]);
    const input = { width: 4, height: 1, image: new Float32Array(12), hole, source: Float32Array.of(0, 0, 1, 0) };
    const known = withHintKnown(input, hint);
    expect([...known.hole]).toEqual([0, 1, 0, 1]);
    expect([...known.image.subarray(0, 4)]).toEqual([0.5, 0, 0, 0]);
    expect([...input.hole], 'the input is left as it was').toEqual([1, 1, 0, 1]);
  });
});
