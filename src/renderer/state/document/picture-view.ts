import type { Point, Rect, Size } from '../../../shared/geometry';
import type { HintRaster } from '../../../shared/hint-raster';
import type { SourceMap, SourcePlace } from '../../../shared/source-map';
import type { Masks } from './masks';
import type { PlanePyramid } from './plane-pyramid';
import type { TileStore } from './tile-store';

export type PictureTiles = TileStore<ImageBitmap>;

/** A picture as it is shown. */
export interface ShownPicture {
  readonly size: Size;
  readonly alpha: boolean;
  readonly masks: Masks;
  readonly hints: HintRaster;
  readonly edited: PictureTiles;
  /** The picture without any edit, for comparing. */
  readonly original: PictureTiles;
}

/** One look of the picture, or two against each other. */
export type Comparison =
  | { readonly kind: 'single'; readonly tiles: PictureTiles }
  /** Left and right of a line across the stage, at this part of its width. */
  | { readonly kind: 'split'; readonly left: PictureTiles; readonly right: PictureTiles; readonly at: number }
  /** How far the colours of the two are apart, times `gain` (a power of two). */
  | { readonly kind: 'difference'; readonly one: PictureTiles; readonly other: PictureTiles; readonly gain: number };

/** A line that a fill continues: for the next fill, of the selected fill, or found by the program for that. */
export interface ShownLine {
  /** Picture pixels. */
  readonly points: readonly Point[];
  readonly kind: 'drawn' | 'kept' | 'found';
}

/** A place of a fill and where it came from: a cell, or a whole piece of the photograph. */
export type ShownSource =
  | ({ readonly kind: 'patch' } & SourcePlace)
  | {
      readonly kind: 'piece';
      readonly box: Rect;
      /** Lines of its border, four numbers each, and what they enclose. Picture pixels. */
      readonly outline: Float32Array;
      readonly rects: readonly Rect[];
      /** To its source. */
      readonly shift: Point;
      readonly held: boolean;
      /** It is being dragged to another source, which is seen in its place meanwhile. */
      readonly dragged: boolean;
    };

/** Where a fill came from; `seams`: between its pieces, as lines of four numbers, null for one that is not made of such. */
export interface ShownFlow {
  readonly map: SourceMap;
  readonly seams: Float32Array | null;
}

/**
 * How paint looks: as what is to be filled; faintly, over the fill that it changes; or only as the outline of the fill that
 * was made from it.
 */
export type PaintLook = 'full' | 'faint' | 'outline';

/** What the controllers tell whatever shows the picture: the canvas. */
export interface PictureView {
  /** Shows a picture, or none. */
  show(picture: ShownPicture | null): void;
  /** Draws again with the next frame: the picture's tiles, or everything when nothing is named. */
  refresh(...what: readonly 'picture'[]): void;
  /** Shows two looks of the picture against each other; null: the edited picture. */
  setComparison(comparison: Comparison | null): void;
  /** The part of the hole that a running fill works on: only its outline is shown, so that the preview can be seen. */
  setPending(hole: PlanePyramid | null): void;
  /** Whether the pending part is waited with until its hint is painted: then the hint is seen there, too. */
  setAwaitingHint(on: boolean): void;
  /** The holes of earlier fills, while they are to be seen as what is not copied from. */
  setEarlier(holes: PlanePyramid | null): void;
  /** What the painted hole would grow by, while that is offered. */
  setRim(rim: PlanePyramid | null): void;
  /** Whether paint, outlines and lines are seen. */
  setOverlays(on: boolean): void;
  /** How strongly the paint covers the picture. */
  setPaintLook(look: PaintLook): void;
  /** The lines that fills continue. */
  setLines(lines: readonly ShownLine[]): void;
  /** Outlines a place of a fill and where it came from. */
  setInspected(source: ShownSource | null): void;
  /** Colours fills by where they came from; `reach`: the distance of the strongest colour, pixels. */
  setFlow(flows: readonly ShownFlow[], reach: number): void;
}
