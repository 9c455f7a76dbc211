/** Between a window and the engine, over a port that main hands to both. */
import { z } from 'zod';
import { FILL_STAGES } from '../fill-stage';
import {
  FILL_MANNERS,
  GUIDE_STRENGTHS,
  MOST_FEATHER,
  MOST_MEMORY,
  ORIGINAL_VIEW,
  bytesSchema as bytes,
  errorReportSchema,
  hintSchema,
  idSchema as id,
  layersSchema as layers,
  modelSummarySchema,
  pixelsSchema as pixels,
  planePatchSchema,
  rectSchema,
  runtimeStatusSchema,
} from './values';
import { structureLinesSchema } from '../structure-line';

/** How a fill is computed, apart from what is filled and by which model. */
export const fillSettingsSchema = z.object({
  manner: z.enum(FILL_MANNERS).default('restore'),
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
  /** Whether edges that face each other across the hole are found and continued. */
  automaticLines: z.boolean().default(true),
  guide: z.enum(GUIDE_STRENGTHS).default('usual'),
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
  /** Edges to continue through the hole, and those that must not be found. */
  lines: structureLinesSchema.optional(),
  removedLines: structureLinesSchema.optional(),
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
    stage: z.enum(FILL_STAGES),
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
    /** Edges that were found and continued. */
    foundLines: structureLinesSchema.default([]),
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
