/** Batches for a runtime in another process, such as cluster/rank.py. */
import { StudioError } from '../../shared/errors';
import { type Batch, batchLayout, BatchMaker } from './batches';
import { PictureFolder } from './dataset';
import type { RunFolder } from './run-folder';
import { initialState } from './trainer';

/** Takes bytes and says when it wants more. */
export type Sink = (bytes: Uint8Array) => Promise<void>;

/**
 * Streams the batches of a run from its checkpoint's step to its last: for each step those of the critic steps 1..n, then
 * the generator's. One batch is its parts in the order of `batchLayout`, raw little-endian float32. A run without a
 * checkpoint gets its first one before the first batch.
 *
 * @throws StudioError `training-data` when the run folder or the pictures cannot be used
 */
export async function feed(run: RunFolder, sink: Sink): Promise<void> {
  const config = await run.config();
  const pictures = await PictureFolder.open(await run.pictureFolder(), config.side, config.cacheMegabytes);
  let state = await run.checkpoint();
  if (state === null) {
    state = initialState(config);
    await run.writeCheckpoint(state);
  }
  const maker = new BatchMaker(config, pictures);
  const criticSteps = config.weights.adversarial > 0 ? config.criticSteps : 0;
  for (let { step } = state; step < config.steps; step++) {
    for (let substep = 1; substep <= criticSteps; substep++)
      await sink(encodeBatch(await maker.draw(step, substep), config));
    await sink(encodeBatch(await maker.draw(step, 0), config));
  }
}

function encodeBatch(batch: Batch, shape: Parameters<typeof batchLayout>[0]): Uint8Array {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) {
    throw new StudioError({
      code: 'training-data',
      message: 'This machine is big-endian; batches are little-endian.',
      remedy: 'Train on another machine.',
    });
  }
  const parts = batchLayout(shape).map(([name]) => batch[name]);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}
