import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { rectOf } from '../../shared/geometry';
import type { GeneratorInput } from './generator';
import { fakeGenerator, flatColour } from '../testing/fake-generators';
import { distanceToKnown } from './feather';
import { overScales } from './over-scales';

/** A square hole in the middle of a grey picture, with a source everywhere else. */
function inputOf(side: number, holeSide: number): GeneratorInput {
  const first = (side - holeSide) / 2;
  const inside = (at: number) => at >= first && at < first + holeSide;
  const hole = Float32Array.from({ length: side * side }, (_, at) =>
    inside(at % side) && inside(Math.floor(at / side)) ? 1 : 0,
  );
  const image = Float32Array.from({ length: 3 * side * side }, (_, at) => (hole[at % hole.length] === 1 ? 0 : 0.5));
  return { width: side, height: side, image, hole, source: hole.map((value) => 1 - value) };
}

/** Says the width of what it sees, in hundredths. */
const sayingWidth = () => {
  const widths: number[] = [];
  const paint = ({ width, image }: GeneratorInput) => {
    widths.push(width);
    return new Float32Array(image.length).fill(width / 1000);
  };
  return { widths, generator: fakeGenerator(paint, { trainedSide: 64 }) };
};

const middleOf = (planes: Float32Array, side: number) => planes[(side / 2) * side + side / 2];

describe('a hole looked at over scales', () => {
  it('is seen at half of the size until it is one that the generator was trained with', async () => {
    const { widths, generator } = sayingWidth();
    await overScales(generator).coarse(inputOf(256, 120));
    expect(widths).toEqual([32, 64, 128, 256]);
  });

  it('is never deeper than those that the generator was trained with, the middle filled from the smaller scale', async () => {
    const seen: { readonly width: number; readonly depth: number; readonly middle: number }[] = [];
    const look = ({ width, height, hole, image }: GeneratorInput) => {
      const plane = new BitPlane(width, height);
      hole.forEach((value, at) => plane.set(at % width, Math.floor(at / width), value > 0));
      const depth = distanceToKnown(plane, rectOf(plane), width).reduce(
        (most, distance) => Math.max(most, distance),
        0,
      );
      seen.push({ width, depth, middle: middleOf(image, width) });
      return new Float32Array(image.length).fill(width / 1000);
    };
    await overScales(fakeGenerator(look, { trainedSide: 64 })).coarse(inputOf(256, 120));
    for (const { width, depth } of seen) expect(depth, `at ${width}`).toBeLessThanOrEqual((64 * 3) / 16);
    const [, , , whole] = seen;
    expect(whole).toMatchObject({ width: 256 });
    expect(whole.middle, 'of the smallest that knew it').toBeCloseTo(0.032, 3);
  });

  it('takes the middle from the smaller scale, the rim from the larger', async () => {
    const { generator } = sayingWidth();
    const input = inputOf(128, 36);
    const fill = await overScales(generator).coarse(input);
    const rim = fill[64 * 128 + 46];
    expect(rim).toBeCloseTo(0.128, 5);
    expect(middleOf(fill, 128)).toBeLessThan(0.064 + 1e-5);
  });

  it('of a shallow hole is the generator’s own fill', async () => {
    const { widths, generator } = sayingWidth();
    await overScales(generator).coarse(inputOf(128, 4));
    expect(widths).toEqual([128]);
  });

  it('adds what the refine stage adds at the smaller scale to the coarse fill as it is', async () => {
    const input = inputOf(128, 60);
    const coarse = input.image.map((_, at) => ((at * 7919) % 13) / 20 - 0.3);
    const adding = fakeGenerator(flatColour(0), { trainedSide: 64 });
    const plusTenth = {
      ...adding,
      refine: async (_: GeneratorInput, start: Float32Array) => ({ image: start.map((value) => value + 0.1) }),
    };
    const { image } = await overScales(plusTenth).refine(input, coarse);
    const inside = input.hole.findIndex((value) => value === 1);
    const middle = 64 * 128 + 64;
    for (const at of [inside, middle]) expect(image[at] - coarse[at]).toBeCloseTo(0.1, 5);
  });

  it('stays at full size where no patch of the source is left at half of it', async () => {
    const { widths, generator } = sayingWidth();
    const input = inputOf(128, 60);
    const source = new Float32Array(input.source.length);
    await overScales(generator).refine({ ...input, source }, input.image);
    expect(widths).toEqual([128]);
  });

  it('is nothing to generators whose training is not known, or that take one size alone', () => {
    const unknown = fakeGenerator(flatColour(0));
    expect(overScales(unknown)).toBe(unknown);
    const fixed = fakeGenerator(flatColour(0), { trainedSide: 64, fixedSide: 512 });
    expect(overScales(fixed)).toBe(fixed);
  });
});
