import { Hand } from 'lucide-react';
import { panGesture } from '../canvas/gesture';
import type { Tool } from './tool';

/** Drags the picture. */
export const pan: Tool = {
  id: 'pan',
  icon: Hand,
  key: 'H',
  words: {
    en: { title: 'Move', help: 'Drag the picture. Holding Space does the same with every tool.' },
    de: { title: 'Verschieben', help: 'Das Bild ziehen. Mit gedrückter Leertaste geht das in jedem Werkzeug.' },
  },
  cursor: 'hand',
  begin: (context, first) => panGesture(context, first),
};
