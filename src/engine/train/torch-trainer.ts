import path from 'node:path';
import { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { TorchConnection } from '../runtime/torch/connection';
import type { Precision } from '../runtime/torch/messages';
import { builtFeeder, type TorchProbe } from '../runtime/torch/python';
import { skippedLineSchema } from './feeder';
import { feederProgram } from './feeder-program';
import type { RunFolder, TrainState } from './run-folder';
import { TorchStepper } from './torch-stepper';
import { type LoopOptions, trainOn } from './trainer';

export interface TorchTrainOptions extends LoopOptions {
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
 * Trains with a PyTorch process of its own, by the loop that all runtimes have: a run may be continued by any.
 * @throws StudioError as trainOn and feederProgram; `training-data` when Python ends with a failure
 */
export async function trainWithTorch({
  torch,
  precision,
  threads,
  feeder = builtFeeder(),
  ...options
}: TorchTrainOptions): Promise<TrainState> {
  const said: string[] = [];
  const settings = [
    ...['--device', torch.device, '--feeder', JSON.stringify([await feederProgram(), path.resolve(feeder)])],
    ...(threads === undefined ? [] : ['--threads', String(threads)]),
    ...(precision === undefined ? [] : ['--precision', precision]),
  ];
  const trained = trainOn(({ run, config, onSkipped }) => {
    const server = TorchConnection.start(torch.python, settings, (line) => {
      const skipped = readSkipped(line);
      if (skipped !== null) return onSkipped(skipped);
      said.push(line);
      if (said.length > KEPT_LINES) said.shift();
    });
    return TorchStepper.open(server, run, config, 1).catch((thrown: unknown) => {
      server.close();
      throw thrown;
    });
  }, options);
  return trained.catch((thrown: unknown) => Promise.reject(explained(thrown, options.run, said)));
}

/** What went wrong in Python, in its own words where it had some. */
export function explained(thrown: unknown, { folder }: RunFolder, said: readonly string[]): Error {
  const about = { file: folder, cause: thrown };
  if (!(thrown instanceof StudioError)) {
    const why = [thrown instanceof Error ? thrown.message : String(thrown), ...said].join(' ');
    return errorFor('torch-stopped-training', { why }, about);
  }
  if (thrown.code !== 'engine-stopped') return thrown;
  return said.length === 0
    ? errorFor('torch-left-training', {}, about)
    : errorFor('torch-stopped-training', { why: said.join(' ') }, about);
}

/** The picture that a process which draws leaves out; null where a line is something else. */
function readSkipped(line: string) {
  if (!line.startsWith('{')) return null;
  try {
    return skippedLineSchema.parse(JSON.parse(line)).skipped;
  } catch {
    return null;
  }
}
