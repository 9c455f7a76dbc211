import { Palette, Pipette } from 'lucide-react';
import { HINT_TOOL } from '../state/document/tool-id';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';
import { PRESSED } from './click-gesture';
import { strokeGesture } from './stroke-tool';
import { TipSize } from './tip-size';
import type { Tool } from './tool';

/** Paints colours into the hole that the coarse fill is steered by; with Alt it takes up the colour of a place. */
export const hint: Tool = {
  id: HINT_TOOL,
  icon: Palette,
  key: 'T',
  words: {
    en: {
      title: 'Colour hint',
      caption: 'Hint',
      help: 'Paint colours into the hole that the fill is to follow. Shift: straight line. Alt: take up a colour.',
    },
    de: {
      title: 'Farbhinweis',
      caption: 'Hinweis',
      help: 'Farben ins Loch malen, denen die Füllung folgen soll. Umschalt: gerade Linie. Alt: Farbe aufnehmen.',
    },
  },
  cursor: 'ring',
  options: [TipSize, HintColour, { action: 'tool-eyedropper', icon: Pipette }],
  begin(context, first, modifiers) {
    if (!modifiers.alt) return strokeGesture(context, context.beginHint(), first, modifiers);
    context.sampleColour(first.picture);
    return PRESSED;
  },
};

/** The colour of the hint brush; what else there is to it stands in the side panel. */
function HintColour() {
  const { hints } = useStudio();
  const colour = useApp((state) => state.hint.colour);
  return (
    <input
      type="color"
      className="hint-colour"
      aria-label={texts.hint.colour}
      value={colour}
      onChange={(event) => hints.choose({ colour: event.target.value, erases: false })}
    />
  );
}
