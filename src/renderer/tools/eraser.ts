import { Eraser } from 'lucide-react';
import { ERASED } from '../state/document/planes';
import { strokeTool } from './stroke-tool';

/** Takes away paint of every colour, hints as well: nobody has to think about which brush put it there. */
export const eraser = strokeTool({
  id: 'eraser',
  icon: Eraser,
  key: 'E',
  words: {
    en: { title: 'Eraser', help: 'Take paint of any kind away, hints as well', step: 'eraser stroke' },
    de: { title: 'Radierer', help: 'Farbe jeder Art wegnehmen, auch Farbhinweise', step: 'Radierstrich' },
  },
  targets: () => ERASED,
});
