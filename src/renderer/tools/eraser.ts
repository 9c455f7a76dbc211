import { texts } from '../texts';
import { strokeTool } from './stroke-tool';

/** Takes away paint of every colour: nobody has to think about which brush put it there. */
export const eraser = strokeTool({
  id: 'eraser',
  name: () => texts.steps.eraser,
  targets: () => [
    { plane: 'hole', on: false },
    { plane: 'include', on: false },
    { plane: 'exclude', on: false },
  ],
});
