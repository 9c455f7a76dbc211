import { ERASED } from '../state/document/planes';
import { texts } from '../texts';
import { strokeTool } from './stroke-tool';

/** Takes away paint of every colour, hints as well: nobody has to think about which brush put it there. */
export const eraser = strokeTool({
  id: 'eraser',
  name: () => texts.steps.eraser,
  targets: () => ERASED,
});
