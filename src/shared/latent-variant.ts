/** Which of a model's many fills of a hole is meant, for models that have a latent (engine/network/styles.ts). */
import { z } from 'zod';

/** What styles decide, from the whole to the grain: where one variant's may end and another's begin. */
export const BANDS = ['layout', 'shapes', 'grain'] as const;
export type Band = (typeof BANDS)[number];

/** Farthest from the plain fill; at 1 a fill is as far as those that were trained. */
export const MOST_SURPRISE = 1.5;

const seed = z.number().int().min(0).max(0xffff_ffff);

export const latentVariantSchema = z.object({
  /** Of the latent and of the noise. */
  seed,
  /** How far from the plain fill, which is 0 for all seeds. */
  surprise: z.number().min(0).max(MOST_SURPRISE),
  /** From this band on, what the other seed says. */
  mix: z.object({ seed, from: z.enum(BANDS) }).nullable(),
});
export type LatentVariant = z.infer<typeof latentVariantSchema>;
