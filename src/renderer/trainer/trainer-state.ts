import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors';
import type { WorkerBase, WorkerRuntime } from './trainer-types';
import type { RunDetails, RunState, RunSummary, TrainingRuntime } from '../../shared/training';

export type TrainerDialog =
  | { readonly kind: 'closed' }
  | { readonly kind: 'new'; readonly base: string | null }
  | { readonly kind: 'export'; readonly runId: string }
  | { readonly kind: 'lengthen'; readonly runId: string; readonly runtime: TrainingRuntime }
  | { readonly kind: 'delete'; readonly runId: string }
  | { readonly kind: 'roll-back'; readonly runId: string; readonly checkpoint: string };

/** All that the trainer's page shows. Sample pictures are elsewhere (samples.tsx). */
export interface TrainerState {
  readonly process:
    { readonly kind: 'starting' } | { readonly kind: 'ready' } | { readonly kind: 'stopped'; readonly reason: string };
  /** Newest first; null until they are read. */
  readonly runs: readonly RunSummary[] | null;
  readonly selected: string | null;
  /** Of the selected run, and of the one that it is compared with. */
  readonly details: Readonly<Record<string, RunDetails>>;
  readonly compared: string | null;
  /** What can train here; null until it was tried. */
  readonly runtimes: readonly WorkerRuntime[] | null;
  /** Whether the feature network is there, which some goals need; null while that is not known. */
  readonly features: boolean | 'fetching' | null;
  readonly bases: readonly WorkerBase[];
  /** Runs that something was asked of which has not been answered. */
  readonly waiting: readonly string[];
  readonly dialog: TrainerDialog;
  readonly error: ErrorReport | null;
  /** A model that was just put into the library. */
  readonly exported: string | null;
}

export type TrainerStore = StoreApi<TrainerState>;

export function createTrainerStore(initial: Partial<TrainerState> = {}): TrainerStore {
  return createStore<TrainerState>(() => ({
    process: { kind: 'starting' },
    runs: null,
    selected: null,
    details: {},
    compared: null,
    runtimes: null,
    features: null,
    bases: [],
    waiting: [],
    dialog: { kind: 'closed' },
    error: null,
    exported: null,
    ...initial,
  }));
}

/** Whether a run has a process. */
export function isActive(state: RunState): boolean {
  return state === 'starting' || state === 'running' || state === 'pausing' || state === 'stopping';
}

/** The list with a run as it is now; a new one comes first. */
export function withRun(runs: readonly RunSummary[], run: RunSummary): readonly RunSummary[] {
  const others = runs.filter(({ runId }) => runId !== run.runId);
  return [...others, run].sort((a, b) => b.created - a.created);
}
