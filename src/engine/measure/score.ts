import { type Comparison, type Errors, errorsOf, type GradientEnergy, gradientEnergy } from './comparison';
import { WassersteinPatches } from './sliced-wasserstein';
import { structuralSimilarity } from './structural-similarity';

/** Keeps the ratio to a flat picture finite. */
const TINY = 1e-12;

export interface PictureScore extends Errors {
  readonly name: string;
  /** Share of the picture that is hole, in percent. */
  readonly hole: number;
  readonly ssim: number;
  /** Gradient energy inside the hole, result / truth: 1 ideal, blurry < 1, noisy > 1. */
  readonly gradient: number;
  /** Distance in learnt features (perceptual-distance.ts); null where it was not measured. */
  readonly perceptual: number | null;
}

/** Means over the pictures, unless said otherwise. */
export interface SetScore extends Errors {
  readonly pictures: number;
  readonly hole: number;
  readonly ssim: number;
  /** Of the sums over the set. */
  readonly gradient: number;
  /** The same over pixel pairs across the hole's edge, of the sums over the set: > 1 is a visible seam. */
  readonly seam: number;
  /** Sliced Wasserstein distance times 1000; null where no picture has room for a patch. */
  readonly swd: number | null;
  /** null where it was not measured. */
  readonly perceptual: number | null;
  /** Largest over the set. */
  readonly known: number;
}

/** Scores filled pictures against the true ones. */
export class ScoreBoard {
  readonly pictures: PictureScore[] = [];
  private readonly patches = new WassersteinPatches();
  private readonly energies: { readonly truth: GradientEnergy; readonly result: GradientEnergy }[] = [];

  /**
   * @param index place of the picture in the whole set, sorted by name: the patches of the sliced Wasserstein distance
   * depend on it
   * @param perceptual distance in learnt features, where it was measured
   */
  add(
    name: string,
    comparison: Comparison,
    index: number = this.pictures.length,
    perceptual: number | null = null,
  ): PictureScore {
    const { truth, result, hole } = comparison;
    const energy = {
      truth: gradientEnergy(truth, hole, comparison),
      result: gradientEnergy(result, hole, comparison),
    };
    const score: PictureScore = {
      name,
      hole: (100 * hole.reduce((sum, value) => sum + value, 0)) / hole.length,
      ...errorsOf(comparison),
      ssim: structuralSimilarity(truth, result, comparison),
      gradient: energy.result.inside / Math.max(energy.truth.inside, TINY),
      perceptual,
    };
    this.energies.push(energy);
    this.patches.add(comparison, index);
    this.pictures.push(score);
    return score;
  }

  /** @throws RangeError when nothing was added */
  total(): SetScore {
    const { pictures, energies } = this;
    if (pictures.length === 0) throw new RangeError('no picture was scored');
    const mean = (pick: (score: PictureScore) => number): number =>
      pictures.reduce((sum, score) => sum + pick(score), 0) / pictures.length;
    const ratio = (part: keyof GradientEnergy): number => {
      const sum = (side: 'truth' | 'result'): number => energies.reduce((total, each) => total + each[side][part], 0);
      return sum('result') / Math.max(sum('truth'), TINY);
    };
    return {
      pictures: pictures.length,
      hole: mean(({ hole }) => hole),
      l1: mean(({ l1 }) => l1),
      l2: mean(({ l2 }) => l2),
      holeL1: mean(({ holeL1 }) => holeL1),
      holeL2: mean(({ holeL2 }) => holeL2),
      psnr: mean(({ psnr }) => psnr),
      ssim: mean(({ ssim }) => ssim),
      gradient: ratio('inside'),
      seam: ratio('across'),
      swd: this.patches.distance(),
      perceptual: pictures.every((score) => score.perceptual !== null) ? mean((score) => score.perceptual ?? 0) : null,
      known: pictures.reduce((largest, { known }) => Math.max(largest, known), 0),
    };
  }
}
