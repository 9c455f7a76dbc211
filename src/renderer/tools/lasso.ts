import { Lasso } from 'lucide-react';
import type { Point } from '../../shared/geometry';
import { spoken } from '../texts';
import type { Tool } from './tool';

const words = {
  en: { title: 'Lasso', help: 'Draw round an area. Alt: take it away.', step: 'lasso' },
  de: { title: 'Lasso', help: 'Eine Fläche umfahren. Alt: wegnehmen.', step: 'Lasso' },
};

/** Draws round an area by hand; it closes when the pointer is lifted. With Alt it takes away. */
export const lasso = {
  id: 'lasso',
  icon: Lasso,
  key: 'L',
  words,
  cursor: 'cross',
  begin(context, first, modifiers) {
    const shape = context.beginShape(!modifiers.alt, spoken(words).step);
    const points: Point[] = [first.picture];
    return {
      move(samples) {
        points.push(...samples.map((sample) => sample.picture));
        shape.show({ kind: 'polygon', points });
      },
      end: () => shape.commit(),
      cancel: () => shape.discard(),
    };
  },
} satisfies Tool;
