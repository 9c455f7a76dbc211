/**
 * What the inference process is asked and answers. Both ends are this program, of one build; typed arrays travel by
 * structured clone. Each end checks what it is sent.
 */
import { z } from 'zod';
import { latentVariantSchema } from '../../shared/latent-variant';
import { errorReportSchema } from '../../shared/protocol/values';
import { STAGES } from '../network/inference';
import type { TensorData } from '../runtime/onnx/file-session';
import type { Values } from '../runtime/runtime';
import type { ImportedModel } from './imported-model';
import type { ImportedRun } from './imported-session';

const values: z.ZodType<Values> = z.record(z.string(), z.instanceof(Float32Array));
const count = z.number().int().min(0);
const id = { id: count };

const tensor: z.ZodType<TensorData> = z.object({
  element: z.enum(['float32', 'float16', 'uint8']),
  shape: z.array(count),
  data: z.union([z.instanceof(Float32Array), z.instanceof(Uint16Array), z.instanceof(Uint8Array)]),
});

const importedRun = {
  provider: z.string(),
  file: z.string(),
  sha256: z.string(),
  feeds: z.record(z.string(), tensor),
  output: z.string(),
} satisfies Record<keyof ImportedRun, z.ZodType>;

export const inferenceRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    ...id,
    kind: z.literal('run'),
    provider: z.string(),
    modelFolder: z.string(),
    stage: z.enum(STAGES),
    width: z.number().int().min(1),
    height: z.number().int().min(1),
    /** Instead of the model's own factor on the attention's scores. */
    attentionScale: z.number().optional(),
    /** Which fill of a generator with a latent; null: the plain one. */
    variant: latentVariantSchema.nullable(),
    feeds: values,
  }),
  z.object({ ...id, kind: z.literal('imported'), ...importedRun }),
  z.object({ ...id, kind: z.literal('inspect'), file: z.string() }),
  z.object({ ...id, kind: z.literal('providers') }),
  z.object({ ...id, kind: z.literal('probe'), provider: z.string(), thorough: z.boolean() }),
]);
export type InferenceRequest = z.infer<typeof inferenceRequestSchema>;

const importedValue = z.object({
  name: z.string(),
  element: z.enum(['float32', 'float16', 'uint8', 'other']),
  elementName: z.string(),
  dims: z.array(z.number().nullable()),
});
const importedModel: z.ZodType<ImportedModel> = z.object({
  bytes: count,
  producer: z.string(),
  opset: z.number(),
  nodes: count,
  parameters: count,
  inputs: z.array(importedValue),
  outputs: z.array(importedValue),
  metadata: z.record(z.string(), z.string()),
});

/** An execution provider that gave the CPU's numbers on a small convolution. */
const probeResult = z.object({
  label: z.string(),
  /** Of a generator of the default model's shape, both stages, at 256 x 256. */
  milliseconds: z.number(),
  /** The same at 512 x 512; only where it was asked for. */
  milliseconds512: z.number().optional(),
  /** Largest difference from the CPU relative to the largest value. */
  deviation: z.number(),
});
export type ProbeResult = Readonly<z.infer<typeof probeResult>>;

const done = { ...id, ok: z.literal(true) };
export const inferenceAnswerSchema = z.union([
  z.object({ ...done, values }),
  z.object({ ...done, tensor }),
  z.object({ ...done, imported: importedModel }),
  z.object({ ...done, providers: z.array(z.string()) }),
  z.object({ ...done, probe: probeResult }),
  // What is said of a hostile file may be long.
  z.object({
    ...id,
    ok: z.literal(false),
    error: errorReportSchema.extend({ message: z.string(), remedy: z.string() }),
  }),
]);
export type InferenceAnswer = z.infer<typeof inferenceAnswerSchema>;
