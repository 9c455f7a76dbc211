/** The same network looking otherwise: on a crop that is mirrored or lies on its side, or with a sharper attention. */
import { errorFor } from '../../shared/error-texts';
import type { Size } from '../../shared/geometry';
import type { LatentVariant } from '../../shared/latent-variant';
import type { FillSettings } from '../../shared/protocol/fills';
import type { Generator, GeneratorInput } from './generator';

export type Orientation = FillSettings['orientation'];

/** The generator as a fill's settings want it. */
export function adjustedGenerator(
  generator: Generator,
  { attentionScale, orientation, variant }: Pick<FillSettings, 'attentionScale' | 'orientation' | 'variant'>,
): Generator {
  const varied = variant === null ? generator : variedGenerator(generator, variant);
  return orientedGenerator(attentionScale === null ? varied : scaledGenerator(varied, attentionScale), orientation);
}

/** The generator giving another of its fills. @throws StudioError `bad-request` when it has only one */
export function variedGenerator(generator: Generator, variant: LatentVariant): Generator {
  if (generator.capabilities.latent !== true) throw errorFor('no-latent', { name: generator.id });
  return {
    ...sameKind(generator),
    coarse: (input, signal) => generator.coarse({ ...input, variant }, signal),
    refine: (input, coarse, signal) => generator.refine({ ...input, variant }, coarse, signal),
  };
}

function scaledGenerator(generator: Generator, attentionScale: number): Generator {
  return {
    ...sameKind(generator),
    coarse: (input, signal) => generator.coarse(input, signal),
    refine: (input, coarse, signal) => generator.refine({ ...input, attentionScale }, coarse, signal),
  };
}

/** All of a generator but its stages. It may be a class, so it is not simply spread. */
export function sameKind(generator: Generator): Omit<Generator, 'coarse' | 'refine'> {
  const { id, capabilities, sizeMultiple, fixedSide, trainedSide } = generator;
  return {
    id,
    capabilities,
    sizeMultiple,
    ...(fixedSide === undefined ? {} : { fixedSide }),
    ...(trainedSide === undefined ? {} : { trainedSide }),
  };
}

/** A generator that sees every crop in this orientation, and whose fills are turned back. */
function orientedGenerator(generator: Generator, orientation: Orientation): Generator {
  if (orientation === 'upright') return generator;
  const back = OPPOSITE[orientation];
  const seen = (input: GeneratorInput): GeneratorInput => ({
    ...input,
    ...orientedSize(input, orientation),
    image: orient(input.image, input, orientation),
    hole: orient(input.hole, input, orientation),
    source: orient(input.source, input, orientation),
  });
  return {
    ...sameKind(generator),
    coarse: async (input, signal) => {
      const turned = seen(input);
      return orient(await generator.coarse(turned, signal), turned, back);
    },
    refine: async (input, coarse, signal) => {
      const turned = seen(input);
      const { image } = await generator.refine(turned, orient(coarse, input, orientation), signal);
      return { image: orient(image, turned, back) };
    },
  };
}

const OPPOSITE = {
  upright: 'upright',
  mirrored: 'mirrored',
  'quarter-left': 'quarter-right',
  'quarter-right': 'quarter-left',
} as const satisfies Record<Orientation, Orientation>;

function orientedSize({ width, height }: Size, orientation: Orientation): Size {
  return orientation === 'upright' || orientation === 'mirrored' ? { width, height } : { width: height, height: width };
}

/**
 * Planes of a size, mirrored left to right or turned by a quarter.
 * @param planes any number x size.height x size.width
 * @returns as many planes of the oriented size
 */
export function orient(planes: Float32Array, size: Size, orientation: Orientation): Float32Array {
  const { width, height } = size;
  const to = orientedSize(size, orientation);
  const area = width * height;
  const result = new Float32Array(planes.length);
  for (let plane = 0; plane < planes.length; plane += area) {
    for (let y = 0, at = plane; y < to.height; y++) {
      for (let x = 0; x < to.width; x++, at++) result[at] = planes[plane + placeBefore(x, y, size, orientation)];
    }
  }
  return result;
}

/** Where a pixel of the oriented plane lies in the plane before, as an index. */
function placeBefore(x: number, y: number, { width, height }: Size, orientation: Orientation): number {
  switch (orientation) {
    case 'upright':
      return y * width + x;
    case 'mirrored':
      return y * width + (width - 1 - x);
    case 'quarter-left':
      return x * width + (width - 1 - y);
    case 'quarter-right':
      return (height - 1 - x) * width + y;
  }
}
