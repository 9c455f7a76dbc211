import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { Patch, Picture } from '../image/picture';
import { Random } from '../numeric/random';
import { fakeGenerator, meanColour } from '../testing/fake-generators';
import { fillHole } from './fill-hole';
import { FillMemory } from './fill-memory';
import type { FillHoleRequest } from './fill-request';
import type { Generator } from './generator';

const SIDE = 160;

/** Upright stripes of changing width with grain: many places fit a hole about as well. */
function picture(): Picture {
  const random = new Random(3);
  const samples = new Uint8Array(3 * SIDE * SIDE);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const stripe = Math.sin((at % SIDE) / 5) > 0.3 ? 180 : 90;
    samples.fill(stripe + random.integer(-12, 12), 3 * at, 3 * at + 3);
  }
  const origin = { path: 'test.png', format: 'png', grey: false, lossless: true } as const;
  return { width: SIDE, height: SIDE, channels: 3, depth: 8, samples, origin };
}

/** How often a generator was asked; its weights are known. */
function counted(weights = 'a', about: Partial<Generator> = {}): { generator: Generator; asked: () => number } {
  const inner = fakeGenerator(meanColour());
  let asked = 0;
  const generator: Generator = {
    ...inner,
    ...about,
    weights,
    coarse: (input, signal) => {
      asked++;
      return inner.coarse(input, signal);
    },
    refine: (input, coarse, signal) => {
      asked++;
      return inner.refine(input, coarse, signal);
    },
  };
  return { generator, asked: () => asked };
}

function requestOf(generator: Generator, change: Partial<FillHoleRequest> = {}): FillHoleRequest {
  const hole = new BitPlane(SIDE, SIDE);
  // Two parts, of which the second sees what the first was filled with.
  hole.fillRect({ x: 60, y: 60, width: 20, height: 16 }, true);
  hole.fillRect({ x: 62, y: 96, width: 14, height: 12 }, true);
  return { picture: picture(), hole, source: null, generator, manner: 'remove', workingSize: 128, ...change };
}

const samplesOf = (patches: readonly Patch[]) => patches.map(({ box, samples }) => ({ box, samples }));

describe('fills with a memory', () => {
  const wishes: readonly Partial<FillHoleRequest>[] = [
    {},
    { automaticLines: false },
    { guide: 'strong', seed: 1 },
    { guide: 'none' },
    { manner: 'restore' },
  ];

  it('are those without one, whatever was wished before', async () => {
    const memory = new FillMemory();
    for (const wish of wishes) {
      const alone = await fillHole(requestOf(counted().generator, wish));
      const shared = await fillHole(requestOf(counted().generator, { ...wish, memory }));
      expect(samplesOf(shared)).toEqual(samplesOf(alone));
    }
  });

  it('ask the network once for all variants of a hole', async () => {
    const memory = new FillMemory();
    const { generator, asked } = counted();
    await fillHole(requestOf(generator, { memory }));
    const once = asked();
    for (const wish of wishes) await fillHole(requestOf(generator, { ...wish, memory }));
    expect(asked()).toBe(once);
  });

  it('ask it once where the hole is so deep that it is seen at half the size as well', async () => {
    const memory = new FillMemory();
    const { generator, asked } = counted('a', { trainedSide: 32 });
    await fillHole(requestOf(generator, { memory }));
    const once = asked();
    expect(once).toBeGreaterThan(2);
    await fillHole(requestOf(generator, { memory, manner: 'restore' }));
    expect(asked()).toBe(once);
  });

  it('ask again for other weights, another hole, and after all is forgotten', async () => {
    const memory = new FillMemory();
    await fillHole(requestOf(counted().generator, { memory }));
    const other = counted('b');
    await fillHole(requestOf(other.generator, { memory }));
    expect(other.asked()).toBeGreaterThan(0);
    const moved = counted();
    const hole = new BitPlane(SIDE, SIDE);
    hole.fillRect({ x: 40, y: 60, width: 30, height: 24 }, true);
    await fillHole(requestOf(moved.generator, { hole, memory }));
    expect(moved.asked()).toBeGreaterThan(0);
    memory.forget();
    const again = counted();
    await fillHole(requestOf(again.generator, { memory }));
    expect(again.asked()).toBeGreaterThan(0);
  });

  it('remember nothing of a generator whose weights are not known', async () => {
    const memory = new FillMemory();
    const unknown = fakeGenerator(meanColour());
    expect(memory.remembering(unknown)).toBe(unknown);
  });
});
