/** Between main and the training process, over the port of the process: what needs a path. */
import { z } from 'zod';
import { presetSchema, runIdSchema, runSummarySchema } from '../training';

export const newRunSchema = z.object({
  name: z.string().min(1).max(200),
  pictures: z.string().min(1).max(4096),
  preset: presetSchema.nullable(),
  /** Id or folder of the model to start from; null: from nothing. */
  base: z.string().max(4096).nullable(),
  /** Laid on the preset's configuration, key by key: as in engine/train/config.ts. */
  changes: z.record(z.string(), z.unknown()).default({}),
  /** Folder of another run whose critics are taken over. */
  criticsFrom: z.string().max(4096).nullable().default(null),
});
export type NewRun = z.input<typeof newRunSchema>;

export const trainingHostRequests = {
  /** Makes a run; it is started by `start`. */
  create: { request: newRunSchema, response: runSummarySchema },
  /** How many pictures a folder holds, found by their names. */
  inspect: {
    request: z.object({ folder: z.string().min(1).max(4096) }),
    response: z.object({ pictures: z.number().int().min(0), name: z.string().max(1024) }),
  },
  /** Names the folder anew in which a run's pictures are now; answers what the run is then. */
  movePictures: {
    request: z.object({ runId: runIdSchema, folder: z.string().min(1).max(4096) }),
    response: runSummarySchema,
  },
  /** Lets every run finish its step and keep it; answers when none is trained any more. */
  pauseAll: { request: z.undefined(), response: z.undefined() },
} as const;

/** Event of the training process: it takes requests now. Main hears `run:changed` as well. */
export const trainingStarted = 'started';
