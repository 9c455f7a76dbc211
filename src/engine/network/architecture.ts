import { z } from 'zod';

export const MODULATIONS = ['scale', 'demodulated', 'adain'] as const;

/** How a generator answers a latent (network/styles.ts). */
export const styleSchema = z
  .object({
    /** Numbers of a latent z. */
    latent: z.number().int().min(8).max(128).default(32),
    /** Numbers of a style code w, which the mapping network makes of z. */
    width: z.number().int().min(8).max(512).default(64),
    /** Layers of the mapping network. 8 in arXiv 1812.04948, 2 in the small configurations of arXiv 2006.06676. */
    mapping: z.number().int().min(1).max(8).default(2),
    /**
     * `scale`: a layer's inputs are scaled, by 1 at the start of training, so that a trained model may be given styles and
     * fills as before. `demodulated`: its outputs are brought back to unit variance besides (arXiv 1912.04958), for training
     * from nothing. `adain`: its inputs are normalised over the picture first (arXiv 1703.06868), which windows can't do.
     */
    modulation: z.enum(MODULATIONS).default('scale'),
    /** A plane of noise is added in every styled layer, times a number that is learned and starts at 0. */
    noise: z.boolean().default(false),
    /** Which stage's layers are styled. With `refine`, all variants share their coarse fill and their features. */
    stages: z.enum(['coarse', 'refine', 'both']).default('both'),
  })
  .strict();
export type StyleOptions = z.infer<typeof styleSchema>;

/**
 * A generator's architecture as data. The defaults are the faithful two-stage network of Yu et al. 2018
 * (arXiv 1801.07892, "DeepFill v1"); every option away from them is one that a model folder declares.
 */
export const architectureSchema = z
  .object({
    family: z.literal('two-stage').default('two-stage'),
    /** Channels of the first layer; everything else is a multiple of it. 32 in the paper. */
    width: z.number().int().min(2).max(128).multipleOf(2).default(32),
    /** `gated`: each convolution has a second half that decides how much of the first passes (arXiv 1806.03589). */
    convolution: z.enum(['plain', 'gated']).default('plain'),
    /**
     * `none`: the hole is blanked and the stages predict colours. Otherwise the hole is filled smoothly from its
     * surroundings first (smooth-fill.ts), and the stages predict what to add to that (the refine stage: to the coarse
     * result): `pull-push` by averages of coarser levels alone, `harmonic` relaxed towards a membrane as well.
     */
    prior: z.enum(['none', 'pull-push', 'harmonic']).default('none'),
    /**
     * Where a stage with a prior adds what it predicts. Of the known part it is right to add nothing, and learning that
     * draws the last layers' weights to zero, with all that stands before them: `hole` spares them that, and gives the known
     * pixels back as they are. `everywhere` is what models without this field were trained with.
     */
    residual: z.enum(['everywhere', 'hole']).default('everywhere'),
    attention: z
      .object({
        /** Factor on the scores before the softmax. */
        scale: z.number().positive().max(1000).default(10),
        /** Sums scores along left-right and top-down neighbours, so that neighbours prefer neighbours. */
        propagation: z.boolean().default(true),
        /**
         * 1: patches of 8 pixels a cell, as in the paper. 2: features at half of that resolution are attended to as well,
         * so that a hole many cells wide finds larger patches.
         */
        resolutions: z.union([z.literal(1), z.literal(2)]).default(1),
      })
      .default({ scale: 10, propagation: true, resolutions: 1 }),
    /** null: one fill to a hole. */
    style: styleSchema.nullable().default(null),
  })
  .strict();

export type Architecture = z.infer<typeof architectureSchema>;

/** The network of the paper. */
export const FAITHFUL_ARCHITECTURE: Architecture = architectureSchema.parse({});

/** Sides of a generator's input must be multiples of this: two halvings, and patches matched at half of the coarsest. */
export function sizeMultiple({ attention }: Architecture): number {
  return 8 * attention.resolutions;
}
