import { z } from 'zod';
import { ADVERSARIAL_LOSSES } from './critic-losses';

export const PENALTIES = ['wgan-gp', 'wgan-lp', 'dragan', 'r1', 'none'] as const;

export type Penalty = (typeof PENALTIES)[number];

const augmentationSchema = z
  .object({
    adaptive: z.boolean().default(false),
    /** r_t that the probability is moved to hold: the share of training pictures on their side of zero, less the others. */
    target: z.number().min(0).max(1).default(0.6),
    /** Pictures that the critics see while the probability moves from 0 to 1. */
    rampPictures: z.number().int().min(100).default(500_000),
    /** Batches that r_t is averaged over. */
    interval: z.number().int().min(1).max(1000).default(4),
    /** Augmentations leak into the fills when they happen nearly always. */
    limit: z.number().min(0).max(0.9).default(0.8),
  })
  .strict();

/**
 * What the critics are and what they learn. The defaults are those of arXiv 1801.07892; any loss goes with any penalty and
 * with spectral normalisation. The papers' own pairs: `wasserstein` with `wgan-gp` or `wgan-lp`; `hinge` with
 * `spectralNorm` and `none`; `minimax` or `non-saturating` with `dragan` or `r1`; `least-squares` and `began` with `none`.
 */
export const criticOptionsSchema = z
  .object({
    /** `began` makes the critics autoencoders (arXiv 1703.10717); all others score pictures. */
    loss: z.enum(ADVERSARIAL_LOSSES).default('wasserstein'),
    /**
     * 2: each critic has a second one beside it that sees the view at half of its size, with weights of its own; the score is
     * the sum of both. 1 in arXiv 1801.07892.
     */
    scales: z.union([z.literal(1), z.literal(2)]).default(1),
    /** On the critics' slope; its weight is weights.penalty. */
    penalty: z.enum(PENALTIES).default('wgan-gp'),
    /** Divides every weight of the critics by its largest singular value (arXiv 1802.05957). */
    spectralNorm: z.boolean().default(false),
    began: z
      .object({
        /** gamma: how much variety is wanted against sharpness, E[L(fake)] / E[L(real)]. 0.5 in the paper. */
        diversity: z.number().min(0).max(1).default(0.5),
        /** lambda_k: how fast the balance is corrected. 0.001 in the paper. */
        rate: z.number().positive().max(1).default(0.001),
      })
      .default({ diversity: 0.5, rate: 0.001 }),
    /** Of what the critics see, against overfitting on few pictures (arXiv 2006.06676). Off in arXiv 1801.07892. */
    augmentation: augmentationSchema.default(augmentationSchema.parse({})),
    /** Of the critics of learnt features (projected-critics.ts), which weights.projected turns on: always hinge and spectral norm. */
    projected: z
      .object({
        /** Whether they see features mixed at random, across channels and scales (arXiv 2111.01007, section 3.2). */
        mixing: z.boolean().default(false),
      })
      .default({ mixing: false }),
    /** First layers of each critic of pictures, those of the highest resolution, that keep what they are (arXiv 2002.10964). */
    frozenLayers: z.number().int().min(0).max(4).default(0),
  })
  .strict();

export type CriticOptions = z.infer<typeof criticOptionsSchema>;

/** WGAN-GP. */
export const DEFAULT_CRITICS: CriticOptions = criticOptionsSchema.parse({});
