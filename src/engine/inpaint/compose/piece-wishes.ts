/** What is wished of a fill, in pixels of the picture, and what that means for one part of its hole. */
import { intersect, isEmpty, type Rect } from '../../../shared/geometry';
import type { PieceChoices } from '../../../shared/piece-choice';
import type { Patch } from '../../image/picture';
import { shiftBy } from './affine';
import type { CutWishes } from './composition';

export type FillWishes = Pick<CutWishes, 'guideWeight' | 'automaticLines'> & Partial<PieceChoices>;

/** Of the choices only those that concern this part. */
export function partWishes(wishes: FillWishes, { box, hole }: Pick<Patch, 'box' | 'hole'>): FillWishes {
  const { refused = [], chosen = [] } = wishes;
  return {
    ...wishes,
    refused: refused.filter(({ at }) => hole.get(at.x - box.x, at.y - box.y)),
    chosen: chosen.filter(({ area }) => area.some((rect) => !isEmpty(intersect(rect, box)))),
  };
}

/** The same in native pixels of the window that the part is composed in. */
export function wishesIn(window: Rect, { refused = [], chosen = [], ...wishes }: FillWishes): CutWishes {
  const inWindow = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: x - window.x, y: y - window.y });
  return {
    ...wishes,
    refused: refused.map(({ at, from }) => ({ at: inWindow(at), from: inWindow(from) })),
    chosen: chosen.map(({ area, shift }) => ({
      map: shiftBy(shift.x, shift.y),
      covers: (u, v) => area.some((rect) => holds(rect, u + window.x, v + window.y)),
    })),
  };
}

function holds({ x, y, width, height }: Rect, u: number, v: number): boolean {
  return u >= x && v >= y && u < x + width && v < y + height;
}
