import type { Point } from '../../shared/geometry';
import { texts } from '../texts';
import type { Tool } from './tool';

/** Draws round an area by hand; it closes when the pointer is lifted. With Alt it takes away. */
export const lasso: Tool = {
  id: 'lasso',
  look: 'cross',
  begin(context, first, modifiers) {
    const shape = context.beginShape(!modifiers.alt, texts.steps.lasso);
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
};
