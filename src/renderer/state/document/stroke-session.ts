import type { Point } from '../../../shared/geometry';

/** A place that a stroke goes through. */
export interface StrokePlace {
  /** Picture pixels, with fractions. */
  readonly at: Point;
  /** 0..1 of a pen; 1 for a mouse and for fingers, which have none. */
  readonly pressure: number;
}

/** A stroke that is being painted: shown at once, made real by `commit`. */
export interface StrokeSession {
  add(places: readonly StrokePlace[]): void;
  commit(): void;
  discard(): void;
}
