import { targetsOf } from '../state/document/planes';
import { texts } from '../texts';
import { strokeTool } from './stroke-tool';

/** Marks where patches may come from. The last word counts: what was excluded there is included now. */
export const sourceInclude = strokeTool({
  id: 'source-include',
  name: () => texts.steps.sourceInclude,
  targets: ({ alt }) => targetsOf('include', !alt),
});
