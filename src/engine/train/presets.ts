import type { Preset } from '../../shared/training';

/** What a preset sets; everything else keeps its default (config.ts). A base model brings its architecture besides (new-run.ts). */
export type ConfigChanges = Readonly<Record<string, unknown>>;

const MEASURED = { share: 0.1, every: 100, crops: 16 };

/**
 * Sensible starting points. Their rates are those that models/default was trained with, not the paper's 1e-4: FACTS of
 * small budgets (a constant 1e-4 crawls; cosine decay gives half of the gain in its last third).
 */
export const PRESET_CONFIGS: Readonly<Record<Preset, ConfigChanges>> = {
  /** Half an hour on a processor: reconstruction only, so nothing can go wrong with critics. */
  'quick-fine-tune': {
    side: 128,
    batch: 4,
    steps: 2000,
    weights: { adversarial: 0 },
    optimiser: { rate: 3e-4, warmup: 50, schedule: 'cosine' },
    validation: MEASURED,
    checkpointEvery: 100,
  },
  /**
   * Learnt features teach: perceptual loss and critics of features beside the errors of pixels, and no critics of pictures. The
   * weights are those of an experiment on 626 photographs, one run, nothing tuned: from the default model, in 3,400 steps of 6
   * crops of 128, the gradient in holes rose from 0.03 and 0.05 of the truth's (boxes, strokes) to 0.13 and 0.25, and the
   * sliced Wasserstein distance fell from 280 and 208 to 222 and 148.
   */
  'sharp-and-natural': {
    side: 128,
    batch: 6,
    steps: 9000,
    discount: 1,
    criticSteps: 1,
    // Of errors in pixels 1 on the coarse output and 0.6 on the refined one.
    weights: { hole: 0.6, coarse: 1 / 0.6, known: 0, perceptual: 2, adversarial: 0, projected: 0.15 },
    optimiser: { rate: 3e-4, beta2: 0.99, clipNorm: 5, warmup: 200, schedule: 'cosine' },
    averageDecay: 0.996,
    validation: MEASURED,
    checkpointEvery: 100,
  },
  /** The paper's method, critics and all, on a machine that has days, or a GPU. */
  full: {
    side: 256,
    batch: 16,
    steps: 100_000,
    validation: { share: 0.05, every: 1000, crops: 64 },
    checkpointEvery: 500,
  },
  /** One kind of material in few pictures: small crops, critics with adaptive augmentation against overfitting. */
  'texture-specialist': {
    side: 96,
    batch: 4,
    steps: 3000,
    maxShrink: 1.5,
    criticSteps: 1,
    optimiser: { rate: 3e-4, warmup: 50, schedule: 'cosine' },
    validation: MEASURED,
    checkpointEvery: 100,
  },
};
