import { z } from 'zod';
import { architectureSchema } from '../network/architecture';
import { criticOptionsSchema, DEFAULT_CRITICS } from '../network/critic-options';
import { TRAINED_STAGES } from './step-shape';
import { DEFAULT_STYLE_TRAINING, styleTrainingSchema } from './styles';

const PAPERS_WEIGHTS = {
  ...{ hole: 1.2, coarse: 1.2, known: 1.2, structure: 0, perceptual: 0 },
  ...{ adversarial: 0.001, projected: 0, matching: 0, penalty: 10 },
};

/**
 * Everything that decides a training run. The defaults are the paper's (arXiv 1801.07892 and its published code) where it
 * gives one, else measured ones. A run folder keeps its own copy: the run is a function of this and the pictures.
 */
export const trainConfigSchema = z
  .object({
    architecture: architectureSchema.default(architectureSchema.parse({})),
    seed: z.number().int().min(0).max(0xffffffff).default(1),
    /**
     * Which stages learn. `coarse` leaves the refine stage out, so that a step costs less than half; `refine` keeps the coarse
     * stage as it is. `styles` moves what a latent decides alone: mapping, scales, and the layers that are styled.
     * 1801.07892 trains both at once.
     */
    stages: z.enum(TRAINED_STAGES).default('both'),
    /** Generator steps in the whole run. */
    steps: z.number().int().min(1).max(10_000_000).default(10_000),
    /** Pictures a step. */
    batch: z.number().int().min(1).max(256).default(16),
    /** Side of the crops in pixels. 256 in the paper. */
    side: z.number().int().min(32).max(512).multipleOf(16).default(256),
    /** A crop is shrunk by a factor between 1 and this, evenly in its logarithm, as far as the picture is large enough. */
    maxShrink: z.number().min(1).max(16).default(4),
    /** Mirror half of the crops left to right. */
    mirror: z.boolean().default(true),
    /**
     * Greatest change of a crop's colours: brightness moved by up to half of this, contrast and saturation multiplied by
     * up to 1 + this or divided by it. 0 leaves colours as they are.
     */
    colour: z.number().min(0).max(1).default(0),
    masks: z
      .object({
        /** Share of boxes; the others are free-form strokes. */
        boxShare: z.number().min(0).max(1).default(0.5),
        /** Largest side of a box, and reach of a stroke, as a share of the crop's side. */
        maxBox: z.number().min(0.05).max(0.8).default(0.5),
        /** A folder of mask files, white where the hole is, stretched to the crop and mirrored by chance; null: none. */
        folder: z.string().min(1).nullable().default(null),
        /** Share of masks from the folder; the others are drawn as above. */
        folderShare: z.number().min(0).max(1).default(1),
      })
      .default({ boxShare: 0.5, maxBox: 0.5, folder: null, folderShare: 1 }),
    validation: z
      .object({
        /** Share of the pictures, chosen by a hash of their bytes, that is never trained on, at least one; 0: none is kept back. */
        share: z.number().min(0).max(0.9).default(0),
        /** Steps between two measurements. */
        every: z.number().int().min(1).default(500),
        /** Crops measured each time, always the same ones. */
        crops: z.number().int().min(1).max(4096).default(32),
      })
      .default({ share: 0, every: 500, crops: 32 }),
    /** gamma of the spatially discounted loss, per pixel; 1 weighs the whole hole alike. */
    discount: z.number().min(0.5).max(1).default(0.99),
    weights: z
      .object({
        hole: z.number().min(0).default(1.2),
        coarse: z.number().min(0).default(1.2),
        known: z.number().min(0).default(1.2),
        /** On errors averaged over squares (losses.ts): structure learns faster where grain does not count. */
        structure: z.number().min(0).default(0),
        /** On the distance in features learnt on ImageNet (network/learnt-features.ts), which `inpaint-studio features` fetches. */
        perceptual: z.number().min(0).default(0),
        /** On the verdict of the global and the local critic; 0 trains without them. */
        adversarial: z.number().min(0).default(0.001),
        /** On that of critics of the same features (network/projected-critics.ts); 0 trains without them. */
        projected: z.number().min(0).default(0),
        /** On how far the inner layers of the latter tell fill and picture apart (feature matching). */
        matching: z.number().min(0).default(0),
        penalty: z.number().min(0).default(10),
      })
      .refine(({ projected, matching }) => matching === 0 || projected > 0, {
        path: ['matching'],
        message: 'matches features of the critics that weights.projected turns on: give that a weight, too',
      })
      .default(PAPERS_WEIGHTS),
    /** What the critics are and learn (network/critic-options.ts). */
    critics: criticOptionsSchema.default(DEFAULT_CRITICS),
    /** Of an architecture with styles (train/styles.ts). */
    style: styleTrainingSchema.default(DEFAULT_STYLE_TRAINING),
    /** Critic steps a generator step. */
    criticSteps: z.number().int().min(1).max(20).default(5),
    optimiser: z
      .object({
        rate: z.number().positive().max(0.1).default(1e-4),
        beta1: z.number().min(0).max(0.999).default(0.5),
        beta2: z.number().min(0).max(0.9999).default(0.9),
        /** Gradients longer than this are shortened to it. */
        clipNorm: z.number().positive().default(1),
        /** Steps over which the rate rises from 0. */
        warmup: z.number().int().min(0).default(100),
        /** `cosine` lets the rate fall to 0 at the last step. */
        schedule: z.enum(['constant', 'cosine']).default('constant'),
      })
      .default({ rate: 1e-4, beta1: 0.5, beta2: 0.9, clipNorm: 1, warmup: 100, schedule: 'constant' }),
    /** Decay a step of the moving average of the weights, which is what is exported. */
    averageDecay: z.number().min(0).max(0.99999).default(0.999),
    /** Steps between checkpoints. */
    checkpointEvery: z.number().int().min(1).default(200),
    /** Older checkpoints kept besides the last one. */
    keepCheckpoints: z.number().int().min(0).max(1000).default(2),
    /** Memory for decoded pictures, in megabytes. */
    cacheMegabytes: z.number().int().min(16).max(65_536).default(1500),
  })
  .strict()
  .refine(({ stages, architecture }) => stages !== 'styles' || architecture.style !== null, {
    path: ['stages'],
    message: 'trains styles of an architecture that has none: give architecture.style, too',
  });

export type TrainConfig = z.infer<typeof trainConfigSchema>;

/** The learning rate of a generator step, counted from 0, without Adam's bias correction. */
export function learningRate({ optimiser, steps }: TrainConfig, step: number): number {
  const rising = Math.min(1, (step + 1) / Math.max(1, optimiser.warmup));
  const falling = optimiser.schedule === 'cosine' ? 0.5 * (1 + Math.cos((Math.PI * step) / steps)) : 1;
  return optimiser.rate * rising * falling;
}

/** Adam's rate with its bias correction; `updates` counts from 1. */
export function correctedRate(rate: number, updates: number, { beta1, beta2 }: TrainConfig['optimiser']): number {
  return (rate * Math.sqrt(1 - beta2 ** updates)) / (1 - beta1 ** updates);
}

/** The moving average starts as a plain mean, so that a short run does not export its first weights. */
export function averageDecayAt({ averageDecay }: TrainConfig, step: number): number {
  return Math.min(averageDecay, (step + 1) / (step + 10));
}
