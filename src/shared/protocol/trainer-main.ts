/**
 * Between the trainer's window and main. What concerns runs goes over a port to the training process
 * (`trainer-training`); here is what needs a dialog, a path or a setting. The window never sees a path: a folder that was
 * chosen is known to it by a ticket.
 */
import { z } from 'zod';
import { errorReportSchema } from './values';
import { runIdSchema, runSummarySchema } from '../training';
import { newRunSchema } from './main-training';
import { windowSettingsSchema } from './settings';

/** A folder with pictures, or with masks, that a person has chosen for a new run. */
export const chosenFolderSchema = z.object({
  ticket: z.uuid(),
  /** Last part of its path. */
  name: z.string().max(1024),
  /** How many pictures it and the folders below it hold, found by their names. */
  pictures: z.number().int().min(0),
});
export type ChosenFolder = z.infer<typeof chosenFolderSchema>;

/** What a person decides about a new run; `changes` are laid on the preset's configuration. */
export const runOrderSchema = newRunSchema
  .pick({ name: true, preset: true, base: true, changes: true })
  .extend({ ticket: chosenFolderSchema.shape.ticket });
export type RunOrder = z.input<typeof runOrderSchema>;

export const trainerChannels = {
  'trainer:settings': { request: z.undefined(), response: windowSettingsSchema },
  /** Shows the folder dialog; null when the person cancels. */
  'trainer:choose-folder': { request: z.undefined(), response: chosenFolderSchema.nullable() },
  /** The same for a dropped folder, which main asks about. The preload turns it into its path. */
  'trainer:drop-folder': {
    request: z.object({ path: z.string().min(1).max(4096) }),
    response: chosenFolderSchema.nullable(),
  },
  'trainer:create': { request: runOrderSchema, response: runSummarySchema },
  /** A run's pictures are in another folder now, which was chosen. */
  'trainer:move-pictures': {
    request: z.object({ runId: runIdSchema, ticket: chosenFolderSchema.shape.ticket }),
    response: runSummarySchema,
  },
  /** Shows a run's folder in the system's file manager. */
  'trainer:reveal': { request: z.object({ runId: runIdSchema }), response: z.undefined() },
  /** Shows the lab's window. */
  'trainer:open-lab': { request: z.undefined(), response: z.undefined() },
  /** A model was put into the library: the main window lists it from now on. */
  'trainer:exported': { request: z.object({ modelId: z.string().max(64) }), response: z.undefined() },
  /** Asks for a fresh port to the training process; it arrives as the window message `training-port`. */
  'trainer:connect': { request: z.undefined(), response: z.undefined() },
} as const;

export const trainerEvents = {
  /** A model was chosen to be taught: the form of a new run opens with it. */
  'trainer:base': z.object({ modelId: z.string().max(64) }),
  /** The training process: `stopped` says why. */
  'trainer:state': z.object({ state: z.enum(['starting', 'ready', 'stopped']), error: errorReportSchema.nullable() }),
} as const;
