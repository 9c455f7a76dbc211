/** Between main and the engine, over the port of the process; both sides are ours, and validated all the same. */
import { z } from 'zod';
import {
  documentInfoSchema,
  frameSchema,
  idSchema as id,
  layersSchema as layers,
  planePatchSchema,
  projectSchema,
} from './values';
import { computerCheckSchema } from './computer';
import { importOrderShape, importOutcomeSchema, modelExportSchema } from './models';
import { maskNoteSchema } from '../mask-notes';
import { photoFilledSchema, photoFillShape, photoThumbnailSchema, THUMBNAIL_SIDES } from './photos';
import { exportSchema, saveOptionsSchema } from './saving';

/** Event of the engine process: it takes requests now. */
export const engineStarted = 'started';
/** Sent to the engine process together with one port: a window's. */
export const portMessageSchema = z.object({ kind: z.literal('port') });

export const documentHostRequests = {
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
  /**
   * Writes a document as another one, on a canvas that covers `frame` of its pixels, into an empty session folder, from which
   * it can be opened; what comes to the canvas is its painted hole.
   */
  reframe: {
    request: z.object({
      documentId: id,
      frame: frameSchema,
      revision: z.number().int().min(0),
      sessionFolder: z.string(),
    }),
    response: z.undefined(),
  },
  /** Writes an export to a file, or to a folder where there are several. */
  export: { request: z.object({ documentId: id, what: exportSchema, path: z.string() }), response: z.undefined() },
  /** Unpacks a project file into a document's empty session folder, from which it can be opened. */
  unpack: {
    request: z.object({ documentId: id, path: z.string(), sessionFolder: z.string() }),
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
  /** Ends the opening or unpacking of a document, which fails with `cancelled` then; nothing where that is over. */
  cancelOpen: { request: z.object({ documentId: id }), response: z.undefined() },
  close: { request: z.object({ documentId: id }), response: z.undefined() },
  /** The white pixels of a mask picture, which must have the document's size; null when it has none. */
  readMask: {
    request: z.object({ documentId: id, path: z.string() }),
    response: z.object({ mask: planePatchSchema.nullable(), notes: z.array(maskNoteSchema).max(10) }),
  },
  /** Writes a mask of the document's size as a black and white PNG. */
  writeMask: {
    request: z.object({ documentId: id, path: z.string(), mask: planePatchSchema.nullable() }),
    response: z.undefined(),
  },
  /** Writes it as a PNG for the clipboard: 8 bit in sRGB. */
  writeForClipboard: { request: z.object({ documentId: id, layers, path: z.string() }), response: z.undefined() },
  /** Writes the picture with its visible layers, aside first, then renamed. */
  save: {
    request: z.object({ documentId: id, layers, path: z.string(), options: saveOptionsSchema }),
    response: z.undefined(),
  },
} as const;

export const modelHostRequests = {
  importModel: { request: z.object({ ...importOrderShape, path: z.string() }), response: importOutcomeSchema },
  exportModel: { request: z.object({ what: modelExportSchema, path: z.string() }), response: z.undefined() },
} as const;

/** Photos that are no open documents. */
export const photoHostRequests = {
  /** The photos of a folder, by name, without what lies in folders inside; and what of it is not read. */
  listPhotos: {
    request: z.object({ folder: z.string() }),
    response: z.object({ photos: z.array(z.string()), passedOver: z.array(z.string()) }),
  },
  /** Read with the same limits as a picture that is opened. */
  photoThumbnail: {
    request: z.object({
      path: z.string(),
      side: z.number().int().min(THUMBNAIL_SIDES.least).max(THUMBNAIL_SIDES.most),
    }),
    response: photoThumbnailSchema,
  },
  /** Where results of photos go in a folder, and whether there is something already. */
  planResults: {
    request: z.object({ photos: z.array(z.string()), folder: z.string() }),
    response: z.array(z.object({ output: z.string(), state: z.enum(['free', 'exists', 'is-photo', 'same-name']) })),
  },
  /** Fills a photo from file to file; the result appears whole or not at all. Fails with `cancelled` when it was stopped. */
  fillPhoto: {
    request: z.object({ jobId: id, path: z.string(), output: z.string(), replace: z.boolean(), ...photoFillShape }),
    response: photoFilledSchema,
  },
} as const;

/** Everything main asks the engine for. */
export const engineHostRequests = {
  ...documentHostRequests,
  ...modelHostRequests,
  ...photoHostRequests,
  /** Takes up to a minute: everything that fills can run on is tried. */
  checkComputer: { request: z.undefined(), response: computerCheckSchema },
} as const;
