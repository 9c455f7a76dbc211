import type { Values } from '../runtime/runtime';
import type { Batch, BatchMaker } from './batches';
import type { TrainConfig } from './config';
import type { Losses } from './failure-monitor';
import type { SkippedFile } from './picture-files';
import type { RunFolder, Weights } from './run-folder';

/** How far a step moves the weights; schedule.ts says it for every step. */
export interface CriticUpdate {
  /** Adam's rate with its bias correction. */
  readonly rate: number;
}

export interface GeneratorUpdate extends CriticUpdate {
  /** Of the moving average, whose weights are moved after the generator's. */
  readonly decay: number;
}

/**
 * What the training loop drives: a run's networks with their optimiser's state, wherever they are kept and whatever
 * computes. It has its own pictures: steps are given in their order, and of each the critics' before the generator's.
 */
export interface Stepper {
  /** Takes over weights, which are no longer the caller's; the steps that follow begin with number `step`. */
  load(weights: Weights, step: number): Promise<void>;
  /** The weights as they are; not to be changed. */
  read(): Promise<Weights>;
  /** @param substep which of the step's critic steps, from 1 on */
  criticStep(step: number, substep: number, update: CriticUpdate): Promise<Losses>;
  generatorStep(step: number, update: GeneratorUpdate): Promise<Losses>;
  /** The pictures of a batch with their holes filled by the average's weights, (B,3,S,S) in [-1,1]. */
  fill(batch: Batch): Promise<Float32Array>;
  /** globalScore and localScore (B,1), what the critics say of a batch's pictures; null without critics. */
  score: ((batch: Batch) => Promise<Values>) | null;
  /** The share of the time since the last call that was spent waiting for pictures. */
  takeWaiting(): number;
  close(): Promise<void>;
}

/** What a stepper is opened with. */
export interface StepperContext {
  readonly run: RunFolder;
  readonly config: TrainConfig;
  /** Pictures to train on, to be drawn in this thread. */
  readonly training: BatchMaker;
  readonly onSkipped: (skipped: SkippedFile) => void;
}

export type OpenStepper = (context: StepperContext) => Promise<Stepper>;
