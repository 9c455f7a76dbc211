/** An imported model on disk: `model.json` (adapter, origin, checksum) beside `model.onnx` in a folder of its own. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { SPECIALITIES } from '../../shared/speciality';
import { writeAside } from '../files/write-aside';
import { adapterSchema } from './adapter';
import { FAMILIES } from './families';

export const ONNX_FILE = 'model.onnx';

const families = Object.keys(FAMILIES) as [keyof typeof FAMILIES];

export const onnxManifestSchema = z
  .object({
    format: z.literal('inpaint-studio-model'),
    version: z.literal(2),
    kind: z.literal('onnx'),
    /** For lists: a short name, and a sentence on what it is good at. */
    name: z.string().min(1).max(200),
    description: z.string().max(2000),
    /** What it is good at; left out: nothing in particular. */
    speciality: z.enum(SPECIALITIES).optional(),
    family: z.enum(families),
    adapter: adapterSchema,
    /** Numbers in its weights, as the file declares them. */
    parameters: z.number().int().min(0),
    licence: z.object({
      /** Empty while nobody has said. */
      weights: z.string().max(2000),
      data: z.array(z.string().max(2000)).max(100).default([]),
    }),
    /** Where it comes from: an address, a paper, a person. Empty while nobody has said. */
    source: z.string().max(2000),
    /** The user has read the licence and found that it allows commercial work. */
    commercialUse: z.boolean(),
    file: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().min(1) }),
  })
  .refine(
    ({ commercialUse, licence, source }) => !commercialUse || (licence.weights !== '' && source !== ''),
    {
      error: 'licence and source must be stated before it counts as usable for commercial work',
      path: ['commercialUse'],
    },
  );
export type OnnxManifest = z.infer<typeof onnxManifestSchema>;

export interface OnnxModel {
  readonly kind: 'onnx';
  readonly id: string;
  readonly folder: string;
  readonly manifest: OnnxManifest;
  /** Size of the file on disk. */
  readonly bytes: number;
}

/** Bytes of the folder's ONNX file; null where there is none. Its checksum is checked where it is loaded. */
export async function onnxFileBytes(folder: string): Promise<number | null> {
  return stat(path.join(folder, ONNX_FILE)).then(
    ({ size }) => size,
    () => null,
  );
}

/** Puts a checked `model.json` into a folder. @throws ZodError when it contradicts itself */
export async function writeOnnxManifest(folder: string, manifest: OnnxManifest): Promise<void> {
  const whole = onnxManifestSchema.parse(manifest);
  await writeAside(path.join(folder, 'model.json'), new TextEncoder().encode(`${JSON.stringify(whole, null, 2)}\n`));
}
