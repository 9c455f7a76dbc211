/**
 * Batches for a runtime outside this process, such as cluster/rank.py: over a pipe, or from a file that was prepared for a
 * machine without Node. Both hold the same bytes:
 *
 *   one line of JSON (streamHeaderSchema), then the batches of steps from..to-1: for each step those of the critic steps
 *   1..n, then the generator's. A batch is its parts one after the other, raw little-endian float32.
 */
import { z } from 'zod';
import { errorFor } from '../../shared/error-texts';
import { errorReportSchema } from '../../shared/protocol/values';
import { substeps } from './batch-source';
import { type Batch, batchLayout, type BatchMaker } from './batches';
import type { TrainConfig } from './config';
import { VALIDATION_STREAM, validationDraws } from './run-data';

export const streamHeaderSchema = z.object({
  format: z.literal('inpaint-studio-batches'),
  version: z.literal(1),
  from: z.int().min(0),
  to: z.int().min(0),
  /** Of the whole run: the same batches come from the same seed and the same pictures. */
  seed: z.int().min(0),
  /** Which examples of each batch it holds. */
  share: z.object({ first: z.int().min(0), count: z.int().min(1) }),
  /** Names and numbers of values, in the order of a batch's bytes. */
  parts: z.array(z.tuple([z.string(), z.int().min(1)])),
});

/** Takes bytes and says when it wants more. */
export type Sink = (bytes: Uint8Array) => Promise<void>;

/** What the process that feeds says of a picture that cannot be used: a line of JSON on standard error. */
export const skippedLineSchema = z.object({ skipped: z.object({ file: z.string(), error: errorReportSchema }) });

/** Which steps are streamed. */
export interface Steps {
  readonly from: number;
  /** The step after the last. */
  readonly to: number;
}

/**
 * Streams the batches of a run's steps, of each the maker's share.
 * @throws StudioError `training-data` when the pictures cannot be used
 */
export async function feed(config: TrainConfig, training: BatchMaker, steps: Steps, sink: Sink): Promise<void> {
  const parts = await sendHeader(config, training, steps, sink);
  for (let step = steps.from; step < steps.to; step++) {
    for (const substep of substeps(config)) await sink(encodeBatch(await training.draw(step, substep), parts));
  }
}

/** Streams the batches of a validation in the same format, as steps 0 to `validationDraws` - 1 of one draw each. */
export async function feedValidation(config: TrainConfig, validation: BatchMaker, sink: Sink): Promise<void> {
  const draws = validationDraws(config);
  const parts = await sendHeader(config, validation, { from: 0, to: draws }, sink);
  for (let draw = 0; draw < draws; draw++) {
    await sink(encodeBatch(await validation.draw(VALIDATION_STREAM, draw), parts));
  }
}

/** @returns the parts of the batches that follow */
async function sendHeader(config: TrainConfig, { share }: BatchMaker, { from, to }: Steps, sink: Sink) {
  const parts = batchLayout({ ...config, batch: share.count });
  expectLittleEndian();
  const header = { format: 'inpaint-studio-batches', version: 1, from, to, seed: config.seed, share, parts };
  await sink(new TextEncoder().encode(`${JSON.stringify(header)}\n`));
  return parts;
}

function encodeBatch(batch: Batch, parts: ReturnType<typeof batchLayout>): Uint8Array {
  const values = parts.map(([name]) => batch[name] ?? new Float32Array(0));
  const bytes = new Uint8Array(values.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of values) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

function expectLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return;
  throw errorFor('machine-big-endian', {});
}
