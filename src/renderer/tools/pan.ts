import type { Tool } from './tool';

/** Drags the picture. */
export const pan: Tool = {
  id: 'pan',
  look: 'hand',
  begin(context, first) {
    let last = first.screen;
    return {
      move(samples) {
        const to = samples.at(-1)?.screen ?? last;
        context.panBy(to.x - last.x, to.y - last.y);
        last = to;
      },
      end: () => undefined,
      cancel: () => undefined,
    };
  },
};
