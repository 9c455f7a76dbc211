/**
 * What window, main and engine say of models: imports, exports, looks and measurements. Files are main's business: the
 * window knows a file that was chosen or dropped by a ticket.
 */
import { z } from 'zod';
import { idSchema } from './values';

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

/** What starts an import. */
export const importOrderShape = { jobId: idSchema, stated: statedSchema };

/** A fill of a standard hole, on a look at the picture. */
export const standardFillSchema = z.object({
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
