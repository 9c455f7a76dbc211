/** What the training thread and the thread that draws its batches say to each other (prefetcher.ts, batch-worker.ts). */
import { z } from 'zod';
import { errorReportSchema } from '../../shared/protocol/values';

const place = { step: z.int().min(0), substep: z.int().min(0) };

/** Draws are made in the order in which they are asked for. */
export const drawOrderSchema = z.object(place);
export type DrawOrder = z.infer<typeof drawOrderSchema>;

const values = z.custom<Float32Array>((value) => value instanceof Float32Array);

export const drawNewsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('batch'),
    ...place,
    /** batches.ts, by name; the buffers are handed over, not copied. */
    batch: z.object({
      ...{ image: values, hole: values, discount: values, windowRows: values, windowColumns: values, mix: values },
      ...{ noise: values.optional(), augmentation: values.optional() },
      ...{ latents: values.optional(), mixLatent: values.optional(), mixRows: values.optional() },
      ...{ noisePlane: values.optional(), pathImage: values.optional() },
    }),
  }),
  z.object({ kind: z.literal('skipped'), file: z.string(), error: errorReportSchema }),
  /** The draw that was asked for cannot be made. */
  z.object({ kind: z.literal('failed'), ...place, error: errorReportSchema }),
]);
export type DrawNews = z.infer<typeof drawNewsSchema>;
