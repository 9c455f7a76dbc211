/**
 * Between a window and the engine, over a port that main hands to both: tiles and fills; how the document gets onto the
 * disk and back; looks at models, and changes of them. Only pixels and questions about them travel here; a file path never
 * does.
 */
import { z } from 'zod';
import { documentModelSchema } from '../document-model';
import { SPECIALITIES } from '../speciality';
import { documentChangeSchema } from './document-change';
import { fillEffortSchema, fillRequestSchema, patchRefSchema } from './fills';
import { proposalSchema, standardFillSchema, surroundingsSchema } from './models';
import { FILL_STAGES } from '../fill-stage';
import {
  MASK_FAULTS,
  ORIGINAL_VIEW,
  bytesSchema as bytes,
  errorReportSchema,
  idSchema as id,
  layersSchema as layers,
  modelSummarySchema,
  pixelsSchema as pixels,
  planePatchSchema,
  rectSchema,
  runtimeStatusSchema,
} from './values';
import { structureLinesSchema } from '../structure-line';

const pictureRequests = {
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
  /**
   * The object in a box, or under strokes, in EDITED_VIEW; null: nothing could be told from what is around it. Another question
   * makes an unanswered one fail with `cancelled`.
   */
  selectObject: {
    request: z.object({
      documentId: id,
      box: rectSchema.nullable(),
      object: planePatchSchema.nullable(),
      background: planePatchSchema.nullable(),
    }),
    response: z.object({ found: planePatchSchema.nullable() }),
  },
  /** What looks like a wire, each for itself, the longest first. */
  findWires: {
    request: z.object({ documentId: id }),
    response: z.object({ wires: z.array(planePatchSchema).max(1000) }),
  },
  /**
   * What a hole leaves over of what it is to cover, a rim or a shadow, and by how many pixels it must grow to cover it;
   * null and 0 where nothing is seen. `layers`: the edits below the hole. Gives way to a fill: then it fails with `cancelled`.
   */
  maskFit: {
    request: z.object({ documentId: id, hole: planePatchSchema, layers }),
    response: z.object({ fault: z.enum(MASK_FAULTS).nullable(), grow: z.number().int().min(0) }),
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

/**
 * How the window's document gets onto the disk and back: the window sends what has changed; the engine keeps it in the
 * document's session folder, from which a crash is recovered and a project file is written.
 */
const persistenceRequests = {
  /** Answers when the change is on the disk. */
  remember: { request: z.object({ documentId: id, change: documentChangeSchema }), response: z.undefined() },
  /** The document as it was kept; null for one that nothing was done to. */
  recall: {
    request: z.object({ documentId: id }),
    response: z
      .object({
        revision: z.number().int().min(0),
        model: documentModelSchema,
        /** Names of models that edits were made with and that are not there. */
        missingModels: z.array(z.string()),
      })
      .nullable(),
  },
} as const;

/** What the window asks about documents. */
export const documentRequests = { ...pictureRequests, ...persistenceRequests } as const;

const text = z.string().max(2000);

/** What the window asks about models. */
export const modelRequests = {
  /**
   * Fills a standard hole in the document's picture (null: in the sample) with a model. Its speed is measured when it is
   * not known yet, or `again`. Waits until no other fill runs.
   */
  tryModel: {
    request: z.object({ jobId: id, documentId: id.nullable(), modelId: id, again: z.boolean() }),
    response: standardFillSchema,
  },
  /** Stops an import or a trial, which then fails with `cancelled`. */
  cancelModelJob: { request: z.object({ jobId: id }), response: z.undefined() },
  renameModel: {
    request: z.object({ modelId: id, name: z.string().trim().min(1).max(200) }),
    response: z.undefined(),
  },
  /** States what a model is good at and, of an imported one, where it comes from. */
  describeModel: {
    request: z.object({
      modelId: id,
      speciality: z.enum(SPECIALITIES),
      origin: z.object({ licence: text, source: text, commercialUse: z.boolean() }).nullable(),
    }),
    response: z.undefined(),
  },
  /** Copies a model, to be changed; answers with the copy's id. */
  duplicateModel: {
    request: z.object({ modelId: id, name: z.string().trim().min(1).max(200) }),
    response: z.object({ modelId: id }),
  },
  removeModel: { request: z.object({ modelId: id }), response: z.undefined() },
  /** Which models suit a place, the best first, and what was measured there. */
  proposeModels: {
    request: z.object({ documentId: id, layers, hole: planePatchSchema }),
    response: z.object({ measured: surroundingsSchema, proposals: z.array(proposalSchema).max(1000) }),
  },
  /** A person has chosen this model's fill of a place, in place of any chosen there before: it is proposed sooner from now on. */
  modelChosen: {
    request: z.object({ placeId: id, measured: surroundingsSchema, modelId: id }),
    response: z.undefined(),
  },
} as const;

/** What the window asks about photos that are no open documents. */
export const photoRequests = {
  /** Stops the fill of a photo, which then fails with `cancelled`. */
  cancelPhotoFill: { request: z.object({ jobId: id }), response: z.undefined() },
} as const;

/** Everything the window asks the engine for. */
export const portRequests = { ...documentRequests, ...modelRequests, ...photoRequests } as const;

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
  /** How far the fill of a photo of the strip is, 0..1. */
  'photo:progress': z.object({ jobId: id, fraction: z.number().min(0).max(1) }),
  /** How far an import or the trial of a model is. */
  'library:progress': z.object({
    jobId: id,
    stage: z.enum(['waiting', 'copying', 'reading', 'trying']),
    fraction: z.number().min(0).max(1),
    secondsLeft: z.number().nullable(),
  }),
} as const;
