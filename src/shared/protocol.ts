/**
 * What the window, the main process and the engine process say to each other. Every message is validated by the side
 * that receives it: a renderer is never trusted, and neither is a worker that may be of another version.
 *
 * Three wires:
 *  - window -> main: `ipcRenderer.invoke`, one channel a row of `mainChannels`;
 *  - main -> window: events, `mainEvents`;
 *  - window <-> engine: a MessagePort that main hands to both, `engineRequests` and `engineEvents`. Only pixels, fills and
 *    questions about them travel here; a file path never does. Paths are known to main and engine alone.
 */
import { z } from 'zod';
import { ERROR_CODES } from './errors';
import { LANGUAGE_SETTINGS } from './language';
import { windowMenuSchema } from './menu';
import { SPECIALITIES } from './speciality';

const MAX_SIDE = 65_535;
/** Largest plane or tile a message may carry, in bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** Side of a display tile in pixels, at every level. */
export const TILE_SIDE = 512;
/** Largest memory limit that can be set, MB. */
export const MOST_MEMORY = 1_048_576;
/** Widest soft edge of a fill, pixels. */
export const MOST_FEATHER = 200;
/** The view of a document that the edits make; what the wand sees. */
export const EDITED_VIEW = 'edited';
/** The view without any edit. */
export const ORIGINAL_VIEW = 'original';

const pixels = z.number().int().min(0).max(MAX_SIDE);
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const id = idSchema;
export const bytesSchema = z
  .custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array && value.byteLength <= MAX_MESSAGE_BYTES)
  .describe('bytes');
const bytes = bytesSchema;

export const rectSchema = z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) });

/** A part of a picture-sized bit plane: everything outside `box` is off. `bits` as in BitPlane. */
export const planePatchSchema = z
  .object({ box: rectSchema, bits: bytes })
  .refine((p) => p.bits.length === ((p.box.width + 7) >> 3) * p.box.height, 'bits do not fit the box');
export type PlanePatch = z.infer<typeof planePatchSchema>;

/**
 * Colours painted into a hole. `pixels`: ceil(height / step) rows of ceil(width / step) times sRGB and presence, 8 bit each,
 * not premultiplied; `step` is picture pixels a side of one of them.
 */
export const hintSchema = z
  .object({ box: rectSchema, step: z.number().int().min(1).max(4096), pixels: bytes })
  .refine(
    ({ box, step, pixels: sent }) => sent.length === Math.ceil(box.width / step) * Math.ceil(box.height / step) * 4,
    'pixels do not fit the box',
  );
export type HintMessage = z.infer<typeof hintSchema>;

export const errorReportSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string().max(2000),
  remedy: z.string().max(2000),
  file: z.string().max(4096).optional(),
});

const projectSchema = z.object({ revision: z.number().int().min(0) });

export const documentInfoSchema = z.object({
  documentId: id,
  /** The file's name without its folder; "Pasted picture" for one from the clipboard. */
  name: z.string().max(1024),
  width: pixels.min(1),
  height: pixels.min(1),
  format: z.enum(['jpeg', 'png', 'webp', 'tiff', 'avif']),
  depth: z.union([z.literal(8), z.literal(16)]),
  alpha: z.boolean(),
  /** Whether Save can go to the file it came from (never for the sample, a paste, or a file that cannot be written). */
  savable: z.boolean(),
  /** Its project file, which Save then writes: the revision of the document that it holds. Null: it has none. */
  project: projectSchema.nullable(),
  /** Whether it comes with work done before: `recall` gives it. */
  restored: z.boolean(),
  /**
   * The finest level that can be shown before `whole` is answered, of a picture that is still being decoded; finer tiles,
   * and whatever needs the picture itself, wait. Null: there is nothing to wait for.
   */
  overviewLevel: z.number().int().nullable(),
});
export type DocumentInfo = z.infer<typeof documentInfoSchema>;

/** A fill's result as the stack of edits shows it: which patches lie on the picture, lowest first, and how much of each. */
export const layerSchema = z.object({ patchId: id, visible: z.boolean(), opacity: z.number().min(0).max(1) });
export type Layer = z.infer<typeof layerSchema>;
const layers = z.array(layerSchema).max(10_000);

export const modelSummarySchema = z.object({
  modelId: id,
  name: z.string().max(200),
  description: z.string().max(2000),
  /** Width of the network, number of parameters, bytes on disk. */
  parameters: z.number().int().min(0),
  bytes: z.number().int().min(0),
  licence: z.string().max(2000),
  speciality: z.enum(SPECIALITIES),
  capabilities: z.object({
    /** What honours a source region: the model's own attention, or only the detail step after it. */
    sourceRegion: z.enum(['attention', 'detail']),
    /** There is a coarse fill, so colours can be painted into it. */
    coarse: z.boolean(),
  }),
  /** It lies in the user's own folder: it can be renamed, described and removed. */
  changeable: z.boolean(),
  /** Of a model that was imported from elsewhere. */
  foreign: z
    .object({
      /** As a person would say it: "LaMa". */
      family: z.string().max(100),
      source: z.string().max(2000),
      /** The user has found that its licence allows commercial work. */
      commercialUse: z.boolean(),
      /** "512 x 512", or "any". */
      size: z.string().max(40),
    })
    .optional(),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const runtimeStatusSchema = z.object({
  /** What fills run on: an execution provider of ONNX Runtime. */
  provider: z.string().max(40),
  /** As a person would say it: "CPU, 2 threads". */
  label: z.string().max(200),
  /** True when something faster was wanted and refused; `refused` then says what and why. */
  fallback: z.boolean(),
  refused: z.array(z.object({ provider: z.string().max(40), reason: z.string().max(1000) })).max(20),
});
export type RuntimeStatus = z.infer<typeof runtimeStatusSchema>;

const settingsShape = {
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(LANGUAGE_SETTINGS),
  tourSeen: z.boolean(),
  brushSize: z.number().min(1).max(2000),
  /** 0..1 of the tip: how much of its radius is not soft. */
  hardness: z.number().min(0).max(1),
  /** Whether a pen's pressure makes the tip smaller. */
  penPressure: z.boolean(),
  /** Width of the soft edge of the next fill, pixels. */
  feather: z.number().min(0).max(MOST_FEATHER),
  modelId: id,
  /** Longest side of the crop that the network works on, pixels. */
  workingSize: z.union([z.literal(256), z.literal(384), z.literal(512)]),
  /** How much of the source's own texture a fill gets: 0 is the network alone. */
  detail: z.number().min(0).max(1),
  /** Sections of the side panel that are folded up. */
  folded: z.array(z.string().max(40)).max(40),
  /** Least height of the list of edits, CSS pixels: what the sections above it leave it at any rate. */
  editsHeight: z.number().min(0).max(4000),
  /** Most memory that a fill may take, MB; 0: what is free. */
  memoryLimit: z.number().int().min(0).max(MOST_MEMORY),
  /** How strongly painted hints hold. */
  hintStrength: z.number().min(0).max(1),
  /** Fills end with the coarse one and wait for a hint. */
  stopAtCoarse: z.boolean(),
};
export const settingsSchema = z.object({
  theme: settingsShape.theme.default('system'),
  language: settingsShape.language.default('system'),
  tourSeen: settingsShape.tourSeen.default(false),
  brushSize: settingsShape.brushSize.default(40),
  hardness: settingsShape.hardness.default(1),
  penPressure: settingsShape.penPressure.default(true),
  feather: settingsShape.feather.default(0),
  modelId: settingsShape.modelId.default('default'),
  workingSize: settingsShape.workingSize.default(512),
  detail: settingsShape.detail.default(1),
  folded: settingsShape.folded.default([]),
  editsHeight: settingsShape.editsHeight.default(275),
  memoryLimit: settingsShape.memoryLimit.default(0),
  hintStrength: settingsShape.hintStrength.default(0.8),
  stopAtCoarse: settingsShape.stopAtCoarse.default(false),
  recentFiles: z.array(z.string().max(4096)).max(10).default([]),
  windowBounds: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .nullable()
    .default(null),
});
export type Settings = z.infer<typeof settingsSchema>;
/** What the window sees of the settings; recent files (paths) and bounds are main's own. */
export const windowSettingsSchema = z.object(settingsShape);
export type WindowSettings = z.infer<typeof windowSettingsSchema>;
/** What the window may change. Made without the defaults: `partial` would let them overwrite what is not mentioned. */
export const settingsChangeSchema = windowSettingsSchema.partial().strict();

// --- window -> main -----------------------------------------------------------------------------------------------

export const saveOptionsSchema = z.object({
  format: z.enum(['jpeg', 'png', 'webp', 'tiff', 'avif']).optional(),
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

// --- window <-> engine --------------------------------------------------------------------------------------------

/** How a fill is computed, apart from what is filled and by which model. */
export const fillSettingsSchema = z.object({
  /** Longest side of the crop that the network works on, pixels. */
  workingSize: z.number().int().min(64).max(1024),
  /** 0..1, how much of the source's own texture the fill gets. */
  detail: z.number().min(0).max(1),
  /** Width of the soft edge inside the hole, pixels of the picture: see `engine/inpaint/feather`. */
  feather: z.number().min(0).max(MOST_FEATHER).default(0),
  /** Another seed finds other patches for the detail. */
  seed: z.number().int().min(0).max(0xffff_ffff),
  /** Factor on the attention's scores before the softmax, where the model has one; null: the model's own. */
  attentionScale: z.number().positive().max(1000).nullable(),
  /** How the network sees the crop; its fill is turned back. */
  orientation: z.enum(['upright', 'mirrored', 'quarter-left', 'quarter-right']),
});
export type FillSettings = z.infer<typeof fillSettingsSchema>;

export const fillRequestSchema = z.object({
  documentId: id,
  jobId: id,
  modelId: id,
  hole: planePatchSchema,
  /** Where patches may come from; null: everywhere outside the hole. */
  source: planePatchSchema.nullable(),
  /** The edits below, which the fill sees as part of the picture. */
  layers,
  settings: fillSettingsSchema,
  /** Only for models with a coarse stage, like `stopAfter`. */
  hint: hintSchema.optional(),
  /** 0..1, how strongly the hint holds; 1 when left out. */
  hintStrength: z.number().min(0).max(1).optional(),
  /** Ends with the coarse fill: `fill:done` brings it, kept like any other. */
  stopAfter: z.literal('coarse').optional(),
  /** Most memory it may take, MB; 0 or left out: what is free. */
  memoryLimit: z.number().int().min(0).max(MOST_MEMORY).optional(),
});
export type FillRequest = z.infer<typeof fillRequestSchema>;

/** What a fill was made with where memory did not suffice for more: see `engine/inpaint/fill-effort`. */
export const fillEffortSchema = z.object({
  /** Longest side of what the network saw, pixels. */
  workingSize: z.number().int().min(1),
  /** Picture pixels a side of one that detail was made of: 1 is the picture's own resolution. */
  detailStep: z.number().int().min(1),
});
export type FillEffort = z.infer<typeof fillEffortSchema>;

/** A part of a fill's result, kept by the engine under its id. */
export const patchRefSchema = z.object({ patchId: id, box: rectSchema });
export type PatchRef = z.infer<typeof patchRefSchema>;

export const engineRequests = {
  /**
   * Pixels for the screen: 8-bit sRGB RGBA, a tile of at most TILE_SIDE squared. Level 0 is full size, each further one
   * half of it; tile (x, y) covers TILE_SIDE * 2^level picture pixels. Shows the layers last set for its view; a view
   * for which none were set, such as ORIGINAL_VIEW, shows the picture without any edit.
   */
  tile: {
    request: z.object({ documentId: id, view: id, level: z.number().int().min(0).max(12), x: pixels, y: pixels }),
    response: z.object({ width: pixels, height: pixels, version: z.number().int(), pixels: bytes }),
  },
  /** Answers when the whole picture is decoded: until then tiles may come from an overview of it, without any layer. */
  whole: { request: z.object({ documentId: id }), response: z.undefined() },
  /**
   * Sets which patches lie on the picture in a view; answers with the boxes whose tiles changed. Any id but
   * ORIGINAL_VIEW makes a view, so that two stacks can be looked at side by side; without layers it costs nothing.
   */
  layers: {
    request: z.object({ documentId: id, view: id.refine((view) => view !== ORIGINAL_VIEW), layers }),
    response: z.object({ version: z.number().int(), changed: z.array(rectSchema) }),
  },
  /**
   * The pixels whose colour is like the one at a place, at full resolution, in EDITED_VIEW: no channel differs
   * by more than `tolerance` (of 255); `contiguous`: only those that hang together with it.
   */
  wand: {
    request: z.object({
      documentId: id,
      x: pixels,
      y: pixels,
      tolerance: z.number().int().min(0).max(255),
      contiguous: z.boolean(),
    }),
    response: planePatchSchema,
  },
  /** A small look at a box of the picture with these layers on it: 8-bit sRGB RGBA, no side longer than `side`. */
  thumbnail: {
    request: z.object({ documentId: id, box: rectSchema, layers, side: z.number().int().min(16).max(512) }),
    response: z.object({ width: pixels, height: pixels, pixels: bytes }),
  },
  /**
   * Where the pixels of a finished patch came from, as in SourceMap, the shifts as their bytes (of this machine's order);
   * null for one that took none from the picture.
   */
  sourceMap: {
    request: z.object({ documentId: id, patchId: id }),
    response: z.object({ box: rectSchema, cell: z.number().int().min(1).max(64), shifts: bytes }).nullable(),
  },
  /** Starts a fill; answers as soon as it is queued. Events with the same jobId follow. */
  fill: { request: fillRequestSchema, response: z.undefined() },
  /** Stops a fill. The answer comes when nothing of it runs any more (within half a second). */
  cancel: { request: z.object({ jobId: id }), response: z.undefined() },
  models: { request: z.undefined(), response: z.array(modelSummarySchema) },
  runtime: { request: z.undefined(), response: runtimeStatusSchema },
} as const;

export const engineEvents = {
  'fill:progress': z.object({
    jobId: id,
    stage: z.enum(['preparing', 'coarse', 'refining', 'blending', 'detail']),
    /** 0..1 over the whole job. */
    fraction: z.number().min(0).max(1),
    /** Seconds left, estimated from this machine's earlier fills; null while nothing is known. */
    secondsLeft: z.number().nullable(),
  }),
  /** The coarse fill is there: show these as the top layers until `fill:done`. */
  'fill:coarse': z.object({ jobId: id, patches: z.array(patchRefSchema) }),
  /** The refined result, kept on disk; the coarse patches are gone. */
  'fill:done': z.object({
    jobId: id,
    patches: z.array(patchRefSchema),
    /** The parts of the picture that the fill looked at. */
    seen: z.array(rectSchema),
    seconds: z.number(),
    provider: z.string().max(40),
    /** Memory did not suffice for the fill as it was asked for. */
    reduced: fillEffortSchema.optional(),
  }),
  'fill:failed': z.object({ jobId: id, error: errorReportSchema }),
  /** How far an import or the trial of a model is. */
  'library:progress': z.object({
    jobId: id,
    stage: z.enum(['waiting', 'copying', 'reading', 'trying']),
    fraction: z.number().min(0).max(1),
    secondsLeft: z.number().nullable(),
  }),
} as const;

/** Frames on the MessagePort. */
export const engineFrameSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.number().int(), method: z.string().max(40), payload: z.unknown() }),
  z.object({ kind: z.literal('response'), id: z.number().int(), ok: z.literal(true), payload: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: z.number().int(), ok: z.literal(false), error: errorReportSchema }),
  z.object({ kind: z.literal('event'), name: z.string().max(40), payload: z.unknown() }),
]);
export type EngineFrame = z.infer<typeof engineFrameSchema>;

// --- main <-> engine (parentPort; both sides ours, validated all the same) ------------------------------------------

/** Event of the engine process: it takes requests now. */
export const engineStarted = 'started';
/** Sent to the engine process together with one port: a window's. */
export const portMessageSchema = z.object({ kind: z.literal('port') });

export const hostRequests = {
  /**
   * Decodes a picture and keeps it under the id. `sessionFolder` holds its patches and what was kept of it before; an
   * original that lies there is decoded instead of the file at `path`.
   */
  open: {
    request: z.object({
      documentId: id,
      path: z.string(),
      name: z.string(),
      sessionFolder: z.string(),
      savable: z.boolean(),
      project: projectSchema.nullable(),
    }),
    response: documentInfoSchema,
  },
  /** Writes an export to a file, or to a folder where there are several. */
  export: { request: z.object({ documentId: id, what: exportSchema, path: z.string() }), response: z.undefined() },
  /** Unpacks a project file into an empty session folder, from which it can be opened. */
  unpack: {
    request: z.object({ path: z.string(), sessionFolder: z.string() }),
    /** The picture's name, and the revision of the document in the file. */
    response: z.object({ name: z.string(), revision: z.number().int() }),
  },
  /** Writes what was remembered last as a project file; answers with its revision. */
  pack: {
    request: z.object({ documentId: id, path: z.string() }),
    response: z.object({ revision: z.number().int() }),
  },
  /** What is in a session folder that an earlier run left; null when there is nothing to restore. */
  leftover: {
    request: z.object({ sessionFolder: z.string() }),
    response: z.object({ savedAt: z.string(), revision: z.number().int(), edits: z.number().int() }).nullable(),
  },
  close: { request: z.object({ documentId: id }), response: z.undefined() },
  /** The white pixels of a mask picture, which must have the document's size; null when it has none. */
  readMask: { request: z.object({ documentId: id, path: z.string() }), response: planePatchSchema.nullable() },
  /** Writes a mask of the document's size as a black and white PNG. */
  writeMask: {
    request: z.object({ documentId: id, path: z.string(), mask: planePatchSchema.nullable() }),
    response: z.undefined(),
  },
  /** Writes the picture with its visible layers, aside first, then renamed. */
  save: {
    request: z.object({ documentId: id, layers, path: z.string(), options: saveOptionsSchema }),
    response: z.undefined(),
  },
} as const;
