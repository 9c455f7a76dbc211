import { z } from 'zod';
import { errorReportSchema } from './values';

/** What all requests, answers and events of ports travel as; rpc.ts sends and reads it. */
export const frameSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.number().int(), method: z.string().max(40), payload: z.unknown() }),
  z.object({ kind: z.literal('response'), id: z.number().int(), ok: z.literal(true), payload: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: z.number().int(), ok: z.literal(false), error: errorReportSchema }),
  z.object({ kind: z.literal('event'), name: z.string().max(40), payload: z.unknown() }),
]);
export type Frame = z.infer<typeof frameSchema>;
