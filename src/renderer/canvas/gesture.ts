import type { Point } from '../../shared/geometry';

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
  /** Ctrl, or the command key. */
  readonly ctrl: boolean;
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

/** The cursor: a ring of the tip's size, a cross, or a hand. */
export type Cursor = 'ring' | 'cross' | 'hand';

/** Diameter in picture pixels; hardness 0..1, the part of the tip that is not soft. */
export interface Tip {
  readonly diameter: number;
  readonly hardness: number;
}

/** What the pointer does over the picture, as the program around the canvas says. */
export interface PointerHost {
  /** What is in the hand now; its id changes when another tool is taken up. */
  readonly tool: () => { readonly id: string; readonly cursor: Cursor };
  /** Starts a gesture of it. */
  readonly begin: (first: PointerSample, modifiers: Modifiers) => Gesture;
  readonly tip: () => Tip;
  readonly setTip: (tip: Tip) => void;
  /** A menu is asked for: at a place of the window, CSS pixels, and of the picture. */
  readonly menu: (at: Point, picture: Point) => void;
  /** In picture pixels; null: it has left, or there is no picture. */
  readonly moved: (at: Point | null) => void;
}

/** Drags the picture. */
export function panGesture(view: { panBy(dx: number, dy: number): void }, first: PointerSample): Gesture {
  let last = first.screen;
  return {
    move(samples) {
      const to = samples.at(-1)?.screen ?? last;
      view.panBy(to.x - last.x, to.y - last.y);
      last = to;
    },
    end: () => undefined,
    cancel: () => undefined,
  };
}
