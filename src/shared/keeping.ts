/**
 * How the window's document gets onto the disk and back: what window and engine say to each other about it, on the port
 * between them. The window sends what has changed; the engine keeps it in the document's session folder, from which a
 * crash is recovered and a project file is written.
 */
import { z } from 'zod';
import {
  documentModelSchema,
  editSchema,
  hintTileSchema,
  keptHintSchema,
  markingSchema,
  MOST_HINT_TILES,
  setAsideSchema,
} from './document-model';
import { libraryRequests } from './library';
import { engineRequests } from './protocol/engine';
import { idSchema, planePatchSchema } from './protocol/values';
import { structureLinesSchema } from './structure-line';

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

const keepingRequests = {
  /** Answers when the change is on the disk. */
  remember: { request: z.object({ documentId: idSchema, change: documentChangeSchema }), response: z.undefined() },
  /** The document as it was kept; null for one that nothing was done to. */
  recall: {
    request: z.object({ documentId: idSchema }),
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
export const documentRequests = { ...engineRequests, ...keepingRequests } as const;
/** Everything the window asks the engine for. */
export const portRequests = { ...documentRequests, ...libraryRequests } as const;
