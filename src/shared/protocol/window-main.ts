/** Between the window and main: what the window asks for (`windowChannels`), and what main tells it (`mainEvents`). */
import { z } from 'zod';
import { windowMenuSchema } from '../menu';
import { dropChannels } from './drops';
import { progressSchema } from '../training';
import { chosenModelSchema, importOrderShape, importOutcomeSchema, modelExportSchema } from './models';
import { maskNoteSchema } from '../mask-notes';
import { photoChannels } from './photos';
import { exportSchema, savedSchema, saveOptionsSchema } from './saving';
import { settingsChangeSchema, windowSettingsSchema } from './settings';
import {
  documentInfoSchema,
  errorReportSchema,
  frameSchema,
  idSchema as id,
  layersSchema as layers,
  planePatchSchema,
} from './values';

/** A file that was open lately, without its path. */
const recentFileSchema = z.object({
  recentId: id,
  name: z.string().max(1024),
  /** Name of the folder that it lies in. */
  folder: z.string().max(1024),
  /** It is not there any more, or on a drive that is away. */
  missing: z.boolean(),
});
export type RecentFile = z.infer<typeof recentFileSchema>;

/** A document that was open when the program ended unexpectedly. */
export const leftoverSchema = z.object({
  documentId: id,
  name: z.string().max(1024),
  /** ISO 8601. */
  savedAt: z.string(),
  /** Number of fills. */
  edits: z.number().int(),
});
export type Leftover = z.infer<typeof leftoverSchema>;

/** A mask from a file: its name, what it marks (null: nothing), and how it was understood. */
const readMaskSchema = z.object({
  name: z.string(),
  mask: planePatchSchema.nullable(),
  notes: z.array(maskNoteSchema).max(10),
});
export type ReadMask = z.infer<typeof readMaskSchema>;

export const studioChannels = {
  'app:info': {
    request: z.undefined(),
    response: z.object({ version: z.string(), electron: z.string(), platform: z.string() }),
  },
  'settings:get': { request: z.undefined(), response: windowSettingsSchema },
  'settings:change': { request: settingsChangeSchema, response: windowSettingsSchema },
  /** Opens the picture that the program was started with, or the sample. */
  'document:open-first': { request: z.undefined(), response: documentInfoSchema.nullable() },
  'document:open-sample': { request: z.undefined(), response: documentInfoSchema },
  /** Opens what is on the clipboard; null when there is no picture. */
  'document:paste': { request: z.undefined(), response: documentInfoSchema.nullable() },
  /** Puts the picture with its visible layers on the clipboard. */
  'document:copy': { request: z.object({ documentId: id, layers }), response: z.undefined() },
  /** Writes the result to a file of its own, to be dragged out of the window, unless it is there already. */
  'document:prepare-drag': { request: z.object({ documentId: id, layers }), response: z.undefined() },
  /** Drags that file, while a mouse button is down; false: it was let go before the file was written. */
  'document:drag': { request: z.object({ documentId: id, layers }), response: z.boolean() },
  /** Reopens a document after the engine process was restarted; patches on disk are found again. */
  'document:reopen': { request: z.object({ documentId: id }), response: documentInfoSchema },
  /**
   * Opens the document's picture on a canvas that covers `frame` of its pixels, with its fills, as another document, which
   * has what comes to the canvas painted as hole. The first one stays, for 'document:exchange', until the other is closed.
   */
  'document:reframe': {
    request: z.object({ documentId: id, frame: frameSchema, revision: z.number().int().min(0) }),
    response: documentInfoSchema,
  },
  /** Goes back to the document that another one took the place of, or there again. */
  'document:exchange': { request: z.object({ from: id, to: id }), response: documentInfoSchema },
  /** Ends what is being opened; that fails with `cancelled`. */
  'document:cancel-open': { request: z.undefined(), response: z.undefined() },
  'document:close': { request: z.object({ documentId: id }), response: z.undefined() },
  /**
   * Writes over the file it came from or was last saved as. Main asks before a file is written over that no dialog has agreed
   * to yet; null when the person does not want it, `project` when they would have one instead.
   */
  'document:save': {
    request: z.object({ documentId: id, layers }),
    response: z.union([savedSchema, z.literal('project')]).nullable(),
  },
  /** Shows the save dialog; null when the user cancels. The file written becomes the document's own. */
  'document:save-as': {
    request: z.object({ documentId: id, layers, options: saveOptionsSchema }),
    response: savedSchema.nullable(),
  },
  /** The same for a copy: the document keeps its own file. Never over the picture itself. */
  'document:save-copy': {
    request: z.object({ documentId: id, layers, options: saveOptionsSchema }),
    response: z.object({ name: z.string() }).nullable(),
  },
  /** Writes what was remembered last into the document's project file; asks for a place where it has none. */
  'project:save': { request: z.object({ documentId: id }), response: savedSchema.nullable() },
  /** Asks for a place first; null when the user cancels. The file becomes the document's project. */
  'project:save-as': { request: z.object({ documentId: id }), response: savedSchema.nullable() },
  /** Shows a dialog for the place; the name of the file or folder written, null when the user cancels. */
  'document:export': {
    request: z.object({ documentId: id, what: exportSchema }),
    response: z.object({ name: z.string() }).nullable(),
  },
  /** Files that were open lately, the newest first. */
  'recent:list': { request: z.undefined(), response: z.array(recentFileSchema) },
  'recent:open': { request: z.object({ recentId: id }), response: documentInfoSchema },
  'recent:clear': { request: z.undefined(), response: z.undefined() },
  /** What an earlier run left because it ended unexpectedly, the newest first. */
  'recovery:list': { request: z.undefined(), response: z.array(leftoverSchema) },
  'recovery:restore': { request: z.object({ documentId: id }), response: documentInfoSchema },
  'recovery:discard': { request: z.object({ documentId: id }), response: z.undefined() },
  /** Shows the open dialog for a mask picture of the photo's size; its white is what comes back. */
  'mask:open': { request: z.object({ documentId: id }), response: readMaskSchema.nullable() },
  /** The same for a dropped file, by its ticket. */
  'mask:open-dropped': {
    request: z.object({ documentId: id, ticket: z.uuid() }),
    response: readMaskSchema,
  },
  /** The same for the picture on the clipboard; null when there is none. */
  'mask:paste': { request: z.object({ documentId: id }), response: readMaskSchema.nullable() },
  /** Shows the save dialog and writes the hole as a black and white PNG; null when the user cancels. */
  'mask:save': {
    request: z.object({ documentId: id, mask: planePatchSchema.nullable() }),
    response: z.object({ name: z.string() }).nullable(),
  },
  /** Asks main for a fresh port to the engine; it arrives as a message event `engine-port` on the window. */
  'engine:connect': { request: z.undefined(), response: z.undefined() },
  /** The application menu as the list of actions makes it: now, and whenever it changes. */
  'window:menu': { request: windowMenuSchema, response: z.undefined() },
  /** Shows the trainer's window. */
  'trainer:open': { request: z.object({ base: id.nullable() }), response: z.undefined() },
  /** Shows the lab's window. */
  'lab:open': { request: z.undefined(), response: z.undefined() },
  /** Tells main whether closing the window would lose something, and whether something is painted that was not filled. */
  'window:unsaved': {
    request: z.object({ unsaved: z.boolean(), unfilled: z.boolean(), name: z.string().max(1024) }),
    response: z.undefined(),
  },
  /**
   * The save that main had asked for (`menu:action` save, before closing) was given up in one of the window's own
   * dialogs: the window stays open. Main knows by itself of a cancelled file dialog and of a failed save.
   */
  'window:save-abandoned': { request: z.undefined(), response: z.undefined() },
} as const;

/** What concerns files of models. */
export const modelChannels = {
  /** Shows the dialog for an ONNX file; null when the person cancels. */
  'library:choose': { request: z.undefined(), response: chosenModelSchema.nullable() },
  /** The same for a dropped file, by its ticket. */
  'library:drop': { request: z.object({ ticket: z.uuid() }), response: chosenModelSchema },
  /** Progress comes from the engine, which can also be asked to stop it. */
  'library:import': {
    request: z.object({ ...importOrderShape, ticket: chosenModelSchema.shape.ticket }),
    response: importOutcomeSchema,
  },
  /** Shows a dialog for the place; the name of what was written, null when the person cancels. */
  'library:export': { request: modelExportSchema, response: z.object({ name: z.string() }).nullable() },
} as const;

/** Everything the window asks main for. */
export const windowChannels = { ...studioChannels, ...photoChannels, ...modelChannels, ...dropChannels } as const;

export const mainEvents = {
  /** The engine process: `stopped` says why; main has already started another when `starting` follows. */
  'engine:state': z.object({ state: z.enum(['starting', 'ready', 'stopped']), error: errorReportSchema.nullable() }),
  /** A menu item or a global shortcut asks for an action of the renderer's list. */
  'menu:action': z.object({ actionId: id }),
  /** A picture was opened from outside (second start, Finder); or the attempt failed. */
  /** Main opens a file that was chosen in the menu, or given to the program; one of the next two events follows. */
  'document:opening': z.null(),
  'document:opened': documentInfoSchema,
  'document:open-failed': errorReportSchema,
  /** The runs that are being trained, for a line beside the work. */
  'training:changed': z
    .array(
      z.object({
        name: z.string().max(200),
        step: z.number().int().min(0),
        steps: z.number().int().min(0),
        secondsLeft: z.number().nullable(),
        progress: progressSchema,
      }),
    )
    .max(100),
  /** A model was added to the library, or taken away. */
  'models:changed': z.object({ modelId: id }),
} as const;

/** Every `invoke` answers with this, so that a StudioError arrives whole. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: z.infer<typeof errorReportSchema> };
