/** What the training service and the process of one run say to each other, over the channel of a forked process. */
import { z } from 'zod';
import { errorReportSchema } from '../../../shared/protocol/values';
import { sampleSchema, stepRecordSchema, trainingRuntimeSchema } from '../../../shared/training';

export const jobOrderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    folder: z.string(),
    runtime: trainingRuntimeSchema,
    threads: z.number().int().min(1).optional(),
  }),
  /** End after the step at hand, with a checkpoint. */
  z.object({ kind: z.literal('end'), as: z.enum(['paused', 'stopped']) }),
]);
export type JobOrder = z.infer<typeof jobOrderSchema>;

export const jobNewsSchema = z.discriminatedUnion('kind', [
  /** It computes now; `label` says on what. */
  z.object({ kind: z.literal('running'), label: z.string() }),
  z.object({ kind: z.literal('record'), record: stepRecordSchema, secondsLeft: z.number() }),
  z.object({ kind: z.literal('sample'), sample: sampleSchema }),
  z.object({ kind: z.literal('skipped'), file: z.string(), error: errorReportSchema }),
  /** The last message but for the process's end. */
  z.object({ kind: z.literal('failed'), error: errorReportSchema }),
]);
export type JobNews = z.infer<typeof jobNewsSchema>;
