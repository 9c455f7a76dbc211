/** Generators for tests: they keep to the interface's rules and check that their caller does. */
import type { Generator, GeneratorInput } from '../inpaint/generator';

type Paint = (input: GeneratorInput) => Float32Array;

export interface FakeGenerator extends Generator {
  /** Every input of a refine call, in order. */
  readonly seen: GeneratorInput[];
}

/** A generator whose both stages are the same function of the input. */
export function fakeGenerator(paint: Paint, change: Partial<Generator> = {}): FakeGenerator {
  const seen: GeneratorInput[] = [];
  return {
    id: 'fake',
    capabilities: { sourceRegion: true, coarse: true },
    sizeMultiple: 8,
    coarse: async (input) => paint(checked(input)),
    refine: async (input) => {
      seen.push(input);
      return { image: paint(checked(input)) };
    },
    ...change,
    seen,
  };
}

/** Known pixels as they are, the hole in the mean of the known ones; plus a cast of the same colour everywhere. */
export function meanColour(cast: readonly [number, number, number] = [0, 0, 0]): Paint {
  return ({ image, hole }) => {
    const area = hole.length;
    const result = new Float32Array(3 * area);
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      let count = 0;
      for (let i = 0; i < area; i++) {
        if (hole[i] === 1) continue;
        sum += image[c * area + i];
        count++;
      }
      const mean = count > 0 ? sum / count : 0;
      for (let i = 0; i < area; i++) result[c * area + i] = (hole[i] === 1 ? mean : image[c * area + i]) + cast[c];
    }
    return result;
  };
}

/** The same colour everywhere, whatever the picture. */
export function flatColour(value: number): Paint {
  return ({ image }) => new Float32Array(image.length).fill(value);
}

function checked(input: GeneratorInput): GeneratorInput {
  const { width, height, image, hole, source } = input;
  const area = width * height;
  if (width % 8 !== 0 || height % 8 !== 0) throw new Error(`sides must be multiples of 8, not ${width} x ${height}`);
  if (image.length !== 3 * area || hole.length !== area || source.length !== area)
    throw new Error('planes of a wrong size');
  for (let i = 0; i < area; i++) {
    if (hole[i] === 1 && source[i] === 1) throw new Error('a pixel is both hole and source');
    if (hole[i] === 1 && image[i] !== 0) throw new Error('the hole is not blank');
  }
  if (!image.every((value) => value >= -1.00001 && value <= 1.00001)) throw new Error('colours outside [-1, 1]');
  return input;
}
