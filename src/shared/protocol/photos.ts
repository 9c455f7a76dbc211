/** What the window asks main about photos that are worked on one after the other: the film strip's. */
import { z } from 'zod';
import { bytesSchema, documentInfoSchema, idSchema as id, pixelsSchema as pixels } from './values';

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
   * Lets a document go while its work stays on the disk, for 'document:resume'. `kept`: also when the program ends, to be
   * offered at the next start.
   */
  'document:rest': { request: z.object({ documentId: id, kept: z.boolean() }), response: z.undefined() },
  'document:resume': { request: z.object({ documentId: id }), response: documentInfoSchema },
} as const;
