import { texts } from '../texts';
import { strokeTool } from './stroke-tool';

/** Marks where patches may come from. The last word counts: what was excluded there is included now. */
export const sourceInclude = strokeTool({
  id: 'source-include',
  name: texts.steps.sourceInclude,
  targets: ({ alt }) =>
    alt
      ? [{ plane: 'include', on: false }]
      : [
          { plane: 'include', on: true },
          { plane: 'exclude', on: false },
        ],
});
