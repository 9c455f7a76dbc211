import { Hand } from 'lucide-react';
import { panGesture } from '../canvas/gesture';
import type { Tool } from './tool';

/** A hand that moves less than this has clicked, CSS pixels. */
const CLICK = 4;

/** Drags the picture; a click selects the fill at its place. */
export const pan: Tool = {
  id: 'pan',
  icon: Hand,
  key: 'H',
  words: {
    en: {
      title: 'Move',
      caption: 'Move',
      help: 'Drag the picture; click a fill to select it. Holding Space drags with every tool.',
    },
    de: {
      title: 'Verschieben',
      caption: 'Bewegen',
      help: 'Das Bild ziehen; eine Füllung anklicken, um sie zu wählen. Mit gedrückter Leertaste zieht jedes Werkzeug.',
    },
  },
  cursor: 'hand',
  begin: (context, first) => {
    const drag = panGesture(context, first);
    let farthest = 0;
    return {
      ...drag,
      move: (samples) => {
        for (const { screen } of samples)
          farthest = Math.max(farthest, Math.hypot(screen.x - first.screen.x, screen.y - first.screen.y));
        drag.move(samples);
      },
      end: () => {
        drag.end();
        if (farthest < CLICK) context.selectFill(first.picture);
      },
    };
  },
};
