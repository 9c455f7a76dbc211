import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { Generator, GeneratorInput } from './generator';
import { fakeGenerator, flatColour } from '../testing/fake-generators';
import { fillHole } from './fill-hole';
import type { Hint } from './hint';

const SIZE = { width: 128, height: 128 };
const HINT_BOX = { x: 56, y: 56, width: 16, height: 16 };
const picture = { ...SIZE, channels: 3, depth: 8, samples: new Uint8Array(128 * 128 * 3).fill(128) } as const;

function holeOf(...rects: readonly [number, number, number, number][]): BitPlane {
  const hole = new BitPlane(128, 128);
  for (const [x, y, width, height] of rects) hole.fillRect({ x, y, width, height }, true);
  return hole;
}

function whiteHint(): Hint {
  return { box: HINT_BOX, step: 1, pixels: new Uint8Array(16 * 16 * 4).fill(255) };
}

/** Its coarse stage is grey; its refine stage returns the coarse fill that it was given. */
function echoing() {
  const coarseInputs: GeneratorInput[] = [];
  const refine: Generator['refine'] = async (_, coarse) => ({ image: coarse });
  const coarse: Generator['coarse'] = async (input) => {
    coarseInputs.push(input);
    return flatColour(0)(input);
  };
  return { generator: fakeGenerator(flatColour(0), { coarse, refine }), coarseInputs };
}

const base = { picture, source: null, workingSize: 128, detail: 0 };

describe('a fill with a hint', () => {
  it('refines from the hint, as strongly as it holds', async () => {
    const hole = holeOf([40, 40, 48, 48]);
    for (const [hintStrength, value] of [
      [1, 255],
      [0.5, 191],
      [0, 128],
    ] as const) {
      const { generator } = echoing();
      const [patch] = await fillHole({ ...base, generator, hole, hint: whiteHint(), hintStrength });
      const red = (x: number, y: number) => patch?.samples[((y - 40) * patch.box.width + x - patch.box.x) * 3];
      expect(Math.abs((red(64, 64) ?? 0) - value), `strength ${hintStrength}`).toBeLessThanOrEqual(2);
      expect(Math.abs((red(44, 44) ?? 0) - 128)).toBeLessThanOrEqual(2);
    }
  });

  it('lets the coarse stage see the hint as known', async () => {
    const { generator, coarseInputs } = echoing();
    await fillHole({ ...base, generator, hole: holeOf([40, 40, 48, 48]), hint: whiteHint() });
    const [input] = coarseInputs;
    expect(input?.hole[64 * 128 + 64]).toBe(0);
    expect(input?.image[64 * 128 + 64]).toBeCloseTo(1);
    expect(input?.hole[44 * 128 + 44]).toBe(1);
  });

  it('stops at the coarse fill when asked, for every group of holes', async () => {
    const { generator } = echoing();
    const fractions: number[] = [];
    const patches = await fillHole({
      ...base,
      generator: { ...generator, refine: () => Promise.reject(new Error('must not be refined')) },
      hole: holeOf([8, 8, 10, 10], [108, 108, 10, 10]),
      stopAfter: 'coarse',
      onProgress: (_, fraction) => void fractions.push(fraction),
    });
    expect(patches.reduce((count, { hole }) => count + hole.count(), 0)).toBe(200);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('is refused where there is no coarse stage', async () => {
    const generator = fakeGenerator(flatColour(0), { capabilities: { sourceRegion: false, coarse: false } });
    const hole = holeOf([40, 40, 48, 48]);
    for (const wish of [{ hint: whiteHint() }, { stopAfter: 'coarse' }] as const)
      await expect(fillHole({ ...base, generator, hole, ...wish })).rejects.toMatchObject({ code: 'bad-request' });
  });
});
