/** What a process that trains and the one that draws its batches say to each other (prefetcher.ts, batch-worker.ts). */
import { z } from 'zod';
import { errorReportSchema } from '../../shared/protocol/values';

const place = { step: z.int().min(0), substep: z.int().min(0) };

export const batchOrderSchema = z.discriminatedUnion('kind', [
  /** The run that is drawn for; first of all, and once. */
  z.object({ kind: z.literal('run'), folder: z.string() }),
  /** Draws are made in the order in which they are asked for. */
  z.object({ kind: z.literal('draw'), ...place }),
]);
export type BatchOrder = z.infer<typeof batchOrderSchema>;
export type DrawOrder = Omit<Extract<BatchOrder, { kind: 'draw' }>, 'kind'>;

const values = z.custom<Float32Array>((value) => value instanceof Float32Array);

export const drawNewsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('batch'),
    ...place,
    /** batches.ts, by name. */
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
