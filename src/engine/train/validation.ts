import type { ValidationScore } from '../../shared/training';
import type { CompiledGraph } from '../runtime/runtime';
import type { Batch, BatchMaker } from './batches';
import type { TrainConfig } from './config';
import { VALIDATION_STREAM, validationDraws } from './run-data';

/** Fewer crops say too little about variety. */
const ENOUGH_CROPS = 8;

/** PSNR of equal pictures, and the most that is reported. */
const BEST_PSNR = 100;

/**
 * Fills the crops that are kept back and compares them with what was there.
 * @param fill the run's fillGraph
 * @param generator flat values
 */
export async function validate(
  fill: CompiledGraph,
  generator: Float32Array,
  maker: BatchMaker,
  config: TrainConfig,
): Promise<ValidationScore> {
  const scores: CropScore[] = [];
  for (let draw = 0; draw < validationDraws(config); draw++) {
    const batch = await maker.draw(VALIDATION_STREAM, draw);
    const { complete } = await fill.run({ ...batch, generator });
    scores.push(...scoresOf(batch, complete, config.side));
  }
  const mean = (pick: (score: CropScore) => number): number =>
    scores.reduce((sum, score) => sum + pick(score), 0) / scores.length;
  const spread = (pick: (score: CropScore) => readonly number[]): number =>
    [0, 1, 2].reduce((sum, c) => {
      const centre = mean((score) => pick(score)[c]);
      return sum + Math.sqrt(mean((score) => (pick(score)[c] - centre) ** 2));
    }, 0);
  return {
    holeL1: mean((score) => score.holeL1),
    psnr: mean((score) => score.psnr),
    variety:
      scores.length < ENOUGH_CROPS
        ? null
        : spread(({ filled }) => filled) /
          Math.max(
            1e-6,
            spread(({ truth }) => truth),
          ),
  };
}

interface CropScore {
  readonly holeL1: number;
  readonly psnr: number;
  /** Mean colours inside the hole, of the fill and of the picture. */
  readonly filled: readonly number[];
  readonly truth: readonly number[];
}

/** Of each picture of a batch. @param complete like batch.image, in [-1, 1] */
export function scoresOf({ image, hole }: Pick<Batch, 'image' | 'hole'>, complete: Float32Array, side: number) {
  const area = side * side;
  return Array.from({ length: hole.length / area }, (_, index): CropScore => {
    let [sum, squares, holePixels] = [0, 0, 0];
    const [filled, truth] = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    for (let pixel = 0; pixel < area; pixel++) {
      const inside = hole[index * area + pixel];
      holePixels += inside;
      for (let channel = 0; channel < 3; channel++) {
        const at = (index * 3 + channel) * area + pixel;
        const d = Math.abs(complete[at] - image[at]) / 2;
        sum += inside * d;
        squares += d * d;
        filled[channel] += inside * complete[at];
        truth[channel] += inside * image[at];
      }
    }
    const mse = squares / (3 * area);
    return {
      holeL1: (100 * sum) / Math.max(1, 3 * holePixels),
      psnr: mse > 0 ? Math.min(BEST_PSNR, -10 * Math.log10(mse)) : BEST_PSNR,
      filled: filled.map((total) => total / Math.max(1, holePixels)),
      truth: truth.map((total) => total / Math.max(1, holePixels)),
    };
  });
}
