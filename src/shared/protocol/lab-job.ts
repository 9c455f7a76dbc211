/** Between the lab's window and the process that trains its experiments, over a MessagePort that main hands to both. A port carries one run. */
import { z } from 'zod';
import { SIGN_KINDS } from '../lab/signs';
import { errorReportSchema } from './values';

/** Views a second at most, and what one of them may weigh. */
export const VIEWS_A_SECOND = 20;
export const MOST_VIEW_BYTES = 64 * 1024;

/** A run that fails has numbers that are none. */
const figure = z.custom<number>((value) => typeof value === 'number').describe('number');
const values = z
  .custom<Float32Array>((value) => value instanceof Float32Array && value.byteLength <= MOST_VIEW_BYTES / 4)
  .describe('values');
const step = z.number().int().min(0).max(100_000);
const option = z.union([z.string().max(40), z.number(), z.boolean()]);
/** Checked by the experiment itself: its options' ranges are the command line's. */
const optionsSchema = z.record(z.string().max(40), option);
const name = z.string().max(40);
const grid = z.object({ from: z.number(), cell: z.number(), count: z.number().int().min(1).max(1000) });

/** An experiment as it is listed: what is drawn beside what is learnt. */
export const labExperimentSchema = z.object({
  experiment: name,
  defaults: optionsSchema,
  target: z.object({
    modes: z.array(z.array(z.number()).min(1).max(2)).max(100),
    deviation: z.number(),
  }),
  /** Cells of its views: of a line, or along each axis of a plane. */
  grid,
});
export type LabExperiment = z.infer<typeof labExperimentSchema>;

export const labViewSchema = z.object({ points: values, made: values, critic: values });

const measures = z.object({
  js: figure.optional(),
  wasserstein: figure.optional(),
  mean: figure.optional(),
  deviation: figure.optional(),
  covered: figure,
  modes: figure,
  good: figure,
});
export const labLookSchema = z.object({
  step,
  criticLoss: figure,
  generatorLoss: figure,
  criticNorm: figure,
  generatorNorm: figure,
  accuracy: figure.optional(),
  measures,
});
export type LabLook = z.infer<typeof labLookSchema>;

export const labSignSchema = z.object({ kind: z.enum(SIGN_KINDS), step, value: figure.nullable() });

export const labRequests = {
  experiments: { request: z.undefined(), response: z.array(labExperimentSchema).max(100) },
  /** Starts a run in place of the port's last one. `changes` are laid on the experiment's defaults; answers all options. */
  start: {
    request: z.object({
      experiment: name,
      changes: optionsSchema,
      /** Steps a second at most; null: as fast as it goes. */
      speed: z.number().min(0.1).max(10_000).nullable(),
      /** Whether it waits for `resume` or `step` at once. */
      paused: z.boolean(),
    }),
    response: z.object({ run: z.number().int(), options: optionsSchema }),
  },
  pause: { request: z.undefined(), response: z.undefined() },
  resume: { request: z.undefined(), response: z.undefined() },
  /** One step of the critic and of the generator; the run is paused then. */
  step: { request: z.undefined(), response: z.undefined() },
  speed: { request: z.object({ speed: z.number().min(0.1).max(10_000).nullable() }), response: z.undefined() },
  /** Nothing is heard of the run any more. */
  stop: { request: z.undefined(), response: z.undefined() },
} as const;

const run = z.number().int();

export const labEvents = {
  'lab:view': z.object({ run, step, view: labViewSchema }),
  /** One of those that the command line prints. */
  'lab:look': z.object({ run, look: labLookSchema, view: labViewSchema, signs: z.array(labSignSchema) }),
  /** The run is over: its end, as the command line prints it, or why it failed. */
  'lab:end': z.object({
    run,
    result: z.object({ measures, signs: z.array(labSignSchema), seconds: figure }).nullable(),
    error: errorReportSchema.nullable(),
  }),
} as const;
export type LabEvent = keyof typeof labEvents;
