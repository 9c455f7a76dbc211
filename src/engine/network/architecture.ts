import { z } from 'zod';

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
     * `none`: the hole is blanked and the stages predict colours. `pull-push`: the hole is filled smoothly from its
     * surroundings first, and the stages predict what to add to that (the refine stage: to the coarse result).
     */
    prior: z.enum(['none', 'pull-push']).default('none'),
    attention: z
      .object({
        /** Factor on the scores before the softmax. */
        scale: z.number().positive().max(1000).default(10),
        /** Sums scores along left-right and top-down neighbours, so that neighbours prefer neighbours. */
        propagation: z.boolean().default(true),
      })
      .default({ scale: 10, propagation: true }),
  })
  .strict();

export type Architecture = z.infer<typeof architectureSchema>;

/** The network of the paper. */
export const FAITHFUL_ARCHITECTURE: Architecture = architectureSchema.parse({});

/** Sides of a generator's input must be multiples of this: two halvings, and patches matched at half of that. */
export const SIZE_MULTIPLE = 8;
