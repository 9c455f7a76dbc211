/**
 * The library of models as window, main and engine speak of it. Files are main's business: the window knows a file that
 * was chosen or dropped by a ticket. Looks, measurements and changes go over the port between window and engine.
 */
import { z } from 'zod';
import { idSchema, layerSchema, planePatchSchema } from './protocol/values';
import { SPECIALITIES } from './speciality';

const text = z.string().max(2000);
const named = z.string().max(500);

/** How a model is talked to, as far as its user states it; each property narrows what is tried. */
export const statedSchema = z
  .object({
    output: named,
    rangeIn: z.enum(['0..1', '0..255', '-1..1']),
    rangeOut: z.enum(['0..1', '0..255', '-1..1']),
    maskRange: z.enum(['0..1', '0..255', '-1..1', '-0.5..0.5']),
    maskHole: z.enum(['high', 'low']),
    blank: z.enum(['zero', 'grey', 'white']),
    colours: z.enum(['rgb', 'bgr']),
  })
  .partial()
  .strict();
export type StatedByUser = z.infer<typeof statedSchema>;

/** Something that no test tells, and what it may be. */
export const askedSchema = z.object({
  property: statedSchema.keyof(),
  choices: z.array(named).min(2).max(20),
});
export type Asked = z.infer<typeof askedSchema>;

/** What became of an import: a model, or what has to be stated before it can be one. */
export const importOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('imported'), modelId: idSchema }),
  z.object({ kind: z.literal('question'), asked: z.array(askedSchema).min(1).max(10) }),
]);
export type ImportOutcome = z.infer<typeof importOutcomeSchema>;

/** A file that a person has chosen to import. */
export const chosenModelSchema = z.object({
  ticket: z.uuid(),
  /** Without its folder. */
  name: z.string().max(1024),
});
export type ChosenModel = z.infer<typeof chosenModelSchema>;

/** `folder`: the model as this program keeps it; `onnx`: one file for other programs, for pictures of one size. */
export const modelExportSchema = z.discriminatedUnion('as', [
  z.object({ as: z.literal('folder'), modelId: idSchema }),
  z.object({ as: z.literal('onnx'), modelId: idSchema, side: z.number().int().min(32).max(4096) }),
]);
export type ModelExport = z.infer<typeof modelExportSchema>;

const importOrder = { jobId: idSchema, stated: statedSchema };

/** window -> main */
export const libraryChannels = {
  /** Shows the dialog for an ONNX file; null when the person cancels. */
  'library:choose': { request: z.undefined(), response: chosenModelSchema.nullable() },
  /** The same for a dropped file. The preload turns it into its path. */
  'library:drop': { request: z.object({ path: z.string().min(1).max(4096) }), response: chosenModelSchema },
  /** Progress comes from the engine, which can also be asked to stop it. */
  'library:import': {
    request: z.object({ ...importOrder, ticket: chosenModelSchema.shape.ticket }),
    response: importOutcomeSchema,
  },
  /** Shows a dialog for the place; the name of what was written, null when the person cancels. */
  'library:export': { request: modelExportSchema, response: z.object({ name: z.string() }).nullable() },
} as const;

/** main -> engine */
export const libraryHostRequests = {
  importModel: { request: z.object({ ...importOrder, path: z.string() }), response: importOutcomeSchema },
  exportModel: { request: z.object({ what: modelExportSchema, path: z.string() }), response: z.undefined() },
} as const;

/** A fill of a standard hole, on a look at the picture. */
const standardFillSchema = z.object({
  width: z.number().int().min(1).max(512),
  height: z.number().int().min(1).max(512),
  /** 8-bit sRGB RGBA. */
  pixels: z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array && value.byteLength <= 1024 * 1024),
  /** Of one such fill, when the model was loaded already. */
  seconds: z.number().min(0),
  provider: z.string().max(40),
  /** When that was measured, milliseconds since 1970. */
  measuredAt: z.number(),
});
export type StandardFill = z.infer<typeof standardFillSchema>;

const share = z.number().min(0).max(1);

/** What surrounds a hole, measured: see `engine/library/surroundings`. */
export const surroundingsSchema = z.object({
  /** Share of the pixels that lie on an edge. */
  edges: share,
  /** How much neighbouring edges agree in direction: 0 as in noise, 1 as in stripes. */
  coherence: share,
  /** Fine contrast: root mean square difference of a pixel's luminance from its neighbours', luminance being 0 to 1. */
  grain: share,
  /** Shares of the pixels with a colour as of leaves, of sky and water, of skin. */
  green: share,
  blue: share,
  skin: share,
});
export type MeasuredSurroundings = z.infer<typeof surroundingsSchema>;

export const proposalSchema = z.object({
  modelId: idSchema,
  /** How well what the model is good at fits the place: 0..1. */
  fit: share,
  /** How often it was chosen for places like this one. */
  chosen: z.number().int().min(0),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** window <-> engine */
export const libraryRequests = {
  /**
   * Fills a standard hole in the document's picture (null: in the sample) with a model. Its speed is measured when it is
   * not known yet, or `again`. Waits until no other fill runs.
   */
  tryModel: {
    request: z.object({ jobId: idSchema, documentId: idSchema.nullable(), modelId: idSchema, again: z.boolean() }),
    response: standardFillSchema,
  },
  /** Stops an import or a trial, which then fails with `cancelled`. */
  cancelModelJob: { request: z.object({ jobId: idSchema }), response: z.undefined() },
  renameModel: {
    request: z.object({ modelId: idSchema, name: z.string().trim().min(1).max(200) }),
    response: z.undefined(),
  },
  /** States what a model is good at and, of an imported one, where it comes from. */
  describeModel: {
    request: z.object({
      modelId: idSchema,
      speciality: z.enum(SPECIALITIES),
      origin: z.object({ licence: text, source: text, commercialUse: z.boolean() }).nullable(),
    }),
    response: z.undefined(),
  },
  /** Copies a model, to be changed; answers with the copy's id. */
  duplicateModel: {
    request: z.object({ modelId: idSchema, name: z.string().trim().min(1).max(200) }),
    response: z.object({ modelId: idSchema }),
  },
  removeModel: { request: z.object({ modelId: idSchema }), response: z.undefined() },
  /** Which models suit a place, the best first, and what was measured there. */
  proposeModels: {
    request: z.object({ documentId: idSchema, layers: z.array(layerSchema).max(10_000), hole: planePatchSchema }),
    response: z.object({ measured: surroundingsSchema, proposals: z.array(proposalSchema).max(1000) }),
  },
  /** A person has chosen this model's fill of a place, in place of any chosen there before: it is proposed sooner from now on. */
  modelChosen: {
    request: z.object({ placeId: idSchema, measured: surroundingsSchema, modelId: idSchema }),
    response: z.undefined(),
  },
} as const;
