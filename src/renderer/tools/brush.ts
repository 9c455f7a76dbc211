import { Brush, Zap } from 'lucide-react';
import { FIRST_TOOL } from '../state/document/tool-id';
import { strokeTool } from './stroke-tool';

/** Paints the hole; with Alt it takes paint of the hole away. */
export const brush = strokeTool({
  more: [{ action: 'fill-on-lift', icon: Zap, pressed: ({ settings }) => settings.fillOnLift }],
  id: FIRST_TOOL,
  icon: Brush,
  key: 'B',
  words: {
    en: {
      title: 'Brush',
      help: 'Paint over what should vanish. Shift: straight line. Alt: erase.',
      step: 'brush stroke',
    },
    de: {
      title: 'Pinsel',
      help: 'Übermalen, was verschwinden soll. Umschalt: gerade Linie. Alt: radieren.',
      step: 'Pinselstrich',
    },
  },
  marks: 'hole',
  targets: ({ alt }) => [{ plane: 'hole', on: !alt }],
});
