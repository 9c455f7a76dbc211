import { Check, Expand, X } from 'lucide-react';
import { useState } from 'react';
import { CANVAS_SIDES, type CanvasSide, frameOf, frameOfAspect, marginsOf } from '../../shared/canvas-frame';
import { panGesture } from '../canvas/gesture';
import { Segments } from '../controls/segments';
import { documentOf } from '../state/document/document-slice';
import { EXTEND_TOOL } from '../state/document/tool-id';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';
import type { Tool } from './tool';

/** Makes the canvas larger or smaller, by handles around the picture and by numbers. */
export const extend: Tool = {
  id: EXTEND_TOOL,
  icon: Expand,
  key: 'F',
  words: {
    en: {
      title: 'Extend',
      help: 'Drag the frame: outwards, and the picture goes on there; inwards, and it is cropped. Enter applies and fills, Esc goes away.',
    },
    de: {
      title: 'Erweitern',
      help: 'Den Rahmen ziehen: nach außen geht das Bild dort weiter, nach innen wird es beschnitten. Eingabe übernimmt und füllt, Esc geht weg.',
    },
  },
  cursor: 'hand',
  options: [CanvasFields, { action: 'canvas-apply', icon: Check }, { action: 'canvas-leave', icon: X }],
  begin: (context, first) => panGesture(context, first),
};

const UNITS = ['pixels', 'percent'] as const;
type Unit = (typeof UNITS)[number];
const UNIT_LABELS: Record<Unit, string> = { pixels: 'px', percent: '%' };

const ARROWS: Record<CanvasSide, string> = { left: '←', top: '↑', right: '→', bottom: '↓' };

const ASPECTS = ['1:1', '5:4', '4:3', '3:2', '16:9', '4:5', '3:4', '2:3', '9:16'] as const;

/** What comes to each side, in pixels or in percent of the picture. */
function CanvasFields() {
  const { canvasSize } = useStudio();
  const frame = useApp((state) => state.canvasFrame);
  const info = useApp(documentOf);
  const [unit, setUnit] = useState<Unit>('pixels');
  if (!frame || !info) return null;
  const margins = marginsOf(info, frame);
  const whole = (side: CanvasSide) => (side === 'left' || side === 'right' ? info.width : info.height);
  const shown = (side: CanvasSide) =>
    unit === 'pixels' ? margins[side] : Math.round((1000 * margins[side]) / whole(side)) / 10;
  const change = (side: CanvasSide, value: number) => {
    const pixels = Math.round(unit === 'pixels' ? value : (value / 100) * whole(side));
    const next = frameOf(info, { ...margins, [side]: pixels });
    if (Number.isFinite(pixels) && next.width > 0 && next.height > 0) canvasSize.set(next);
  };
  return (
    <>
      {CANVAS_SIDES.map((side) => (
        <label key={side} className="canvas-margin">
          <span aria-hidden>{ARROWS[side]}</span>
          <input
            type="number"
            aria-label={texts.canvas.side(texts.canvas.sides[side])}
            value={shown(side)}
            onChange={(event) => change(side, Number(event.target.value))}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
              if (event.key === 'Enter') void canvasSize.apply();
            }}
          />
        </label>
      ))}
      <Segments
        choices={UNITS}
        chosen={unit}
        onChoose={setUnit}
        about={(name) => ({ title: UNIT_LABELS[name], help: texts.canvas.unit })}
        aria-label={texts.canvas.unit}
      >
        {(name) => UNIT_LABELS[name]}
      </Segments>
      <select
        className="canvas-aspect"
        aria-label={texts.canvas.aspect}
        value=""
        onChange={(event) => {
          const [across = 1, down = 1] = event.target.value.split(':').map(Number);
          canvasSize.set(frameOfAspect(info, across / down));
        }}
      >
        <option value="">{texts.canvas.anyAspect}</option>
        {ASPECTS.map((aspect) => (
          <option key={aspect} value={aspect}>
            {aspect}
          </option>
        ))}
      </select>
    </>
  );
}
