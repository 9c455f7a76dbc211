import type { Point } from '../../shared/geometry';
import type { Gesture, PointerSample } from '../canvas/gesture';

/** For what was done when the pointer was pressed: the rest of the way counts for nothing. */
export const PRESSED: Gesture = { move: () => undefined, end: () => undefined, cancel: () => undefined };

/** Acts on the place that was pressed, once the pointer is lifted. */
export function clickGesture(first: PointerSample, act: (at: Point) => void): Gesture {
  return { ...PRESSED, end: () => act(first.picture) };
}

/** The same with the place where it is lifted: it can be dragged there. */
export function dragToGesture(first: PointerSample, act: (at: Point) => void): Gesture {
  let at = first.picture;
  return {
    move: (samples) => (at = samples.at(-1)?.picture ?? at),
    end: () => act(at),
    cancel: () => undefined,
  };
}
