/** Between the window and main: what the window asks for (`mainChannels`), and what main tells it (`mainEvents`). */
import { z } from 'zod';
import { windowMenuSchema } from '../menu';
import { PICTURE_FORMAT_NAMES } from '../picture-formats';
import { settingsChangeSchema, windowSettingsSchema } from './settings';
import {
  documentInfoSchema,
  errorReportSchema,
  idSchema as id,
  layersSchema as layers,
  planePatchSchema,
  projectSchema,
} from './values';

export const saveOptionsSchema = z.object({
  format: z.enum(PICTURE_FORMAT_NAMES).optional(),
  /** 1..100, for lossy formats; when absent, like the original. */
  quality: z.number().int().min(1).max(100).optional(),
  /** False: without camera data, captions and the like. The colour profile stays in any case. */
  keepMetadata: z.boolean().optional(),
});

/** The name of the file written, whether `document:save` can go there from now on, and what it holds if it is a project. */
export const savedSchema = z.object({
  name: z.string(),
  savable: z.boolean(),
  project: projectSchema.nullable(),
});

/** An edit as it is exported: what it is called, and what of it lies on the picture. */
const exportedEditSchema = z.object({ name: z.string().max(200), layers });

/** What can be taken to other programs besides the picture; each asks for its place. */
export const exportSchema = z.discriminatedUnion('kind', [
  /** A PNG for each edit, lowest first, cut to what it holds or as large as the picture. */
  z.object({
    kind: z.literal('layers'),
    edits: z.array(exportedEditSchema).max(10_000),
    size: z.enum(['cropped', 'full']),
  }),
  /** Black and white: the pixels that visible edits have replaced. */
  z.object({ kind: z.literal('mask'), layers }),
  /** Original and result side by side. */
  z.object({ kind: z.literal('before-after'), layers }),
]);
export type Export = z.infer<typeof exportSchema>;

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

/** A mask from a file: its name, and its white pixels; null when it has none. */
const readMaskSchema = z.object({ name: z.string(), mask: planePatchSchema.nullable() });

export const mainChannels = {
  'app:info': {
    request: z.undefined(),
    response: z.object({ version: z.string(), electron: z.string(), platform: z.string() }),
  },
  'settings:get': { request: z.undefined(), response: windowSettingsSchema },
  'settings:change': { request: settingsChangeSchema, response: windowSettingsSchema },
  /** Shows the open dialog; null when the user cancels. */
  'document:open': { request: z.undefined(), response: documentInfoSchema.nullable() },
  /** Opens the picture that the program was started with, or the sample. */
  'document:open-first': { request: z.undefined(), response: documentInfoSchema.nullable() },
  'document:open-sample': { request: z.undefined(), response: documentInfoSchema },
  /** Opens a dropped file. The preload turns the File into its path; the renderer never sees or sends one. */
  'document:open-dropped': { request: z.object({ path: z.string().min(1).max(4096) }), response: documentInfoSchema },
  /** Opens what is on the clipboard; null when there is no picture. */
  'document:paste': { request: z.undefined(), response: documentInfoSchema.nullable() },
  /** Reopens a document after the engine process was restarted; patches on disk are found again. */
  'document:reopen': { request: z.object({ documentId: id }), response: documentInfoSchema },
  'document:close': { request: z.object({ documentId: id }), response: z.undefined() },
  /** Writes over the file it came from or was last saved as (asking first is the window's task). */
  'document:save': { request: z.object({ documentId: id, layers }), response: savedSchema },
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
  /** The same for a dropped file; as with `document:open-dropped`, only the preload sees its path. */
  'mask:open-dropped': {
    request: z.object({ documentId: id, path: z.string().min(1).max(4096) }),
    response: readMaskSchema,
  },
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
  /** Tells main whether closing the window would lose something. */
  'window:unsaved': {
    request: z.object({ unsaved: z.boolean(), name: z.string().max(1024) }),
    response: z.undefined(),
  },
  /**
   * The save that main had asked for (`menu:action` save, before closing) was given up in one of the window's own
   * dialogs: the window stays open. Main knows by itself of a cancelled file dialog and of a failed save.
   */
  'window:save-abandoned': { request: z.undefined(), response: z.undefined() },
} as const;

export const mainEvents = {
  /** The engine process: `stopped` says why; main has already started another when `starting` follows. */
  'engine:state': z.object({ state: z.enum(['starting', 'ready', 'stopped']), reason: z.string().max(1000) }),
  /** A menu item or a global shortcut asks for an action of the renderer's list. */
  'menu:action': z.object({ actionId: id }),
  /** A picture was opened from outside (second start, Finder); or the attempt failed. */
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
        sentence: z.string().max(2000),
      }),
    )
    .max(100),
  /** A model was added to the library, or taken away. */
  'models:changed': z.object({ modelId: id }),
} as const;

/** Every `invoke` answers with this, so that a StudioError arrives whole. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: z.infer<typeof errorReportSchema> };
