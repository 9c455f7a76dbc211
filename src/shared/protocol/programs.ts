/**
 * How a worker process of the app has further processes: the fuses of Electron forbid that it forks them itself, so it asks main,
 * which starts them and hands over a port to each.
 */
import { z } from 'zod';

/** The built programs that a worker may ask for. */
export const PROGRAMS = ['decode-worker', 'inference-worker', 'train-job', 'train-batches'] as const;
export type Program = (typeof PROGRAMS)[number];

const processId = z.number().int().min(1);

/** From the worker to main. */
export const programOrderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start-program'), processId, program: z.enum(PROGRAMS) }),
  z.object({ kind: z.literal('end-program'), processId }),
]);
export type ProgramOrder = z.infer<typeof programOrderSchema>;

/** From main to the worker. */
export const programNewsSchema = z.discriminatedUnion('kind', [
  /** A port to the process comes along; messages for it can be sent from now on. */
  z.object({ kind: z.literal('program-started'), processId, pid: z.number().int().min(1) }),
  /** `code`: its own, or the number of the signal that ended it. */
  z.object({ kind: z.literal('program-ended'), processId, code: z.number().int() }),
]);
export type ProgramNews = z.infer<typeof programNewsSchema>;
