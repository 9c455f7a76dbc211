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
