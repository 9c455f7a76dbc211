import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { rectOf } from '../../shared/geometry';
import type { Patch } from '../image/picture';
import { distanceToKnown, featherPatch } from './feather';
import { PictureView } from '../image/picture-view';

const SIZE = { width: 40, height: 30 };
const DARK = 40;
const LIGHT = 200;

function pictureOf(channels: 3 | 4 = 3, alpha = 255): PictureView {
  const samples = new Uint8Array(SIZE.width * SIZE.height * channels).fill(DARK);
  if (channels === 4) for (let at = 3; at < samples.length; at += 4) samples[at] = alpha;
  return new PictureView({ ...SIZE, channels, depth: 8, samples });
}

/** A light fill of a hole of which the patch has the whole. */
function patchOf(hole: BitPlane): Patch {
  const box = hole.bounds() ?? rectOf(SIZE);
  return {
    box,
    depth: 8,
    samples: new Uint8Array(box.width * box.height * 3).fill(LIGHT),
    hole: hole.crop(box),
  };
}

function redAt(patch: Patch, x: number, y: number): number {
  return patch.samples[((y - patch.box.y) * patch.box.width + (x - patch.box.x)) * 3];
}

describe('a soft edge', () => {
  it('measures the distance to the nearest pixel outside the hole', () => {
    const plane = fc.array(fc.boolean(), { minLength: 14 * 11, maxLength: 14 * 11 }).map((bits) => {
      const hole = new BitPlane(14, 11);
      bits.forEach((on, at) => hole.set(at % 14, Math.floor(at / 14), on));
      return hole;
    });
    fc.assert(
      fc.property(plane, fc.integer({ min: 1, max: 5 }), (hole, reach) => {
        const box = { x: 2, y: 1, width: 10, height: 9 };
        const found = distanceToKnown(hole, box, reach);
        for (let y = 0; y < box.height; y++) {
          for (let x = 0; x < box.width; x++) {
            let least = Infinity;
            for (let j = 0; j < 11; j++)
              for (let i = 0; i < 14; i++)
                if (!hole.get(i, j)) least = Math.min(least, Math.hypot(i - box.x - x, j - box.y - y));
            const distance = found[y * box.width + x];
            if (least <= reach) expect(distance).toBeCloseTo(least, 5);
            else expect(distance).toBeGreaterThan(reach);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('rises from the border to the full fill within its width, and stays inside the hole', () => {
    const hole = new BitPlane(SIZE.width, SIZE.height);
    hole.fillRect({ x: 8, y: 5, width: 24, height: 20 }, true);
    const patch = patchOf(hole);
    const soft = featherPatch(patch, hole, pictureOf(), 4);
    const across = [8, 9, 10, 11, 12, 13].map((x) => redAt(soft, x, 15));
    for (let i = 1; i < 5; i++) expect(across[i]).toBeGreaterThan(across[i - 1]);
    expect(across[0]).toBeGreaterThan(DARK);
    expect(across[0]).toBeLessThan(DARK + 0.15 * (LIGHT - DARK));
    expect(across.slice(4)).toEqual([LIGHT, LIGHT]);
    expect(soft.hole).toBe(patch.hole);
    expect(redAt(patch, 8, 15), 'the fill itself is not changed').toBe(LIGHT);
  });

  it('is none where the hole goes over the edge of the picture', () => {
    const hole = new BitPlane(SIZE.width, SIZE.height);
    hole.fillRect({ x: 0, y: 0, width: 12, height: SIZE.height }, true);
    const soft = featherPatch(patchOf(hole), hole, pictureOf(), 3);
    expect([redAt(soft, 0, 0), redAt(soft, 0, 29)]).toEqual([LIGHT, LIGHT]);
    expect(redAt(soft, 11, 10)).toBeLessThan(LIGHT / 2);
  });

  it('brings nothing back that could not be seen', () => {
    const hole = new BitPlane(SIZE.width, SIZE.height);
    hole.fillRect({ x: 8, y: 5, width: 24, height: 20 }, true);
    expect(featherPatch(patchOf(hole), hole, pictureOf(4, 0), 4).samples).toEqual(patchOf(hole).samples);
  });

  it('of no width is the fill as it is', () => {
    const hole = new BitPlane(SIZE.width, SIZE.height);
    hole.fillRect({ x: 8, y: 5, width: 24, height: 20 }, true);
    const patch = patchOf(hole);
    expect(featherPatch(patch, hole, pictureOf(), 0)).toBe(patch);
  });
});
