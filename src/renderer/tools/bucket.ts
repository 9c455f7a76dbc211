import { texts } from '../texts';
import type { Tool } from './tool';

/** Fills what a painted line encloses. With Alt it takes a patch of paint away. */
export const bucket: Tool = {
  id: 'bucket',
  look: 'cross',
  begin(context, first, modifiers) {
    return {
      move: () => undefined,
      end: () => context.fillRegion(first.picture, !modifiers.alt, texts.steps.bucket),
      cancel: () => undefined,
    };
  },
};
