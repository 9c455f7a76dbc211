/**
 * How a file that was dropped on the window is handed to main. A page that was taken over could name any path; but the browser
 * lets it read only the files that a person has dropped there. So main asks for some bytes from inside the file, at places that it
 * chooses, and gives a ticket to who knows them.
 */
import { z } from 'zod';

/** Places that are asked about. */
export const DROP_SAMPLES = 64;

/** Between the preload and main alone. */
export const dropChannels = {
  /** A file was dropped: its path, from the browser. Answered alike whether there is such a file or not. */
  'drop:offer': {
    request: z.object({ path: z.string().min(1).max(4096) }),
    response: z.object({
      dropId: z.uuid(),
      /** Where to read, as parts of the file's length: 0 at its first byte, below 1. */
      at: z.array(z.number().min(0).max(1)).max(DROP_SAMPLES),
    }),
  },
  /** What stands there. */
  'drop:prove': {
    request: z.object({
      dropId: z.uuid(),
      size: z.number().int().min(0),
      samples: z.array(z.instanceof(Uint8Array)).max(DROP_SAMPLES),
    }),
    response: z.object({ ticket: z.uuid() }),
  },
} as const;
