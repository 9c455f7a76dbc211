/** What can execute a run: the two runtimes of this process, or PyTorch in one of its own. */
import type { ErrorReport } from '../../shared/errors';
import { toErrorReport } from '../../shared/error-texts';
import { TRAINING_RUNTIMES, type TrainingRuntime } from '../../shared/training';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { TfjsRuntime } from '../runtime/tfjs/runtime';
import type { Precision } from '../runtime/torch/messages';
import { describeTorch, probeTorch } from '../runtime/torch/python';
import type { StartBatches } from './prefetcher';
import type { TrainState } from './run-folder';
import { trainWithTorch } from './torch-trainer';
import { train, type TrainOptions } from './trainer';

export interface TrainerChoice {
  readonly runtime: TrainingRuntime;
  /** All cores when left out. TensorFlow.js decides by itself. */
  readonly threads?: number;
  /** Of PyTorch. */
  readonly precision?: Precision;
  /** When left out, steps wait while their batches are drawn. PyTorch has processes for it. */
  readonly startBatches?: StartBatches;
}

/** A runtime that was tried and found to work. */
export interface ChosenTrainer {
  /** "ONNX Runtime (CPU, 2 threads)" */
  readonly label: string;
  /** Better ways that were tried, and why they are not used. */
  readonly refused: readonly string[];
  train(options: Omit<TrainOptions, 'runtime' | 'startBatches'>): Promise<TrainState>;
}

/** @throws StudioError `runtime-unavailable` */
export async function chooseTrainer({
  runtime,
  threads,
  precision,
  startBatches,
}: TrainerChoice): Promise<ChosenTrainer> {
  const limit = threads === undefined ? {} : { threads };
  const drawing = startBatches === undefined ? {} : { startBatches };
  switch (runtime) {
    case 'onnx': {
      const onnx = new OnnxRuntime(limit);
      const label = `ONNX Runtime (${onnx.label})`;
      return { label, refused: [], train: (options) => train({ ...options, ...drawing, runtime: onnx }) };
    }
    case 'tfjs': {
      const tfjs = await TfjsRuntime.open();
      const refused = tfjs.probe.refused.map(({ backend, reason }) => `${backend}: ${reason}`);
      return { label: tfjs.label, refused, train: (options) => train({ ...options, ...drawing, runtime: tfjs }) };
    }
    case 'torch': {
      const torch = await probeTorch();
      const fixed = { torch, ...limit, ...(precision === undefined ? {} : { precision }) };
      return { label: describeTorch(torch), refused: [], train: (options) => trainWithTorch({ ...options, ...fixed }) };
    }
  }
}

export interface RuntimeVerdict {
  readonly runtime: TrainingRuntime;
  /** Why it cannot train; null: it can. */
  readonly error: ErrorReport | null;
  /** What it would train on; empty where it cannot. */
  readonly label: string;
  readonly refused: readonly string[];
}

/** Tries them all. TensorFlow.js keeps what it loads: ask in a process that does little else. */
export async function trainingRuntimes(): Promise<RuntimeVerdict[]> {
  return Promise.all(
    TRAINING_RUNTIMES.map(async (runtime): Promise<RuntimeVerdict> => {
      try {
        const { label, refused } = await chooseTrainer({ runtime });
        return { runtime, error: null, label, refused };
      } catch (thrown) {
        return { runtime, error: toErrorReport(thrown), label: '', refused: [] };
      }
    }),
  );
}
