/** What is said of fills: settings, requests, and what they were made with. */
import { z } from 'zod';
import { latentVariantSchema } from '../latent-variant';
import { pieceChoicesSchema } from '../piece-choice';
import { structureLinesSchema } from '../structure-line';
import {
  FILL_MANNERS,
  GUIDE_STRENGTHS,
  hintSchema,
  idSchema as id,
  layersSchema as layers,
  MOST_FEATHER,
  MOST_MEMORY,
  planePatchSchema,
  rectSchema,
} from './values';

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
  /** Which of its fills a model with a latent gives; null: the plain one. */
  variant: latentVariantSchema.nullable().default(null),
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
  /** What was said about the pieces of a fill in the manner 'remove'. */
  pieces: pieceChoicesSchema.optional(),
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
