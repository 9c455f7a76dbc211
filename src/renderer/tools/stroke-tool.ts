import type { PlaneTarget } from '../state/document/planes';
import type { Modifiers, PointerSample, StrokePlace, Tool, ToolId } from './tool';

export interface StrokeToolOptions {
  readonly id: ToolId;
  /** How undo calls its strokes. */
  readonly name: () => string;
  readonly targets: (modifiers: Modifiers) => readonly PlaneTarget[];
}

/** A tool that paints freehand strokes; with Shift it first draws a straight line from the last stroke's end. */
export function strokeTool(options: StrokeToolOptions): Tool {
  return {
    id: options.id,
    look: 'ring',
    begin(context, first, modifiers) {
      const stroke = context.beginStroke(options.targets(modifiers), options.name());
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
}

function placeOf({ picture, pressure }: PointerSample): StrokePlace {
  return { at: picture, pressure };
}
