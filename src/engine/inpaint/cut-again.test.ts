import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { PieceChoices } from '../../shared/piece-choice';
import { fakeGenerator, meanColour } from '../testing/fake-generators';
import type { ComposedFill } from './compose/compose-fill';
import { cutAgain } from './cut-again';
import { fillHole } from './fill-hole';
import type { FillHoleRequest } from './fill-request';

const SIZE = { width: 720, height: 176 };
const SIDE = 24;

/** Holes of 24 x 24 with their left edges here, on waves with some grain. */
function requestWith(holes: readonly number[], channels: 3 | 4 = 3) {
  const { width, height } = SIZE;
  const samples = new Uint8Array(channels * width * height).fill(255);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const value = 128 + 40 * Math.sin(x / 6 + y / 19) + 40 * Math.sin(y / 8 - x / 27) + ((x * 31 + y * 17) % 9);
    samples.fill(value, channels * at, channels * at + 3);
    if (channels === 4) samples[4 * at + 3] = 128;
  }
  const hole = new BitPlane(width, height);
  for (const x of holes) hole.fillRect({ x, y: 76, width: SIDE, height: SIDE }, true);
  const generator = fakeGenerator(meanColour());
  const picture = { width, height, channels, depth: 8, samples } as const;
  return { picture, hole, source: null, generator, manner: 'remove', workingSize: 128 } satisfies FillHoleRequest;
}

async function filled(request: FillHoleRequest) {
  let composed: readonly ComposedFill[] | null = null;
  const patches = await fillHole({ ...request, onComposed: (fills) => (composed = fills) });
  return { patches, composed: composed as readonly ComposedFill[] | null };
}

/** Chooses for the hole at `x` what lies 40 pixels above it. */
function fromAbove(x: number): PieceChoices {
  return { refused: [], chosen: [{ area: [{ x, y: 76, width: SIDE, height: SIDE }], shift: { x: 0, y: -40 } }] };
}

describe('a fill that is cut again', () => {
  it('is that of a new fill where its holes lie far apart, and the network does not run', async () => {
    const request = requestWith([80, 600]);
    const { patches, composed } = await filled(request);
    expect(patches).toHaveLength(2);
    const runs = request.generator.seen.length;
    for (const x of [80, 600]) {
      const asked = { ...request, pieces: fromAbove(x) };
      const again = await cutAgain(composed ?? [], asked);
      expect(request.generator.seen).toHaveLength(runs);
      expect(again).toEqual(await fillHole({ ...asked, generator: fakeGenerator(meanColour()) }));
      expect(again).not.toEqual(patches);
    }
  });

  it('is as opaque as a new one, with its soft edge', async () => {
    const request = { ...requestWith([80], 4), feather: 3 };
    const { composed } = await filled(request);
    const asked = { ...request, pieces: fromAbove(80) };
    const again = await cutAgain(composed ?? [], asked);
    expect(again[0]?.alpha).toBeDefined();
    expect(again).toEqual(await fillHole(asked));
  });

  it('is not offered where a hole was filled in sight of another, or where little memory is to be used', async () => {
    const request = requestWith([80, 170]);
    const near = await filled(request);
    expect(near.patches).toHaveLength(2);
    expect(near.composed === null).toBe(true);
    const little = await filled({ ...requestWith([80, 600]), memoryLimit: 2 ** 16 });
    expect(little.composed === null).toBe(true);
  });
});
