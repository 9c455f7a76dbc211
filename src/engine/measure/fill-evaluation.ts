/** Scores of pictures with fixed holes: filled by a model, or by anything else. */
import type { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import { readMask } from '../image/mask-file';
import { applyPatches } from '../image/patches';
import type { Picture, Samples } from '../image/picture';
import { sampleTo8 } from '../image/planes';
import { readPicture } from '../image/read-picture';
import { fillHole } from '../inpaint/fill-hole';
import type { FillManner } from '../../shared/protocol/values';
import type { Generator } from '../inpaint/generator';
import type { Comparison } from './comparison';
import type { PerceptualDistance } from './perceptual-distance';
import { type PictureScore, ScoreBoard, type SetScore } from './score';

export interface EvaluatedFile {
  /** Of the picture, without ending. */
  readonly name: string;
  readonly photo: string;
  /** White is the hole. */
  readonly mask: string;
}

export interface Evaluation {
  readonly scores: SetScore;
  readonly pictures: readonly PictureScore[];
  /** Of the fills alone, on average; null where nothing was filled here. */
  readonly secondsAFill: number | null;
}

export interface EvaluationOptions {
  /** Longest side of what the network sees, pixels. */
  readonly workingSize: number;
  /** 'restore' when left out. */
  readonly manner?: FillManner;
  /** 0..1; 0 is the network alone. 1 when left out. */
  readonly detail?: number;
  readonly signal?: AbortSignal;
  /** Measures in learnt features too; left out where their weights are not there. */
  readonly perceptual?: PerceptualDistance;
  /** Called after each picture. */
  readonly onPicture?: (file: EvaluatedFile, comparison: Comparison, score: PictureScore) => Promise<void> | void;
}

/**
 * Fills every picture as the app does, and scores the results.
 * @param files sorted by name; at least one
 * @throws StudioError as readPicture, readMask and fillHole do; `hole-empty` for a mask without a white pixel
 */
export async function evaluateGenerator(
  files: readonly EvaluatedFile[],
  generator: Generator,
  { workingSize, manner = 'restore', detail = 1, signal, perceptual, onPicture }: EvaluationOptions,
): Promise<Evaluation> {
  const board = new ScoreBoard();
  let milliseconds = 0;
  for (const [index, file] of files.entries()) {
    const { picture, hole } = await readPair(file);
    const start = performance.now();
    const patches = await fillHole({
      picture,
      hole,
      source: null,
      generator,
      workingSize,
      manner,
      detail,
      ...(signal === undefined ? {} : { signal }),
    });
    milliseconds += performance.now() - start;
    const comparison = compare(picture, hole, applyPatches(picture, patches), picture);
    const score = board.add(file.name, comparison, index, await perceptual?.of(comparison));
    await onPicture?.(file, comparison, score);
  }
  return {
    scores: board.total(),
    pictures: board.pictures,
    secondsAFill: milliseconds / 1000 / files.length,
  };
}

/**
 * Scores results that are there already.
 * @param resultOf the file with the result for a picture
 * @throws StudioError as `evaluateGenerator`, and `bad-request` when a result has another size than its picture
 */
export async function evaluateResults(
  files: readonly EvaluatedFile[],
  resultOf: (file: EvaluatedFile) => string,
  { perceptual, onPicture }: Pick<EvaluationOptions, 'perceptual' | 'onPicture'> = {},
): Promise<Evaluation> {
  const board = new ScoreBoard();
  for (const [index, file] of files.entries()) {
    const { picture, hole } = await readPair(file);
    const path = resultOf(file);
    const result = await readPicture(path);
    if (result.width !== picture.width || result.height !== picture.height) {
      const { width, height } = result;
      const sizes = { width, height, pictureWidth: picture.width, pictureHeight: picture.height };
      throw errorFor('result-of-other-size', sizes, { file: path });
    }
    const comparison = compare(picture, hole, result.samples, result);
    const score = board.add(file.name, comparison, index, await perceptual?.of(comparison));
    await onPicture?.(file, comparison, score);
  }
  return { scores: board.total(), pictures: board.pictures, secondsAFill: null };
}

async function readPair({ photo, mask }: EvaluatedFile): Promise<{ picture: Picture; hole: BitPlane }> {
  const picture = await readPicture(photo);
  const { hole } = await readMask(mask, picture);
  if (hole.isEmpty()) throw errorFor('mask-without-white', {}, { file: mask });
  return { picture, hole };
}

function compare(
  picture: Picture,
  hole: BitPlane,
  samples: Samples,
  { channels, depth }: Pick<Picture, 'channels' | 'depth'>,
): Comparison {
  return {
    width: picture.width,
    height: picture.height,
    truth: rgb8(picture.samples, picture),
    result: rgb8(samples, { channels, depth }),
    hole: hole.toBytes(1),
  };
}

/** Interleaved 8-bit RGB; alpha is dropped. */
function rgb8(samples: Samples, { channels, depth }: Pick<Picture, 'channels' | 'depth'>): Uint8Array {
  const pixels = samples.length / channels;
  const rgb = new Uint8Array(3 * pixels);
  for (let pixel = 0, to = 0; pixel < pixels; pixel++) {
    for (let c = 0; c < 3; c++, to++) {
      const sample = samples[pixel * channels + c];
      rgb[to] = depth === 8 ? sample : sampleTo8(sample);
    }
  }
  return rgb;
}
