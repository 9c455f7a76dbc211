/** What an experiment can be changed in: the command line's options and recipes are made of it. */
import { z } from 'zod';
import { ADVERSARIAL_LOSSES, type AdversarialLoss } from '../network/critic-losses';

/** BEGAN's critics are autoencoders of pictures. */
export const LAB_LOSSES = ADVERSARIAL_LOSSES.filter(
  (loss): loss is Exclude<AdversarialLoss, 'began'> => loss !== 'began',
);
/** DRAGAN's points lie around pictures. */
export const LAB_PENALTIES = ['none', 'r1', 'wgan-gp', 'wgan-lp'] as const;
export const LAB_GENERATORS = ['linear', 'mlp'] as const;
export const LAB_SCHEDULES = ['constant', 'cosine'] as const;

const OPTIONS = z
  .object({
    loss: z.enum(LAB_LOSSES),
    penalty: z.enum(LAB_PENALTIES),
    /** What the penalty is multiplied by; gamma of R1. */
    penaltyWeight: z.number().min(0).max(1000),
    /** `linear`: x = a z + b. */
    generator: z.enum(LAB_GENERATORS),
    /** Numbers that the generator makes a sample of. */
    z: z.number().int().min(1).max(64),
    steps: z.number().int().min(1).max(100_000),
    batch: z.number().int().min(8).max(1024),
    /** Steps of the critic for each of the generator. */
    criticSteps: z.number().int().min(1).max(20),
    generatorRate: z.number().positive().max(1),
    criticRate: z.number().positive().max(1),
    beta1: z.number().min(0).max(0.999),
    beta2: z.number().min(0).max(0.9999),
    schedule: z.enum(LAB_SCHEDULES),
    /** Decay of the moving average of the generator that is looked at; 0: the generator itself. */
    average: z.number().min(0).max(0.9999),
    /** Whether the critic forgets half of its hidden values, others at each step. */
    dropout: z.boolean(),
    /** Weight of the squares of the critic's weights in its loss. */
    l2: z.number().min(0).max(1),
    /** Samples that the critic sees together (arXiv 1712.04086). */
    packing: z.number().int().min(1).max(4),
    /** Deviation of noise on what the critic sees, in units of its input; falls to 0 at 70 % of the steps. */
    noise: z.number().min(0).max(10),
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 32 - 1),
  })
  .strict();

export const labOptionsSchema = OPTIONS.refine(({ batch, packing }) => batch % packing === 0, {
  message: 'a multiple of packing',
  path: ['batch'],
});
/** Some of the options, as a recipe may have them. */
export const someLabOptionsSchema = OPTIONS.partial();

export type LabOptions = z.infer<typeof labOptionsSchema>;
