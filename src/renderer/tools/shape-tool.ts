import { boxBetween } from '../../shared/shape';
import type { Gesture, Modifiers, PointerSample, Tool, ToolContext, ToolId } from './tool';

/** A tool that drags a box and puts a shape into it. With Shift its sides are equal; with Alt it takes away. */
export function boxTool(id: ToolId, kind: 'rectangle' | 'ellipse', name: () => string): Tool {
  return {
    id,
    look: 'cross',
    begin(context: ToolContext, first: PointerSample, modifiers: Modifiers): Gesture {
      const shape = context.beginShape(!modifiers.alt, name());
      return {
        move(samples) {
          const to = samples.at(-1)?.picture;
          if (to) shape.show({ kind, box: boxBetween(first.picture, to, modifiers.shift) });
        },
        end: () => shape.commit(),
        cancel: () => shape.discard(),
      };
    },
  };
}
