import { describe, expect, it } from 'vitest';
import type { GeneratorInput } from './generator';
import { fakeGenerator } from '../testing/fake-generators';
import { adjustedGenerator, orient, type Orientation } from './adjusted-generator';

const BACK = { mirrored: 'mirrored', 'quarter-left': 'quarter-right', 'quarter-right': 'quarter-left' } as const;
const ORIENTATIONS = ['mirrored', 'quarter-left', 'quarter-right'] as const satisfies readonly Orientation[];

function inputOf(width: number, height: number): GeneratorInput {
  const area = width * height;
  const hole = Float32Array.from({ length: area }, (_, at) => (at % width < 3 && at < 3 * width ? 1 : 0));
  const image = Float32Array.from({ length: 3 * area }, (_, at) => (hole[at % area] === 1 ? 0 : (at % 97) / 97));
  return { width, height, image, hole, source: hole.map((value) => 1 - value) };
}

describe('orienting planes', () => {
  it('mirrors left to right and turns by quarters', () => {
    // 1 2 3
    // 4 5 6
    const planes = Float32Array.of(1, 2, 3, 4, 5, 6);
    const size = { width: 3, height: 2 };
    expect([...orient(planes, size, 'mirrored')]).toEqual([3, 2, 1, 6, 5, 4]);
    expect([...orient(planes, size, 'quarter-left')]).toEqual([3, 6, 2, 5, 1, 4]);
    expect([...orient(planes, size, 'quarter-right')]).toEqual([4, 1, 5, 2, 6, 3]);
  });

  it('is undone by its opposite, plane by plane', () => {
    const { image, width, height } = inputOf(24, 16);
    for (const orientation of ORIENTATIONS) {
      const turned = orient(image, { width, height }, orientation);
      const size = orientation === 'mirrored' ? { width, height } : { width: height, height: width };
      expect(orient(turned, size, BACK[orientation])).toEqual(image);
    }
  });
});

describe('an oriented generator', () => {
  it('shows the network the turned crop and gives its fill back upright', async () => {
    const input = inputOf(24, 16);
    for (const orientation of ORIENTATIONS) {
      const inner = fakeGenerator(({ image }) => image);
      const generator = adjustedGenerator(inner, { orientation, attentionScale: null, variant: null });
      const coarse = await generator.coarse(input);
      expect(coarse).toEqual(input.image);
      expect((await generator.refine(input, coarse)).image).toEqual(input.image);
      const sides = [inner.seen[0].width, inner.seen[0].height];
      expect(sides).toEqual(orientation === 'mirrored' ? [24, 16] : [16, 24]);
      expect(inner.seen[0].hole).toEqual(orient(input.hole, input, orientation));
    }
  });

  it('is the generator itself when nothing is to be adjusted', () => {
    const inner = fakeGenerator(({ image }) => image);
    expect(adjustedGenerator(inner, { orientation: 'upright', attentionScale: null, variant: null })).toBe(inner);
  });

  it('tells the refine stage which attention to use', async () => {
    const inner = fakeGenerator(({ image }) => image);
    const input = inputOf(16, 16);
    await adjustedGenerator(inner, { orientation: 'mirrored', attentionScale: 25, variant: null }).refine(
      input,
      input.image,
    );
    expect(inner.seen[0].attentionScale).toBe(25);
  });
});
