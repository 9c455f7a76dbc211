import path from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { removeLeftovers, writeAside } from '../files/write-aside';
import { feed, feedValidation, type Sink } from './feeder';
import { openRunData } from './run-data';
import type { RunFolder } from './run-folder';
import { planOf } from './run-plan';
import { shareOf } from './torch-stepper';
import { initialState } from './trainer';

export interface PrepareOptions {
  /** How many ranks will share a batch: their graphs are made too. 1 when left out. */
  readonly ranks?: number;
  readonly signal?: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Writes what a machine without Node needs to train a run: its first checkpoint, the graphs for each rank's part of a
 * batch, a file with the batches of all steps that are left (feeder.ts says what is in it) and beside it FILE.plan, all
 * that decides the run (run-plan.ts), and FILE.validation with the crops that are measured, where pictures are kept back.
 * The file is large: 24 bytes a pixel and picture.
 *
 * @throws StudioError `training-data`, `bad-request` when the batch cannot be divided, `disk-full`, `cancelled`
 */
export async function prepareBatches(run: RunFolder, file: string, options: PrepareOptions = {}): Promise<void> {
  const { ranks = 1, signal, onBytes } = options;
  const config = await run.config();
  const { batch, steps } = config;
  await run.ensureGraphs(shareOf(batch, ranks));
  const kept = await run.checkpoint();
  if (kept === null) await run.writeCheckpoint(initialState(config));
  const from = kept?.step ?? 0;
  const { training, validation } = await openRunData(run, config);
  await removeLeftovers(path.dirname(file));
  await writeAside(`${file}.plan`, JSON.stringify(planOf(run, config, from, validation !== null)));
  let written = 0;
  const count = (bytes: number): void => {
    written += bytes;
    onBytes?.(written);
  };
  if (validation !== null)
    await writeStream(`${file}.validation`, (sink) => feedValidation(config, validation, sink), count, signal);
  await writeStream(file, (sink) => feed(config, training, { from, to: steps }, sink), count, signal);
}

/** Puts in place what `produce` streams, once it is whole. */
async function writeStream(
  file: string,
  produce: (sink: Sink) => Promise<void>,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  await writeAside(file, (handle) =>
    produce(async (bytes) => {
      if (signal?.aborted === true) throw errorFor('cancelled', {});
      await handle.writeFile(bytes);
      onBytes(bytes.length);
    }),
  );
}
