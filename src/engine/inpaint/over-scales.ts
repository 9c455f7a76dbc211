/**
 * Holes that are deeper than those a generator was trained with. Seen at half the size, such a hole is one it knows; what
 * it says of it there holds for the middle, what it says at full size for the rim.
 */
import { BitPlane } from '../../shared/bit-plane';
import { type Size, rectOf } from '../../shared/geometry';
import type { Generator, GeneratorInput } from './generator';
import { sameKind } from './adjusted-generator';
import { distanceToKnown, smoothStep } from './feather';
import { areaTaps, cubicTaps, resamplePlanes } from '../raster/resample';
import { allUnder, anyUnder, usableCells } from './working-masks';

/**
 * Distances to the rim from which, and up to which, the half-size fill replaces the full-size one, as shares of the side
 * that the generator was trained at. Its holes were at most a quarter of that deep, which is the second; docs/quality.md has the scores.
 */
const REPLACED_FROM = 1 / 32;
const REPLACED_WHOLLY = 1 / 4;
/** Holes that aren't deeper than this share of that side are not halved, and no deeper ones are seen at full size. */
const DEEP = 3 / 16;
/** Share of the half-size fill at that depth. */
const DEEP_SHARE = smoothStep((DEEP - REPLACED_FROM) / (REPLACED_WHOLLY - REPLACED_FROM));

/**
 * The generator, looking at deep holes at half of the size as well, and at the half of that. The same generator where it isn't
 * known what side it was trained at.
 */
export function overScales(generator: Generator): Generator {
  const { sizeMultiple, trainedSide, fixedSide, weights } = generator;
  if (trainedSide === undefined || fixedSide !== undefined) return generator;
  const whole: Generator = {
    ...sameKind(generator),
    // Its answers follow from the weights as well.
    ...(weights === undefined ? {} : { weights }),
    async coarse(input, signal) {
      const half = halfOf(input, trainedSide, sizeMultiple);
      if (half === null) return generator.coarse(input, signal);
      const smaller = await whole.coarse(half.input, signal);
      const far = doubled(inHole(smaller, half.input), half.input);
      const near = await generator.coarse(withMiddle(input, far, half.share), signal);
      return mixed(near, far, half.share);
    },
    async refine(input, coarse, signal) {
      const near = await generator.refine(input, coarse, signal);
      const half = halfOf(input, trainedSide, sizeMultiple);
      if (half === null || usableCells(half.input.source, half.input) === 0) return near;
      const start = halved(inHole(coarse, input), input);
      const far = await whole.refine(half.input, start, signal);
      // What it adds there, to the coarse fill as it is here: that one's details would be lost on the way.
      const added = doubled(
        far.image.map((value, at) => value - start[at]),
        half.input,
      );
      const image = mixed(
        near.image,
        added.map((value, at) => coarse[at] + value),
        half.share,
      );
      return { image };
    },
  };
  return whole;
}

interface Half {
  readonly input: GeneratorInput;
  /** height x width of the whole input: how much of the half-size fill is taken. */
  readonly share: Float32Array;
}

/** Null where the hole is nowhere deep enough, or the input cannot be halved. */
function halfOf(input: GeneratorInput, trainedSide: number, sizeMultiple: number): Half | null {
  const { width, height } = input;
  if (width % (2 * sizeMultiple) !== 0 || height % (2 * sizeMultiple) !== 0) return null;
  const planes = { hole: planeOf(input.hole, input), source: planeOf(input.source, input) };
  const share = sharesOf(planes.hole, trainedSide);
  if (share === null) return null;
  const size = { width: width / 2, height: height / 2 };
  const hole = anyUnder(planes.hole, rectOf(input), size, 'off');
  const source = allUnder(planes.source, rectOf(input), size, 'off');
  const image = halved(input.image, input);
  for (let at = 0; at < image.length; at++) if (hole[at % hole.length] === 1) image[at] = 0;
  return { input: { ...input, ...size, image, hole, source }, share };
}

function planeOf(mask: Float32Array, { width, height }: Size): BitPlane {
  const plane = new BitPlane(width, height);
  mask.forEach((value, at) => {
    if (value > 0) plane.set(at % width, Math.floor(at / width), true);
  });
  return plane;
}

/** Null where the hole is nowhere deep. */
function sharesOf(hole: BitPlane, trainedSide: number): Float32Array | null {
  const [from, to] = [REPLACED_FROM * trainedSide, REPLACED_WHOLLY * trainedSide];
  const distances = distanceToKnown(hole, rectOf(hole), to);
  if (!distances.some((distance) => distance > DEEP * trainedSide)) return null;
  return distances.map((distance) => smoothStep((distance - from) / (to - from)));
}

/**
 * The input with what is deep in the hole already filled, as if it were known, so that the generator sees no hole that is
 * deeper than most it was trained with. In deeper ones its colours may run away, to specks of black and white.
 * @param fill 3 x height x width
 */
function withMiddle(input: GeneratorInput, fill: Float32Array, share: Float32Array): GeneratorInput {
  const filled = (at: number): boolean => input.hole[at] > 0 && share[at] > DEEP_SHARE;
  const image = input.image.map((value, at) => (filled(at % share.length) ? fill[at] : value));
  const hole = input.hole.map((value, at) => (filled(at) ? 0 : value));
  return { ...input, image, hole };
}

/** The fill in the hole, the known pixels around it. */
function inHole(fill: Float32Array, { image, hole }: GeneratorInput): Float32Array {
  return fill.map((value, at) => (hole[at % hole.length] > 0 ? value : image[at]));
}

/** 3 x height x width -> 3 x height/2 x width/2 */
function halved(planes: Float32Array, size: Size): Float32Array {
  return resamplePlanes(planes, size, areaTaps(size.width, size.width / 2), areaTaps(size.height, size.height / 2));
}

/** 3 x height x width -> 3 x 2 height x 2 width */
function doubled(planes: Float32Array, size: Size): Float32Array {
  const { width, height } = size;
  return resamplePlanes(planes, size, cubicTaps(width, 2, 0, 2 * width), cubicTaps(height, 2, 0, 2 * height));
}

function mixed(near: Float32Array, far: Float32Array, share: Float32Array): Float32Array {
  return near.map((value, at) => value + share[at % share.length] * (far[at] - value));
}
