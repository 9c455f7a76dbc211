/** --extend and --crop: where the canvas grows, and where it is cut. */
import { CANVAS_SIDES, type CanvasMargins, type CanvasSide, frameOf } from '../shared/canvas-frame';
import type { Rect, Size } from '../shared/geometry';
import { UsageError } from './failure';

/** Of one side: pixels, or a share of the photo's width (left, right) or height (top, bottom). */
type Margin =
  { readonly unit: 'pixels'; readonly value: number } | { readonly unit: 'percent'; readonly value: number };

export type AskedMargins = Readonly<Partial<Record<CanvasSide, Margin>>>;

const PART = /^(left|top|right|bottom|all)=(\d+(?:\.\d+)?)(px|%)?$/;

/**
 * Reads such as "left=200,top=10%" or "all=5%".
 * @throws UsageError for what is no list of sides, or names one twice
 */
export function marginsFrom(option: '--extend' | '--crop', text: string): AskedMargins {
  const margins: Partial<Record<CanvasSide, Margin>> = {};
  for (const part of text.split(',')) {
    const [, side, number, unit] = PART.exec(part.trim()) ?? [];
    const value = Number(number);
    const whole = unit === '%' || Number.isInteger(value);
    if (side === undefined || !whole) {
      throw new UsageError(
        `${option} names sides with pixels or a share of the photo's side, such as left=200,top=10%, not "${part.trim()}".`,
      );
    }
    for (const each of CANVAS_SIDES.filter((name) => name === side || side === 'all')) {
      if (margins[each]) throw new UsageError(`${option} names the side ${each} twice.`);
      margins[each] = { unit: unit === '%' ? 'percent' : 'pixels', value };
    }
  }
  return margins;
}

/** What the new picture covers of a photo, in the photo's pixels. */
export function askedFrame(size: Size, extend: AskedMargins = {}, crop: AskedMargins = {}): Rect {
  const margin = (side: CanvasSide): number => {
    const whole = side === 'left' || side === 'right' ? size.width : size.height;
    return pixelsOf(extend[side], whole) - pixelsOf(crop[side], whole);
  };
  const margins: CanvasMargins = {
    left: margin('left'),
    top: margin('top'),
    right: margin('right'),
    bottom: margin('bottom'),
  };
  return frameOf(size, margins);
}

function pixelsOf(margin: Margin | undefined, whole: number): number {
  if (!margin) return 0;
  return margin.unit === 'pixels' ? margin.value : Math.round((margin.value / 100) * whole);
}
