import { texts } from '../texts';
import { strokeTool } from './stroke-tool';

/** Paints the hole; with Alt it takes paint of the hole away. */
export const brush = strokeTool({
  id: 'brush',
  name: () => texts.steps.brush,
  targets: ({ alt }) => [{ plane: 'hole', on: !alt }],
});
