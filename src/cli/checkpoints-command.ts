import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keptCheckpoints, rollBack } from '../engine/train/checkpoints';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { UsageError } from './failure';
import type { CliContext } from './cli-context';
import { table } from './table';

export interface CheckpointsOptions {
  /** Folder of a training run. */
  readonly run: string;
  /** `best` or a number of steps: what the run is to go on from; undefined only lists. */
  readonly rollBack: string | undefined;
  readonly json: boolean;
}

/**
 * `checkpoints`: what a run keeps besides its last checkpoint, and going back to one of them.
 * @throws UsageError; StudioError `training-data` when there is no such checkpoint
 */
export async function runCheckpoints(options: CheckpointsOptions, context: CliContext): Promise<ExitCode> {
  const { run, rollBack: wanted, json } = options;
  const config = await stat(join(run, 'config.json')).catch(() => null);
  if (config === null) throw new UsageError(`There is no run in "${run}".`);
  if (wanted !== undefined) {
    await rollBack(run, wanted);
    context.messages.write(`Go on from there with: inpaint-studio train --out ${run} --resume\n`);
  }
  const kept = await keptCheckpoints(run);
  const rows = kept.map(({ name, file }) => [name, file]);
  context.output.write(json ? `${JSON.stringify(kept, null, 2)}\n` : table(['CHECKPOINT', 'FILE'], rows));
  return EXIT_CODES.done.code;
}
