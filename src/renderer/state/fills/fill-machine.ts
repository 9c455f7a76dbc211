import type { ErrorReport } from '../../../shared/errors';
import { FILL_STAGES, type FillStage } from '../../../shared/fill-stage';

/** Where a fill stands. Exactly one job at a time. */
export type FillState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly jobId: string;
      readonly stage: FillStage;
      /** 0..1, never going back. */
      readonly fraction: number;
      readonly secondsLeft: number | null;
      /** Whether the coarse fill can be seen in the picture. */
      readonly previewed: boolean;
      /** Whether its pieces alone are to be others: then it is cut again, or prepared anew if they are not at hand. */
      readonly ofPieces: boolean;
    }
  /** The coarse fill is there and stays as it is until a person refines or cancels it. */
  | { readonly kind: 'waiting'; readonly jobId: string }
  | { readonly kind: 'cancelling'; readonly jobId: string }
  | { readonly kind: 'cancelled' }
  /** `reduced`: made with less than was asked for, since memory did not suffice. */
  | { readonly kind: 'done'; readonly seconds: number; readonly reduced: boolean }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export type FillEvent =
  | { readonly type: 'start'; readonly jobId: string; readonly ofPieces?: boolean }
  /** Not even started: something is missing that the person can add. */
  | { readonly type: 'refuse'; readonly error: ErrorReport }
  | {
      readonly type: 'progress';
      readonly jobId: string;
      readonly stage: FillStage;
      readonly fraction: number;
      readonly secondsLeft: number | null;
    }
  | { readonly type: 'preview'; readonly jobId: string }
  /** The coarse fill that was asked for is there. */
  | { readonly type: 'pause'; readonly jobId: string }
  | { readonly type: 'finish'; readonly jobId: string; readonly seconds: number; readonly reduced: boolean }
  | { readonly type: 'fail'; readonly jobId: string; readonly error: ErrorReport }
  | { readonly type: 'cancel' }
  | { readonly type: 'stopped'; readonly jobId: string }
  | { readonly type: 'dismiss' };

export const IDLE: FillState = { kind: 'idle' };

/** The next state. Events of another job, and those that come too late, change nothing. */
export function nextFill(state: FillState, event: FillEvent): FillState {
  switch (event.type) {
    case 'start':
      return isBusy(state) && state.kind !== 'waiting'
        ? state
        : {
            kind: 'running',
            jobId: event.jobId,
            stage: 'preparing',
            fraction: 0,
            secondsLeft: null,
            previewed: false,
            ofPieces: event.ofPieces ?? false,
          };
    case 'refuse':
      return isBusy(state) ? state : { kind: 'failed', error: event.error };
    case 'progress':
      if (!isRunning(state, event.jobId) || FILL_STAGES.indexOf(event.stage) < FILL_STAGES.indexOf(state.stage))
        return state;
      return {
        ...state,
        stage: event.stage,
        fraction: Math.max(state.fraction, event.fraction),
        secondsLeft: event.secondsLeft,
      };
    case 'preview': {
      if (!isRunning(state, event.jobId)) return state;
      const stage = state.stage === 'blending' || state.stage === 'detail' ? state.stage : 'refining';
      return { ...state, stage, previewed: true };
    }
    case 'pause':
      return isRunning(state, event.jobId) ? { kind: 'waiting', jobId: event.jobId } : state;
    case 'finish':
      return isRunning(state, event.jobId) ? { kind: 'done', seconds: event.seconds, reduced: event.reduced } : state;
    case 'fail':
      return isJob(state, event.jobId) ? { kind: 'failed', error: event.error } : state;
    case 'cancel':
      return state.kind === 'running' || state.kind === 'waiting' ? { kind: 'cancelling', jobId: state.jobId } : state;
    case 'stopped':
      return isJob(state, event.jobId) ? { kind: 'cancelled' } : state;
    case 'dismiss':
      return isBusy(state) ? state : IDLE;
  }
}

export function isBusy(state: FillState): state is Extract<FillState, { readonly jobId: string }> {
  return state.kind === 'running' || state.kind === 'cancelling';
}

export function isRunning(state: FillState, jobId: string): state is Extract<FillState, { readonly kind: 'running' }> {
  return state.kind === 'running' && state.jobId === jobId;
}

function isJob(state: FillState, jobId: string): boolean {
  return isBusy(state) && state.jobId === jobId;
}
