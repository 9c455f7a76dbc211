/** What the window asks main about photos that are worked on one after the other: the film strip's. */
import { z } from 'zod';
import { fillSettingsSchema } from './fills';
import {
  bytesSchema,
  documentInfoSchema,
  idSchema as id,
  MOST_MEMORY,
  pixelsSchema as pixels,
  planePatchSchema,
} from './values';

/** Most photos in one answer: what of a folder is beyond is left out, and counted. */
export const MOST_PHOTOS = 5000;
/** Longest side of a thumbnail, pixels. */
export const THUMBNAIL_SIDES = { least: 16, most: 512 } as const;

/** A photo at hand, without its path. The same file has the same id as long as the program runs. */
const photoSchema = z.object({ photoId: z.uuid(), name: z.string().max(1024) });
export type Photo = z.infer<typeof photoSchema>;

const photoFolderSchema = z.object({
  folder: z.string().max(1024),
  photos: z.array(photoSchema).max(MOST_PHOTOS),
  /** Names of pictures there that are of a format that is not read, at most a hundred; and how many files are left out. */
  passedOver: z.array(z.string().max(1024)).max(100),
  leftOut: z.number().int().min(0),
});
export type PhotoFolder = z.infer<typeof photoFolderSchema>;

/** A small look at a photo: 8-bit sRGB RGBA. */
export const photoThumbnailSchema = z.object({ width: pixels, height: pixels, pixels: bytesSchema });

/** How all photos of the strip are filled: with one mask, by the settings that the person has. */
export const photoFillShape = {
  modelId: id,
  settings: fillSettingsSchema,
  /** Of photos of `size` alone. */
  hole: planePatchSchema,
  /** Where patches may come from; null: everywhere outside the hole. */
  source: planePatchSchema.nullable(),
  size: z.object({ width: pixels.min(1), height: pixels.min(1) }),
  /** Whether the hole grows in each photo to the edge of what it leaves over. */
  grow: z.boolean(),
  /** MB; 0: what is free. */
  memoryLimit: z.number().int().min(0).max(MOST_MEMORY),
};

/** What became of a photo. */
export const photoFilledSchema = z.discriminatedUnion('kind', [
  /** `reduced`: memory did not suffice for the fill as it was asked for. */
  z.object({ kind: z.literal('filled'), seconds: z.number(), grew: z.number().int().min(0), reduced: z.boolean() }),
  /** The mask is not of its size. */
  z.object({ kind: z.literal('other-size'), width: pixels, height: pixels }),
]);

/** What becomes of a photo's result: it is written, was there and is left, or cannot be written where it would go. */
const plannedResultSchema = z.object({
  photoId: z.uuid(),
  /** Of the result. */
  name: z.string().max(1024),
  result: z.enum(['write', 'skip', 'is-photo', 'same-name']),
});
export type PlannedResult = z.infer<typeof plannedResultSchema>;

export const photoChannels = {
  /** Shows the open dialog, for one file or several; null when the person cancels. */
  'photos:choose': { request: z.undefined(), response: z.array(photoSchema).min(1).max(MOST_PHOTOS).nullable() },
  /** Shows the dialog for a folder; null when the person cancels. */
  'photos:choose-folder': { request: z.undefined(), response: photoFolderSchema.nullable() },
  /** A dropped file, for which `drop:prove` has given a ticket. The renderer never sees a path. */
  'photos:drop': { request: z.object({ ticket: z.uuid() }), response: photoSchema },
  /** A dropped folder, by what the browser calls it. Main asks the person before it looks into it; null when it is not meant. */
  'photos:drop-folder': {
    request: z.object({ path: z.string().min(1).max(4096) }),
    response: photoFolderSchema.nullable(),
  },
  'photo:open': { request: z.object({ photoId: z.uuid() }), response: documentInfoSchema },
  /** Null for what has no look of its own: a project. Fails like opening the photo would, with the same limits. */
  'photo:thumbnail': {
    request: z.object({
      photoId: z.uuid(),
      side: z.number().int().min(THUMBNAIL_SIDES.least).max(THUMBNAIL_SIDES.most),
    }),
    response: photoThumbnailSchema.nullable(),
  },
  /**
   * Asks for the folder that results go to, and what is to become of results that are there already. Null when the person
   * cancels. The ticket stands for that answer.
   */
  'photos:place-results': {
    request: z.object({ photoIds: z.array(z.uuid()).min(1).max(MOST_PHOTOS) }),
    response: z
      .object({
        ticket: z.uuid(),
        folder: z.string().max(1024),
        results: z.array(plannedResultSchema).max(MOST_PHOTOS),
      })
      .nullable(),
  },
  /** Fills one photo from file to file. Progress comes from the engine, which can be asked to stop it: then it fails with `cancelled`. */
  'photo:fill': {
    request: z.object({ jobId: id, ticket: z.uuid(), photoId: z.uuid(), ...photoFillShape }),
    response: photoFilledSchema,
  },
  /**
   * Lets a document go while its work stays on the disk, for 'document:resume'. `kept`: also when the program ends, to be
   * offered at the next start.
   */
  'document:rest': { request: z.object({ documentId: id, kept: z.boolean() }), response: z.undefined() },
  'document:resume': { request: z.object({ documentId: id }), response: documentInfoSchema },
} as const;
