import type { CompiledGraph } from '../runtime/runtime';
import type { Batch, BatchMaker } from './batches';
import type { TrainConfig } from './config';
import { VALIDATION_STREAM, validationDraws } from './run-data';

/** Means over the validation's crops, in the units of measure/comparison.ts. */
export interface ValidationScore {
  /** Mean |d| inside the hole, percent of the full range. */
  readonly holeL1: number;
  /** dB, whole crops. */
  readonly psnr: number;
}

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
  let [holeL1, psnr, count] = [0, 0, 0];
  for (let draw = 0; draw < validationDraws(config); draw++) {
    const batch = await maker.draw(VALIDATION_STREAM, draw);
    const { complete } = await fill.run({ ...batch, generator });
    for (const score of scoresOf(batch, complete, config.side)) {
      holeL1 += score.holeL1;
      psnr += score.psnr;
      count++;
    }
  }
  return { holeL1: holeL1 / count, psnr: psnr / count };
}

/** Of each picture of a batch. @param complete like batch.image, in [-1, 1] */
export function scoresOf({ image, hole }: Pick<Batch, 'image' | 'hole'>, complete: Float32Array, side: number) {
  const area = side * side;
  return Array.from({ length: hole.length / area }, (_, index): ValidationScore => {
    let [sum, squares, holePixels] = [0, 0, 0];
    for (let pixel = 0; pixel < area; pixel++) {
      const inside = hole[index * area + pixel];
      holePixels += inside;
      for (let channel = 0; channel < 3; channel++) {
        const at = (index * 3 + channel) * area + pixel;
        const d = Math.abs(complete[at] - image[at]) / 2;
        sum += inside * d;
        squares += d * d;
      }
    }
    const mse = squares / (3 * area);
    return {
      holeL1: (100 * sum) / Math.max(1, 3 * holePixels),
      psnr: mse > 0 ? Math.min(BEST_PSNR, -10 * Math.log10(mse)) : BEST_PSNR,
    };
  });
}
