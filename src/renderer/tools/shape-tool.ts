import { boxBetween } from '../../shared/shape';
import { type InEveryLanguage, spoken } from '../texts';
import type { StepWords, Tool } from './tool';

export interface BoxToolOptions extends Pick<Tool, 'id' | 'icon' | 'key'> {
  readonly kind: 'rectangle' | 'ellipse';
  readonly words: InEveryLanguage<StepWords>;
}

/** A tool that drags a box and puts a shape into it. With Shift its sides are equal; with Alt it takes away. */
export function boxTool({ kind, ...tool }: BoxToolOptions): Tool & Pick<BoxToolOptions, 'words'> {
  return {
    ...tool,
    cursor: 'cross',
    begin(context, first, modifiers) {
      const shape = context.beginShape(!modifiers.alt, spoken(tool.words).step);
      return {
        move(samples) {
          const to = samples.at(-1)?.picture;
          if (to) shape.show({ kind, box: boxBetween(first.picture, to, modifiers.shift) });
        },
        end: () => shape.commit(),
        cancel: () => shape.discard(),
      };
    },
  };
}
