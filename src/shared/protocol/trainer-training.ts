/** Between a window and the training process, over a port that main hands to both. */
import { z } from 'zod';
import {
  runDetailsSchema,
  runIdSchema as runId,
  runSummarySchema,
  sampleSchema,
  stepRecordSchema,
  trainingRuntimeSchema,
} from '../training';
import { bytesSchema as bytes, errorReportSchema } from './values';

const ofRun = z.object({ runId });
const started = ofRun.extend({
  runtime: trainingRuntimeSchema,
  /** All cores when left out. */
  threads: z.number().int().min(1).max(256).optional(),
});

export const trainingRequests = {
  /** Newest first. */
  runs: { request: z.undefined(), response: z.array(runSummarySchema) },
  details: { request: ofRun, response: runDetailsSchema },
  /** The picture of a sample, as a PNG file's bytes. */
  sample: { request: ofRun.extend({ name: sampleSchema.shape.name }), response: bytes },
  /** Starts a run or goes on with one. Answers when its process runs; events follow. */
  start: { request: started, response: runSummarySchema },
  /** Both answer when the checkpoint is written and the process has ended. */
  pause: { request: ofRun, response: runSummarySchema },
  stop: { request: ofRun, response: runSummarySchema },
  /** Makes another step the run's last one, for a run that is done too; not while it runs. It does not start it. */
  lengthen: { request: ofRun.extend({ steps: stepRecordSchema.shape.step }), response: runSummarySchema },
  /** Makes a kept checkpoint the one to go on from; not while it runs. */
  rollBack: { request: ofRun.extend({ checkpoint: z.string().max(40) }), response: runSummarySchema },
  rename: { request: ofRun.extend({ name: z.string().min(1).max(200) }), response: runSummarySchema },
  /** Deletes the run's folder; not while it runs. */
  remove: { request: ofRun, response: z.undefined() },
  /** Writes the run's model into the library; any time after the first checkpoint. */
  exportModel: {
    request: ofRun.extend({
      modelId: runId,
      name: z.string().min(1).max(200),
      description: z.string().max(2000),
      /** Of the weights. */
      licence: z.string().min(1).max(2000),
      /** `best` or a number of steps; the last state when left out. */
      checkpoint: z.string().max(40).optional(),
    }),
    response: z.object({ modelId: runId }),
  },
  /** Models of this program's own kind, which a run can start from. */
  bases: {
    request: z.undefined(),
    response: z.array(
      z.object({ modelId: z.string().max(64), name: z.string().max(200), description: z.string().max(2000) }),
    ),
  },
  /** What each runtime would train on here, or why it cannot. Takes seconds the first time. */
  runtimes: {
    request: z.undefined(),
    response: z.array(
      z.object({
        runtime: trainingRuntimeSchema,
        /** Why it cannot be used; null: it can. */
        error: errorReportSchema.nullable(),
        /** "TensorFlow.js (WebAssembly)"; empty where it cannot be used. */
        label: z.string().max(1000),
        /** Better ways that were tried, and why they are not used. */
        refused: z.array(z.string().max(1000)),
      }),
    ),
  },
  /** Whether the feature network is there, which some goals need. */
  features: { request: z.undefined(), response: z.boolean() },
  /** Fetches it from the Python registry, unless it is there; takes as long as the download. */
  fetchFeatures: { request: z.undefined(), response: z.undefined() },
} as const;

export const trainingEvents = {
  /** A run is there, has changed its state, or has a new line: all that a list shows. */
  'run:changed': runSummarySchema,
  'run:removed': ofRun,
  'run:record': z.object({ runId, record: stepRecordSchema }),
  'run:sample': z.object({ runId, sample: sampleSchema }),
  'run:skipped': z.object({ runId, file: z.string().max(4096), error: errorReportSchema }),
} as const;
export type TrainingEvent = keyof typeof trainingEvents;
