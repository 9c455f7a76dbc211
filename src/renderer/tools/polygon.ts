import { Pentagon } from 'lucide-react';
import type { Point } from '../../shared/geometry';
import { spoken } from '../texts';
import type { PointerSample } from '../canvas/gesture';
import type { Tool } from './tool';

/** A click this near to the first corner closes the polygon, CSS pixels. */
const CLOSING = 9;

const words = {
  en: {
    title: 'Polygon',
    help: 'Click from corner to corner; Enter or the first corner closes it, Backspace takes a corner back. Alt: take away.',
    step: 'polygon',
  },
  de: {
    title: 'Vieleck',
    help: 'Von Ecke zu Ecke klicken; Enter oder die erste Ecke schließt es, die Rücktaste nimmt eine Ecke zurück. Alt: wegnehmen.',
    step: 'Vieleck',
  },
};

/** Goes from corner to corner with clicks; Enter, a double click or the first corner closes it. With Alt it takes away. */
export const polygon = {
  id: 'polygon',
  icon: Pentagon,
  key: 'P',
  words,
  cursor: 'cross',
  begin(context, first, modifiers) {
    const shape = context.beginShape(!modifiers.alt, spoken(words).step);
    const corners: PointerSample[] = [first];
    const show = (loose?: Point) => {
      const points = corners.map((corner) => corner.picture);
      shape.show({ kind: 'polygon', points: loose ? [...points, loose] : points });
    };
    const closes = (at: PointerSample) => {
      const start = context.toScreen(first.picture);
      const last = context.toScreen((corners.at(-1) ?? first).picture);
      const home = Math.hypot(at.screen.x - start.x, at.screen.y - start.y) <= CLOSING;
      // The second press of a double click lies where the first did.
      const twice = Math.hypot(at.screen.x - last.x, at.screen.y - last.y) < 3;
      return home || twice;
    };
    return {
      move: (samples) => show(samples.at(-1)?.picture),
      end: () => undefined,
      press(at) {
        if (closes(at)) return 'done';
        corners.push(at);
        show();
        return 'more';
      },
      back() {
        if (corners.length === 1) return 'done';
        corners.pop();
        show();
        return 'more';
      },
      finish() {
        show();
        shape.commit();
      },
      cancel: () => shape.discard(),
    };
  },
} satisfies Tool;
