/** What a picture or an export is written as: what the window asks main for, and main the engine. */
import { z } from 'zod';
import { PICTURE_FORMAT_NAMES } from '../picture-formats';
import { patchRefSchema } from './fills';
import { layersSchema as layers, projectSchema } from './values';

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
export type Saved = z.infer<typeof savedSchema>;

/** An edit as it is exported: what it is called, and what of it lies on the picture. */
const exportedEditSchema = z.object({ name: z.string().max(200), layers });

/** A result in a file with layers, hidden ones among them. */
const stackedResultSchema = z.object({ name: z.string().max(200), patches: z.array(patchRefSchema).max(10_000) });

/** An edit in a file with layers: the variant that was chosen, and those that were not, in a group that is hidden. */
const stackedEditSchema = z.object({
  ...stackedResultSchema.shape,
  visible: z.boolean(),
  opacity: z.number().min(0).max(1),
  others: z.array(stackedResultSchema).max(1000),
  /** What their group is called. */
  othersName: z.string().max(200),
});
export type StackedEdit = z.infer<typeof stackedEditSchema>;

/** What can be taken to other programs besides the picture; each asks for its place. */
export const exportSchema = z.discriminatedUnion('kind', [
  /** A PNG for each edit, lowest first, cut to what it holds or as large as the picture. */
  z.object({
    kind: z.literal('layers'),
    edits: z.array(exportedEditSchema).max(10_000),
    size: z.enum(['cropped', 'full']),
  }),
  /** One file with layers for other editors: Photoshop's, or OpenRaster. */
  z.object({
    kind: z.literal('layered'),
    format: z.enum(['psd', 'ora']),
    /** What the lowest layer is called. */
    originalName: z.string().max(200),
    edits: z.array(stackedEditSchema).max(10_000),
  }),
  /** Black and white: the pixels that visible edits have replaced. */
  z.object({ kind: z.literal('mask'), layers }),
  /** Original and result side by side. */
  z.object({ kind: z.literal('before-after'), layers }),
]);
export type Export = z.infer<typeof exportSchema>;
