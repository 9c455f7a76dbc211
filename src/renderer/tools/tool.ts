import type { Point } from '../../shared/geometry';
import type { Shape } from '../../shared/shape';
import type { PlaneTarget } from '../state/document/planes';

/** A place the pointer went through. */
export interface PointerSample {
  /** CSS pixels of the stage. */
  readonly screen: Point;
  /** Picture pixels, with fractions. */
  readonly picture: Point;
  /** 0..1 of a pen; 1 for a mouse and for fingers, which have none. */
  readonly pressure: number;
}

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
}

/** A place that a stroke goes through: picture pixels, and the pressure as in PointerSample. */
export interface StrokePlace {
  readonly at: Point;
  readonly pressure: number;
}

/** A stroke that is being painted: shown at once, made real by `commit`. */
export interface StrokeSession {
  add(places: readonly StrokePlace[]): void;
  commit(): void;
  discard(): void;
}

/** An area that is being drawn: its outline is shown; made real by `commit`. Without a shape nothing happens. */
export interface ShapeSession {
  show(shape: Shape): void;
  commit(): void;
  discard(): void;
}

/** All that a tool may do. */
export interface ToolContext {
  /** Starts a stroke of the current tip; `name` is how undo calls it. */
  beginStroke(targets: readonly PlaneTarget[], name: string): StrokeSession;
  /** Starts an area on the plane that is chosen to be marked; `on` false takes it away. */
  beginShape(on: boolean, name: string): ShapeSession;
  /** Marks what paint encloses around this place, or takes away the paint that hangs together there. */
  fillRegion(at: Point, on: boolean, name: string): void;
  /** Starts a stroke of the hint with the tip's colour. */
  beginHint(): StrokeSession;
  /** Takes up the colour that the picture shows at a place, for the hint. */
  sampleColour(at: Point): void;
  /** Marks (or takes away) what has the colour of this place. */
  pickColour(at: Point, on: boolean, name: string): void;
  /** What is at this place of a fill, or at the source that is shown, is not to be copied from: the fill is made again. */
  refuseSource(at: Point): void;
  /** From picture pixels to CSS pixels of the stage. */
  toScreen(picture: Point): Point;
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
  /**
   * With this, lifting the pointer does not end it: further presses come here until it says that it is done; then
   * `finish` is called, as it is for Enter.
   */
  press?(sample: PointerSample): 'more' | 'done';
  /** Backspace: takes the last press back; done when nothing is left, and then it is cancelled. */
  back?(): 'more' | 'done';
  finish?(): void;
}

export type ToolId =
  | 'brush'
  | 'eraser'
  | 'lasso'
  | 'polygon'
  | 'rectangle'
  | 'ellipse'
  | 'wand'
  | 'bucket'
  | 'source-include'
  | 'source-exclude'
  | 'hint'
  | 'dropper'
  | 'inspect'
  | 'pan';

export interface Tool {
  readonly id: ToolId;
  /** The cursor: a ring of the tip's size, a cross, or a hand. */
  readonly look: 'ring' | 'cross' | 'hand';
  begin(context: ToolContext, first: PointerSample, modifiers: Modifiers): Gesture;
}
