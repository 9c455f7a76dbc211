import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { StudioError } from '../../shared/errors';
import { sampleSchema, stepRecordSchema } from '../../shared/training';
import type { Precision } from '../runtime/torch/messages';
import { builtFeeder, clusterFolder, QUIETLY, type TorchProbe } from '../runtime/torch/python';
import { eachOnce } from './picture-files';
import { skippedLineSchema } from './feeder';
import { initialState, type TrainOptions } from './trainer';
import type { TrainState } from './run-folder';

export interface TorchTrainOptions extends Omit<TrainOptions, 'runtime' | 'batchWorker'> {
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

/** A line that cluster/rank.py prints for a program: of the log, or that a sample was written. */
const newsSchema = z.union([z.object({ sample: sampleSchema }), stepRecordSchema]);

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
    const news = readLine(line, newsSchema);
    if (news === null) return;
    if ('sample' in news) return options.onSample?.(news.sample);
    firstStep ??= news.step;
    const done = news.step - firstStep;
    const each = done <= 0 ? news.seconds / Math.max(1, news.step) : (Date.now() - started) / 1000 / done;
    onRecord?.(news, (config.steps - news.step) * each);
  });
  const said: string[] = [];
  const onSkipped = eachOnce(options.onSkipped); // several processes draw from the same pictures
  createInterface({ input: python.stderr }).on('line', (line) => {
    const left = readLine(line, skippedLineSchema)?.skipped;
    if (left !== undefined) {
      onSkipped(left);
      return;
    }
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

/** Null where a line is something else. */
function readLine<T>(line: string, schema: z.ZodType<T>): T | null {
  if (!line.startsWith('{')) return null;
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null;
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
