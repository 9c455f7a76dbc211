/** What is painted on a document, planes and colours together, and changes of it that can be taken back. */
import type { Paint } from '../../../shared/document-model';
import { type HintChange, hintChangeBytes, type HintRaster, hintTilesBytes } from '../../../shared/hint-raster';
import { changeBytes, type MaskChange, type Masks, type PaintedPlanes } from './masks';
import { PLANE_NAMES } from './planes';

/** Where it is painted. */
interface Painted {
  readonly masks: Masks;
  readonly hints: HintRaster;
}

/** Exclusive-ors, all of them: in whatever order they are made, they take each other back. */
export interface PaintChange {
  readonly masks?: MaskChange;
  readonly hints?: HintChange;
}

/** Copies of the planes; the tiles of the hint are shared, since they never change. */
export function paintOf({ masks, hints }: Painted): Paint {
  return { ...masks.painted(), hint: [...hints.painted()] };
}

/** Puts other paint in the place of all that there is. */
export function loadPaint({ masks, hints }: Painted, { hint, ...planes }: Paint): PaintChange {
  return { masks: masks.load(planes), hints: hints.load(hint) };
}

/** Takes a change back, or makes it again. */
export function togglePaint({ masks, hints }: Painted, change: PaintChange): void {
  masks.toggle(change.masks ?? []);
  hints.toggle(change.hints ?? []);
}

/** Memory that a change holds. */
export function paintChangeBytes({ masks = [], hints = [] }: PaintChange): number {
  return changeBytes(masks) + hintChangeBytes(hints);
}

/** Memory that paint holds. */
export function paintBytes({ hint, ...planes }: Paint): number {
  return planesBytes(planes) + hintTilesBytes(hint);
}

/** Memory that planes hold, or those of a marking. */
export function planesBytes(planes: PaintedPlanes | undefined): number {
  return PLANE_NAMES.reduce((sum, name) => sum + (planes?.[name]?.bits.length ?? 0), 0);
}
