import type { Point } from '../../shared/geometry';
import type { PlaneTarget } from '../state/planes';

/** A place the pointer went through. */
export interface PointerSample {
  /** CSS pixels of the stage. */
  readonly screen: Point;
  /** Picture pixels, with fractions. */
  readonly picture: Point;
  /** 0..1; 0.5 for a mouse. */
  readonly pressure: number;
}

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
}

/** A stroke that is being painted: shown at once, made real by `commit`. */
export interface StrokeSession {
  add(points: readonly Point[]): void;
  commit(): void;
  discard(): void;
}

/** All that a tool may do. */
export interface ToolContext {
  /** Starts a stroke of the current tip; `name` is how undo calls it. */
  beginStroke(targets: readonly PlaneTarget[], name: string): StrokeSession;
  /** Where the last stroke ended, for straight lines; null when there was none in this picture. */
  readonly lastPoint: Point | null;
  /** Moves the picture on the screen, CSS pixels. */
  panBy(dx: number, dy: number): void;
}

/** From pressing to releasing. */
export interface Gesture {
  move(samples: readonly PointerSample[]): void;
  end(): void;
  /** The gesture became something else (a second finger, Escape): as if it had never begun. */
  cancel(): void;
}

export type ToolId = 'brush' | 'eraser' | 'source-include' | 'source-exclude' | 'pan';

export interface Tool {
  readonly id: ToolId;
  /** The cursor: a ring of the tip's size, or a hand. */
  readonly look: 'ring' | 'hand';
  begin(context: ToolContext, first: PointerSample, modifiers: Modifiers): Gesture;
}
