import { texts } from '../texts';
import type { Tool } from './tool';

/** Takes what has the colour of a place. With Alt it takes it away. */
export const wand: Tool = {
  id: 'wand',
  look: 'cross',
  begin(context, first, modifiers) {
    return {
      move: () => undefined,
      end: () => context.pickColour(first.picture, !modifiers.alt, texts.steps.wand),
      cancel: () => undefined,
    };
  },
};
