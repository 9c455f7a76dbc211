import { Pipette } from 'lucide-react';
import { EYEDROPPER_TOOL } from '../state/document/tool-id';
import { dragToGesture } from './click-gesture';
import type { Tool } from './tool';

/** Takes up the colour of a place; goes on while it is dragged. */
export const eyedropper: Tool = {
  id: EYEDROPPER_TOOL,
  icon: Pipette,
  key: 'I',
  words: {
    en: {
      title: 'Take up a colour',
      caption: 'Pick',
      help: 'Click a place in the picture: the hint is painted with its colour.',
    },
    de: {
      title: 'Farbe aufnehmen',
      caption: 'Pipette',
      help: 'Eine Stelle im Bild anklicken: Der Hinweis wird mit ihrer Farbe gemalt.',
    },
  },
  cursor: 'cross',
  begin: (context, first) => dragToGesture(first, (at) => context.sampleColour(at)),
};
