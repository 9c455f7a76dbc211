import type { Tool } from './tool';

/** Shows where a fill's pixels came from as the pointer moves; a click says "not from there". */
export const inspect: Tool = {
  id: 'inspect',
  look: 'cross',
  begin(context, first) {
    let at = first.picture;
    return {
      move: (samples) => (at = samples.at(-1)?.picture ?? at),
      end: () => context.refuseSource(at),
      cancel: () => undefined,
    };
  },
};
