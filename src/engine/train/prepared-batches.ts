import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { StudioError } from '../../shared/errors';
import { writingFailed } from '../files/file-errors';
import { feed, feedSample, feedValidation, prepareRun, type Sink } from './feeder';
import type { RunFolder } from './run-folder';

export interface PrepareOptions {
  /** How many ranks will share a batch: their graphs are made too. 1 when left out. */
  readonly ranks?: number;
  readonly signal?: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Writes what a machine without Node needs to train a run: its first checkpoint, the graphs for each rank's part of a
 * batch, a file with the batches of all steps that are left (feeder.ts says what is in it) and, where pictures are kept
 * back, beside it FILE.validation with what a validation measures, else FILE.sample with what samples show. The file is
 * large: 24 bytes a pixel and picture.
 *
 * @throws StudioError `training-data`, `bad-request` when the batch cannot be divided, `disk-full`, `cancelled`
 */
export async function prepareBatches(run: RunFolder, file: string, options: PrepareOptions = {}): Promise<void> {
  const { ranks = 1, signal, onBytes } = options;
  const { batch, steps, validation } = await run.config();
  if (batch % ranks !== 0) {
    throw new StudioError({
      code: 'bad-request',
      message: `A batch of ${batch} pictures cannot be divided among ${ranks} ranks.`,
      remedy: 'Choose a number of ranks that divides the batch.',
    });
  }
  await prepareRun(run, batch / ranks);
  const from = (await run.checkpoint())?.step ?? 0;
  const share = { first: 0, count: batch };
  let written = 0;
  const count = (bytes: number): void => {
    written += bytes;
    onBytes?.(written);
  };
  if (validation.share > 0)
    await writeStream(`${file}.validation`, (sink) => feedValidation(run, share, sink), count, signal);
  else await writeStream(`${file}.sample`, (sink) => feedSample(run, share, sink), count, signal);
  await writeStream(file, (sink) => feed(run, { from, to: steps, share }, sink), count, signal);
}

/** Writes aside what `produce` streams, then puts it in place. */
async function writeStream(
  file: string,
  produce: (sink: Sink) => Promise<void>,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const part = `${file}.part`;
  const stream = createWriteStream(part);
  const failure = new Promise<never>((_, reject) => stream.once('error', reject));
  failure.catch(() => undefined); // seen where the stream is waited for
  try {
    await produce(async (bytes) => {
      if (signal?.aborted === true)
        throw new StudioError({ code: 'cancelled', message: 'The preparation was cancelled.', remedy: '' });
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), failure]);
      onBytes(bytes.length);
    });
    stream.end();
    await Promise.race([once(stream, 'close'), failure]);
    await rename(part, file);
  } catch (thrown) {
    stream.destroy();
    await rm(part, { force: true });
    throw thrown instanceof StudioError ? thrown : writingFailed(file, thrown);
  }
}
