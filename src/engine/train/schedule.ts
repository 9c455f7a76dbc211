/**
 * What each step of a run does, and what is due after it: the same for the loop here (trainer.ts) and, written out as data,
 * for a machine without Node (run-plan.ts).
 */
import { averageDecayAt, correctedRate, learningRate, type TrainConfig } from './config';
import type { CriticUpdate, GeneratorUpdate } from './stepper';

/** Steps between two lines of the log that the failure monitor judges: the same ones on every machine. */
const LOG_EVERY = 20;

/** Of the critics' step number `substep` (from 1 on) before the generator's `step`. @param factor since failures */
export function criticUpdate(config: TrainConfig, step: number, substep: number, factor: number): CriticUpdate {
  return { rate: rateOf(config, step, step * config.criticSteps + substep, factor) };
}

export function generatorUpdate(config: TrainConfig, step: number, factor: number): GeneratorUpdate {
  return { rate: rateOf(config, step, step + 1, factor), decay: averageDecayAt(config, step) };
}

function rateOf(config: TrainConfig, step: number, updates: number, factor: number): number {
  return correctedRate(factor * learningRate(config, step), updates, config.optimiser);
}

export interface Due {
  /** Fills are shown. */
  readonly sample: boolean;
  /** Fills of the pictures that are kept back are measured; a line says how. */
  readonly measure: boolean;
  readonly line: boolean;
  readonly checkpoint: boolean;
}

/** What is due once `done` steps are done. @param keptBack whether there are pictures to measure */
export function dueAfter(config: TrainConfig, done: number, keptBack: boolean): Due {
  const last = done === config.steps;
  const sample = last || done % config.validation.every === 0;
  const measure = sample && keptBack;
  const line = last || done % LOG_EVERY === 0 || measure;
  return { sample, measure, line, checkpoint: done % config.checkpointEvery === 0 };
}
