import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { StudioError } from '../../shared/errors';
import type { StepRecord } from '../../shared/training';
import type { Precision } from '../runtime/torch/messages';
import { builtFeeder, clusterFolder, QUIETLY, type TorchProbe } from '../runtime/torch/python';
import { initialState, type TrainOptions } from './trainer';
import type { TrainState } from './run-folder';

export interface TorchTrainOptions extends Omit<TrainOptions, 'runtime'> {
  /** Which Python; from probeTorch. */
  readonly torch: TorchProbe;
  /** What the device is fastest in when left out. */
  readonly precision?: Precision;
  /** CPU threads; PyTorch's own choice when left out. */
  readonly threads?: number;
  /** The built feeder-process.ts. */
  readonly feeder?: string;
}

/** Last lines of what Python said, for the message when it fails. */
const KEPT_LINES = 5;

/**
 * Trains like `train` in trainer.ts, but in cluster/rank.py: the same run folder, log and checkpoints, so that a run may be
 * continued by either.
 * @throws StudioError `training-data` when Python ends with a failure
 */
export async function trainWithTorch(options: TorchTrainOptions): Promise<TrainState> {
  const { run, base, signal, onRecord, torch } = options;
  const config = await run.config();
  if ((await run.checkpoint()) === null) await run.writeCheckpoint(initialState(config, base));

  const python = spawn(torch.python, [...QUIETLY, path.join(clusterFolder(), 'rank.py'), ...rankArguments(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // ELECTRON_RUN_AS_NODE makes Electron's executable, with which the feeder is started, a plain Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const started = Date.now();
  const ended = once(python, 'close') as Promise<[code: number | null, signal: string | null]>;
  // The end of its input stops it with a checkpoint, on every system, and also when this process dies.
  const stop = (): void => void python.stdin.end();
  python.stdin.on('error', () => undefined);
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });

  let firstStep: number | null = null;
  createInterface({ input: python.stdout }).on('line', (line) => {
    const record = readRecord(line);
    if (record === null) return;
    firstStep ??= record.step;
    const done = record.step - firstStep;
    const each = done === 0 ? record.seconds / record.step : (Date.now() - started) / 1000 / done;
    onRecord?.(record, (config.steps - record.step) * each);
  });
  const said: string[] = [];
  createInterface({ input: python.stderr }).on('line', (line) => {
    said.push(line);
    if (said.length > KEPT_LINES) said.shift();
  });

  const [code, killed] = await ended.finally(() => signal?.removeEventListener('abort', stop));
  if (code !== 0) throw failed(run.folder, said.join(' ') || (killed ?? `exit code ${code}`));
  const state = await run.checkpoint();
  if (state === null) throw failed(run.folder, 'it left no checkpoint');
  return state;
}

function rankArguments({ run, threads, precision, feeder = builtFeeder() }: TorchTrainOptions): string[] {
  return [
    ...['--config', path.join(run.folder, 'config.json'), '--records', '--stop-with-input'],
    ...['--feeder', JSON.stringify([process.execPath, feeder])],
    ...(threads === undefined ? [] : ['--threads', String(threads)]),
    ...(precision === undefined ? [] : ['--precision', precision]),
  ];
}

function readRecord(line: string): StepRecord | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as StepRecord;
  } catch {
    return null;
  }
}

function failed(folder: string, why: string): StudioError {
  return new StudioError({
    code: 'training-data',
    message: `PyTorch stopped training: ${why}`,
    remedy: 'The last checkpoint is kept: go on from it, or train with another runtime.',
    file: folder,
  });
}
