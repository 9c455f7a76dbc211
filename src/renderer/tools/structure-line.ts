import { Spline } from 'lucide-react';
import type { Point } from '../../shared/geometry';
import { PRESSED } from './click-gesture';
import type { Tool } from './tool';

const words = {
  en: {
    title: 'Continue this edge',
    caption: 'Edge',
    help: 'Draw along an edge from one side of the hole to the other: the fill goes on along it. Drag an end to move it. Alt-click: take the line away.',
  },
  de: {
    title: 'Kante fortsetzen',
    caption: 'Kante',
    help: 'Eine Kante entlang von einer Seite des Lochs zur anderen ziehen: Die Füllung setzt sie fort. Ein Ende ziehen: verschieben. Alt-Klick: Linie wegnehmen.',
  },
};

/** How near a line must be to be taken hold of, and how far from straight still counts as straight; CSS pixels. */
const REACH = 9;
const STRAIGHT = 3;

/** Draws a line through the hole along which the fill goes on; moves its ends; with Alt takes it away. */
export const structureLine = {
  id: 'structure-line',
  icon: Spline,
  key: 'N',
  words,
  cursor: 'cross',
  begin({ lines, pixelsPerPoint }, first, modifiers) {
    const reach = REACH * pixelsPerPoint();
    if (modifiers.alt) {
      lines.removeAt(first.picture, reach);
      return PRESSED;
    }
    const cancel = () => lines.sketch(null);
    const held = lines.at(first.picture, reach);
    if (held && held.end !== null) {
      const { line, end } = held;
      let moved = [...line.points];
      return {
        move(samples) {
          const to = samples.at(-1)?.picture;
          if (!to) return;
          moved = end === 0 ? [to, ...line.points.slice(1)] : [...line.points.slice(0, -1), to];
          lines.sketch(moved);
        },
        end: () => lines.replace(line.lineId, moved),
        cancel,
      };
    }
    const points: Point[] = [first.picture];
    return {
      move(samples) {
        points.push(...samples.map(({ picture }) => picture));
        lines.sketch(points);
      },
      end: () => lines.add(points, STRAIGHT * pixelsPerPoint()),
      cancel,
    };
  },
} satisfies Tool;
