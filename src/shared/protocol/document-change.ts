/** What has changed of a document since it was kept last. */
import { z } from 'zod';
import {
  editSchema,
  hintTileSchema,
  keptHintSchema,
  markingSchema,
  MOST_HINT_TILES,
  setAsideSchema,
} from '../document-model';
import { structureLinesSchema } from '../structure-line';
import { planePatchSchema } from './values';

const changedPlane = planePatchSchema.optional();

export const documentChangeSchema = z.object({
  /** Counts the changes of a document; the last one that was kept is the state that comes back. */
  revision: z.number().int().min(0),
  /** For planes that have changed: a box and all that is on inside it. Outside it they are as they were. */
  planes: z.object({ hole: changedPlane, include: changedPlane, exclude: changedPlane }),
  /** Tiles of the painted hint that are others now; without pixels: gone. */
  hint: z.array(hintTileSchema.extend({ pixels: hintTileSchema.shape.pixels.nullable() })).max(MOST_HINT_TILES),
  /** The painted lines. Left out: as they were. */
  lines: structureLinesSchema.optional(),
  /** Left out: as it was. */
  setAside: setAsideSchema.nullable().optional(),
  /** Those that have come since the last change; the others are kept already. */
  markings: z.array(markingSchema).max(10_000),
  hints: z.array(keptHintSchema).max(10_000),
  /** The whole stack. */
  edits: z.array(editSchema).max(10_000),
  nextNumber: z.number().int().min(1),
});
export type DocumentChange = z.infer<typeof documentChangeSchema>;
