import { targetsOf } from '../state/document/planes';
import { texts } from '../texts';
import { strokeTool } from './stroke-tool';

/** Marks where patches must not come from. The last word counts: what was included there is excluded now. */
export const sourceExclude = strokeTool({
  id: 'source-exclude',
  name: () => texts.steps.sourceExclude,
  targets: ({ alt }) => targetsOf('exclude', !alt),
});
