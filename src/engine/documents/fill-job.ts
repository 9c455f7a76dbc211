import { type ErrorReport } from '../../shared/errors';
import { FILL_STAGES, type FillStage } from '../../shared/fill-stage';

/** Where a fill stands. The last three are final. */
export type FillJobState =
  | { readonly kind: 'queued' }
  | { readonly kind: FillStage }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | { readonly kind: 'cancelled' };

/**
 * Whether a fill may go from one state to another. Stages follow one another in order and may be skipped. A job whose
 * hole falls into many crops takes them through the stages in turn; the stage shown never goes back. Everything
 * unfinished may fail or be cancelled, and nothing finished changes.
 */
export function mayFollow(from: FillJobState['kind'], to: FillJobState['kind']): boolean {
  if (isFinal(from) || to === 'queued') return false;
  if (to === 'failed' || to === 'cancelled') return true;
  if (from === 'queued') return to !== 'done';
  return to === 'done' || FILL_STAGES.indexOf(to) > FILL_STAGES.indexOf(from);
}

export function isFinal(kind: FillJobState['kind']): kind is 'done' | 'failed' | 'cancelled' {
  return kind === 'done' || kind === 'failed' || kind === 'cancelled';
}
