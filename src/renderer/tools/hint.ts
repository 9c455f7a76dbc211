import type { PointerSample, StrokePlace, Tool } from './tool';

/** Paints colours into the hole that the coarse fill is steered by; with Alt it takes up the colour of a place. */
export const hint: Tool = {
  id: 'hint',
  look: 'ring',
  begin(context, first, modifiers) {
    if (modifiers.alt) {
      context.sampleColour(first.picture);
      return IDLE_GESTURE;
    }
    const stroke = context.beginHint();
    const from = modifiers.shift ? context.lastPoint : null;
    const { pressure } = first;
    stroke.add(from ? [{ at: from, pressure }, placeOf(first)] : [placeOf(first)]);
    return {
      move: (samples) => stroke.add(samples.map(placeOf)),
      end: () => stroke.commit(),
      cancel: () => stroke.discard(),
    };
  },
};

/** Takes up the colour of a place; goes on while it is dragged. */
export const dropper: Tool = {
  id: 'dropper',
  look: 'cross',
  begin(context, first) {
    let at = first.picture;
    return {
      move: (samples) => (at = samples.at(-1)?.picture ?? at),
      end: () => context.sampleColour(at),
      cancel: () => undefined,
    };
  },
};

const IDLE_GESTURE = { move: () => undefined, end: () => undefined, cancel: () => undefined };

function placeOf({ picture, pressure }: PointerSample): StrokePlace {
  return { at: picture, pressure };
}
