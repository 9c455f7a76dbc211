import type { ValidationScore } from '../../shared/training';
import type { Comparison } from '../measure/comparison';
import type { PerceptualDistance } from '../measure/perceptual-distance';
import { ScoreBoard } from '../measure/score';
import type { Values } from '../runtime/runtime';
import type { Batch, BatchMaker } from './batches';
import type { TrainConfig } from './config';
import { ENOUGH_CROPS } from './measure-graphs';
import { VALIDATION_STREAM, validationDraws } from './run-data';
import type { Stepper } from './stepper';

/** Fills the crops that are kept back and compares them with what was there, by the scorer of `evaluate`. */
export async function validate(
  stepper: Pick<Stepper, 'fill' | 'score'>,
  { training, validation }: { readonly training: BatchMaker; readonly validation: BatchMaker },
  config: TrainConfig,
  perceptual: PerceptualDistance | null = null,
): Promise<ValidationScore> {
  const board = new ScoreBoard();
  const colours: HoleColours[] = [];
  const verdicts = new Verdicts();
  for (let draw = 0; draw < validationDraws(config); draw++) {
    const batch = await validation.draw(VALIDATION_STREAM, draw);
    const complete = await stepper.fill(batch);
    for (const comparison of comparisonsOf(batch, complete, config.side)) {
      const { length } = board.pictures;
      board.add(String(length), comparison, length, await perceptual?.of(comparison));
      colours.push(coloursOf(comparison));
    }
    if (stepper.score === null) continue;
    const trained = await training.draw(VALIDATION_STREAM, draw);
    const fills = { ...trained, image: await stepper.fill(trained) };
    verdicts.add(await stepper.score(trained), await stepper.score(batch), await stepper.score(fills));
  }
  const { pictures: _, hole: __, seam: ___, known: ____, ...scores } = board.total();
  return {
    ...scores,
    variety: colours.length < ENOUGH_CROPS ? null : varietyOf(colours),
    ...verdicts.overfitting(),
  };
}

/** What r_v of each critic is called, by what the score graph calls its scores. */
const OVERFITTING = { globalScore: 'rvGlobal', localScore: 'rvLocal', projectedScore: 'rvProjected' } as const;
type Score = keyof typeof OVERFITTING;
const SCORES = Object.keys(OVERFITTING) as readonly Score[];

/** Sums of the critics' scores of training pictures, of those that are kept back, and of fills. */
class Verdicts {
  private readonly sums = new Map<Score, number[]>();

  add(...[trained, keptBack, fills]: readonly [Values, Values, Values]): void {
    for (const name of SCORES.filter((known) => known in trained)) {
      const before = this.sums.get(name) ?? [0, 0, 0];
      const batch = [trained, keptBack, fills].map((scores) => scores[name].reduce((sum, score) => sum + score, 0));
      this.sums.set(
        name,
        before.map((sum, i) => sum + batch[i]),
      );
    }
  }

  /** r_v = (E D(train) - E D(kept back)) / (E D(train) - E D(fills)) (arXiv 2006.06676, eq. 1). */
  overfitting(): Readonly<Partial<Record<(typeof OVERFITTING)[Score], number>>> {
    const ratio = ([trained, keptBack, fills]: readonly number[]): number => {
      const span = trained - fills;
      return span === 0 ? 0 : (trained - keptBack) / span;
    };
    return Object.fromEntries([...this.sums].map(([name, sums]) => [OVERFITTING[name], ratio(sums)]));
  }
}

/** Mean colours inside the hole, of the fill and of the picture. */
interface HoleColours {
  readonly filled: readonly number[];
  readonly truth: readonly number[];
}

function coloursOf({ result, truth, hole }: Comparison): HoleColours {
  const [filled, actual] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  let count = 0;
  hole.forEach((inside, pixel) => {
    if (inside === 0) return;
    count++;
    for (let c = 0; c < 3; c++) {
      filled[c] += result[3 * pixel + c];
      actual[c] += truth[3 * pixel + c];
    }
  });
  const mean = (sums: readonly number[]): number[] => sums.map((sum) => sum / Math.max(1, count));
  return { filled: mean(filled), truth: mean(actual) };
}

/** Deviation of the fills' colours over that of the pictures' own. */
function varietyOf(colours: readonly HoleColours[]): number {
  const deviation = (pick: (each: HoleColours) => readonly number[]): number =>
    [0, 1, 2].reduce((sum, c) => {
      const values = colours.map((each) => pick(each)[c]);
      const centre = values.reduce((total, value) => total + value, 0) / values.length;
      return sum + Math.sqrt(values.reduce((total, value) => total + (value - centre) ** 2, 0) / values.length);
    }, 0);
  return (
    deviation(({ filled }) => filled) /
    Math.max(
      1e-4,
      deviation(({ truth }) => truth),
    )
  );
}

/** Each picture of a batch and its fill as 8-bit pictures. @param complete like batch.image, in [-1, 1] */
export function comparisonsOf(
  { image, hole }: Pick<Batch, 'image' | 'hole'>,
  complete: Float32Array,
  side: number,
): Comparison[] {
  const area = side * side;
  const toBytes = (planes: Float32Array, index: number): Uint8Array => {
    const bytes = new Uint8Array(3 * area);
    for (let pixel = 0; pixel < area; pixel++) {
      for (let c = 0; c < 3; c++) {
        const value = (planes[(index * 3 + c) * area + pixel] + 1) * 127.5;
        bytes[3 * pixel + c] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
    return bytes;
  };
  return Array.from({ length: hole.length / area }, (_, index) => ({
    width: side,
    height: side,
    truth: toBytes(image, index),
    result: toBytes(complete, index),
    hole: Uint8Array.from(hole.subarray(index * area, (index + 1) * area)),
  }));
}
