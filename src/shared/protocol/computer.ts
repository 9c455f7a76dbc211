/** What a check of this computer found: nothing of pictures, and no paths. */
import { z } from 'zod';

const text = z.string().max(1000);
const megabytes = z.number().nonnegative();

export const computerCheckSchema = z.object({
  program: z.object({
    version: text,
    /** What it was built from; null in sources without a history. */
    commit: text.nullable(),
    node: text,
    electron: text.nullable(),
  }),
  system: z.object({
    platform: text,
    release: text,
    architecture: text,
    processor: text,
    cores: z.number().int().positive(),
    memory: megabytes,
    freeMemory: megabytes,
  }),
  providers: z
    .array(
      z.object({
        provider: z.string().max(40),
        /** What it computes on; null when it cannot be used. */
        label: text.nullable(),
        /** Why it cannot be used; empty when it can. */
        reason: text,
        /** Of a generator at 256 and 512 pixels, milliseconds. */
        at256: z.number().nullable(),
        at512: z.number().nullable(),
        fill: z
          .object({
            seconds: z.number(),
            /** Mean difference from the CPU's fill of the same hole, of 255; null for the CPU itself. */
            difference: z.number().nullable(),
          })
          .nullable(),
        /** Why there is no fill; empty when there is one, or none was tried. */
        fillReason: text,
      }),
    )
    .max(20),
  /** What fills run on; null: nothing can be used. */
  chosen: z.string().max(40).nullable(),
  /** Free space; null where it cannot be asked for. */
  disk: z.object({ data: megabytes.nullable(), temporary: megabytes.nullable() }),
  /** Ids of models that can be read, and what is said of the others. */
  models: z.object({ usable: z.array(text), broken: z.array(text) }),
  display: z.enum(['x11', 'wayland', 'system', 'none']),
  /** Fonts that the system lists; null where it keeps no such list. */
  fonts: z.number().int().nonnegative().nullable(),
});
export type ComputerCheck = z.infer<typeof computerCheckSchema>;
