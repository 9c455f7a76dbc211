import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { StudioError } from '../../shared/errors';
import { fakeGenerator, meanColour } from '../testing/fake-generators';
import { effortsFor, isOutOfMemory } from './fill-effort';
import { fillHole } from './fill-hole';
import type { FillEffort } from '../../shared/protocol/fills';
import type { FillHoleRequest } from './fill-request';

const SIDE = 600;
const LEAST: FillEffort = { workingSize: 128, detailStep: 8 };

function requestWith(change: Partial<FillHoleRequest>): FillHoleRequest {
  const samples = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => (i * 37 + (i >> 9) * 11) % 256);
  const hole = new BitPlane(SIDE, SIDE);
  hole.fillRect({ x: 200, y: 180, width: 160, height: 150 }, true);
  const generator = fakeGenerator(meanColour());
  return {
    picture: { width: SIDE, height: SIDE, channels: 3, depth: 8, samples },
    hole,
    source: null,
    generator,
    workingSize: 512,
    ...change,
  };
}

/** A generator whose larger crops do not fit into memory. */
function starved(largest: number, thrown: () => Error) {
  const paint = meanColour();
  return fakeGenerator(paint, {
    refine: (input) => (input.width > largest ? Promise.reject(thrown()) : Promise.resolve({ image: paint(input) })),
  });
}

async function filled(request: FillHoleRequest) {
  const efforts: FillEffort[] = [];
  const fractions: number[] = [];
  const patches = await fillHole({
    ...request,
    onReduced: (effort) => efforts.push(effort),
    onProgress: (_, fraction) => fractions.push(fraction),
  });
  return { patches, efforts, fractions, pixels: patches.reduce((sum, { hole }) => sum + hole.count(), 0) };
}

describe('a fill for which memory does not suffice', () => {
  it('takes what was asked for where it does', async () => {
    const { efforts, pixels } = await filled(requestWith({}));
    expect(efforts).toEqual([]);
    expect(pixels).toBe(160 * 150);
  });

  it('is done with the least effort under the tiniest bound, and says so', async () => {
    const { efforts, pixels, patches } = await filled(requestWith({ memoryLimit: 1 }));
    expect(efforts).toEqual([LEAST]);
    expect(pixels).toBe(160 * 150);
    // It still has grain of the picture, if a coarse one.
    expect(new Set(patches[0].samples).size).toBeGreaterThan(20);
  });

  it('keeps the network’s size and makes its detail coarser first', async () => {
    const { efforts } = await filled(requestWith({ memoryLimit: 670e6 }));
    expect(efforts).toEqual([{ workingSize: 512, detailStep: 2 }]);
  });

  it.each([
    ['the network’s process', () => new StudioError({ code: 'out-of-memory', message: 'No.', remedy: '' })],
    ['an array', () => new RangeError('Array buffer allocation failed')],
  ])('is begun anew, smaller, when memory for %s fails on the way', async (_, thrown) => {
    const { efforts, pixels, fractions } = await filled(requestWith({ generator: starved(256, thrown) }));
    expect(efforts.at(-1)?.workingSize).toBe(256);
    expect(pixels).toBe(160 * 150);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('fails with what can be done about it when even the smallest does not fit', async () => {
    const generator = starved(0, () => new RangeError('Array buffer allocation failed'));
    const error: unknown = await fillHole(requestWith({ generator })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StudioError);
    expect(error).toMatchObject({ code: 'out-of-memory', remedy: expect.stringContaining('smaller parts') as string });
  });

  it('is not begun anew for any other failure', async () => {
    const generator = starved(0, () => new RangeError('index out of range'));
    await expect(fillHole(requestWith({ generator, onReduced: () => expect.unreachable() }))).rejects.toThrow('index');
    expect(isOutOfMemory(new StudioError({ code: 'cancelled', message: '', remedy: '' }))).toBe(false);
  });
});

it('efforts fall in turn in detail and in size, down to the smallest of both', () => {
  const generator = fakeGenerator(meanColour());
  expect(
    effortsFor({ workingSize: 512, generator }).map(({ workingSize, detailStep }) => [workingSize, detailStep]),
  ).toEqual([
    [512, 1],
    [512, 2],
    [384, 2],
    [384, 4],
    [256, 4],
    [256, 8],
    [128, 8],
  ]);
  expect(effortsFor({ workingSize: 256, detail: 0, generator }).map(({ workingSize }) => workingSize)).toEqual([
    256, 128,
  ]);
  const fixed = fakeGenerator(meanColour(), { fixedSide: 512 });
  expect(effortsFor({ workingSize: 512, generator: fixed }).map(({ detailStep }) => detailStep)).toEqual([1, 2, 4, 8]);
});
