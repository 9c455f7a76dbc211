import type { ErrorReport } from '../../../shared/errors';

/** What became of a photo that was to be filled with the others. */
export type PhotoOutcome =
  | { readonly kind: 'filled'; readonly as: string; readonly reduced: boolean }
  /** Its result was there already. */
  | { readonly kind: 'skipped' }
  /** It was left out: the mask is not of its size. */
  | { readonly kind: 'other-size'; readonly width: number; readonly height: number }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  /** It was not begun, or not ended, when a person stopped all. */
  | { readonly kind: 'stopped' };

export interface PhotoResult {
  readonly photoId: string;
  readonly name: string;
  readonly outcome: PhotoOutcome;
}

/** All photos of the strip that are filled with one mask. */
export type PhotoBatchState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running';
      /** Photos that are to be filled, and how many of them are done. */
      readonly total: number;
      readonly done: number;
      /** The photo under way, and how much of it is done, 0..1. */
      readonly name: string;
      readonly fraction: number;
      /** By the photos so far; null: none was filled yet. */
      readonly secondsLeft: number | null;
      readonly stopping: boolean;
    }
  | { readonly kind: 'ended'; readonly folder: string; readonly results: readonly PhotoResult[] };
