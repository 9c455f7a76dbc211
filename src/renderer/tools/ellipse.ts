import { Circle } from 'lucide-react';
import { boxTool } from './shape-tool';

export const ellipse = boxTool({
  id: 'ellipse',
  icon: Circle,
  key: 'O',
  kind: 'ellipse',
  words: {
    en: { title: 'Ellipse', help: 'Drag from corner to corner. Shift: circle. Alt: take away.', step: 'ellipse' },
    de: { title: 'Ellipse', help: 'Von Ecke zu Ecke ziehen. Umschalt: Kreis. Alt: wegnehmen.', step: 'Ellipse' },
  },
});
