/**
 * What the window, the main process and the engine process say to each other. Every message is validated by the side
 * that receives it: a renderer is never trusted, and neither is a worker that may be of another version.
 *
 * A file for each two that talk:
 *  - `window-main`: questions by `ipcRenderer.invoke`, one channel a row of `windowChannels`; events the other way, `mainEvents`;
 *  - `window-engine`: over a MessagePort that main hands to both;
 *  - `main-engine`: over the port of the engine process;
 *  - `trainer-main`: the trainer's window and main, as `window-main`;
 *  - `trainer-training`: over a MessagePort that main hands to both;
 *  - `main-training`: over the port of the training process;
 *  - `lab-main`: the lab's window and main, as `window-main`;
 *  - `lab-job`: over a MessagePort that main hands to both, one a pane.
 * What several of them speak of is here and in `fills`, `models`, `saving`, `settings`; `frames` is what travels on ports.
 */
import { z } from 'zod';
import { ERROR_CODES } from '../errors';
import { PICTURE_FORMAT_NAMES } from '../picture-formats';
import { SPECIALITIES } from '../speciality';

/** Longest side of a picture, pixels. */
export const MAX_SIDE = 65_535;
/** Largest plane or tile a message may carry, in bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** Side of a display tile in pixels, at every level. */
export const TILE_SIDE = 512;
/** Largest memory limit that can be set, MB. */
export const MOST_MEMORY = 1_048_576;
/** Widest soft edge of a fill, pixels. */
export const MOST_FEATHER = 200;
/**
 * How a hole is filled. 'remove': with large pieces of the photograph, so that what was there is gone without a trace;
 * 'restore': with the network's fill and the photograph's grain, for what must come back (scratches, strokes over faces).
 */
export const FILL_MANNERS = ['remove', 'restore'] as const;
export type FillManner = (typeof FILL_MANNERS)[number];
/** How much the network's fill decides which pieces of the photograph are taken, in the manner 'remove'. */
export const GUIDE_STRENGTHS = ['usual', 'strong', 'none'] as const;
export type GuideStrength = (typeof GUIDE_STRENGTHS)[number];

/** What a mask may leave over of what it is to cover: see `engine/inpaint/mask-fit`. */
export const MASK_FAULTS = ['rim', 'shadow'] as const;
export type MaskFault = (typeof MASK_FAULTS)[number];
/** The view of a document that the edits make; what the wand sees. */
export const EDITED_VIEW = 'edited';
/** The view without any edit. */
export const ORIGINAL_VIEW = 'original';

/** A length or a place in a picture. */
export const pixelsSchema = z.number().int().min(0).max(MAX_SIDE);
const pixels = pixelsSchema;
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const id = idSchema;
export const bytesSchema = z
  .custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array && value.byteLength <= MAX_MESSAGE_BYTES)
  .describe('bytes');
const bytes = bytesSchema;

export const rectSchema = z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) });

/** A part of a picture-sized bit plane: everything outside `box` is off. `bits` as in BitPlane. */
const place = z.number().int().min(-MAX_SIDE).max(MAX_SIDE);

/** What a canvas covers of a picture, which it may reach over. */
export const frameSchema = z.object({ x: place, y: place, width: pixelsSchema.min(1), height: pixelsSchema.min(1) });

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
  reason: z
    .object({
      id: z.string().max(60),
      parameters: z.record(z.string().max(40), z.union([z.string().max(4096), z.number()])),
    })
    .optional(),
});

export const projectSchema = z.object({ revision: z.number().int().min(0) });

export const documentInfoSchema = z.object({
  documentId: id,
  /** The file's name without its folder; "Pasted picture" for one from the clipboard. */
  name: z.string().max(1024),
  width: pixels.min(1),
  height: pixels.min(1),
  format: z.enum(PICTURE_FORMAT_NAMES),
  depth: z.union([z.literal(8), z.literal(16)]),
  alpha: z.boolean(),
  /** Whether Save can go to the file it came from (never for the sample, a paste, or a file that cannot be written). */
  savable: z.boolean(),
  /** Its project file, which Save then writes: the revision of the document that it holds. Null: it has none. */
  project: projectSchema.nullable(),
  /** Whether its canvas is another than that of the picture's file. */
  reframed: z.boolean(),
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
const layerSchema = z.object({ patchId: id, visible: z.boolean(), opacity: z.number().min(0).max(1) });
export type Layer = z.infer<typeof layerSchema>;
export const layersSchema = z.array(layerSchema).max(10_000);

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
  imported: z
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
