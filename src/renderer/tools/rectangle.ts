import { Square } from 'lucide-react';
import { boxTool } from './shape-tool';

export const rectangle = boxTool({
  id: 'rectangle',
  icon: Square,
  key: 'R',
  kind: 'rectangle',
  words: {
    en: {
      title: 'Rectangle',
      caption: 'Rectangle',
      help: 'Drag from corner to corner. Shift: square. Alt: take away.',
      step: 'rectangle',
    },
    de: {
      title: 'Rechteck',
      caption: 'Rechteck',
      help: 'Von Ecke zu Ecke ziehen. Umschalt: Quadrat. Alt: wegnehmen.',
      step: 'Rechteck',
    },
  },
});
