import type { Point, Size } from '../../shared/geometry';
import type { HintRaster } from '../../shared/hint-raster';
import type { Shape } from '../../shared/shape';
import type { StrokeSample } from '../../shared/stroke';
import type { Masks } from '../state/document/masks';
import type { PlaneTarget } from '../state/document/planes';
import type { StrokeSession, Tool } from '../tools/tool';
import type { PictureTiles } from './comparison';

/** A picture as the canvas shows it. */
export interface CanvasDocument {
  readonly size: Size;
  readonly alpha: boolean;
  readonly masks: Masks;
  readonly hints: HintRaster;
  readonly edited: PictureTiles;
  /** The picture without any edit, for comparing. */
  readonly original: PictureTiles;
}

/** What the canvas asks of the program around it. */
export interface CanvasHost {
  readonly tool: () => Tool;
  /** Diameter of the tip in picture pixels. */
  readonly diameter: () => number;
  /** 0..1, the part of the tip that is not soft. */
  readonly hardness: () => number;
  /** One point of the tip at a place; `pressure` as in PointerSample. */
  readonly sample: (at: Point, pressure: number) => StrokeSample;
  readonly commitStroke: (targets: readonly PlaneTarget[], samples: readonly StrokeSample[], name: string) => void;
  readonly commitShape: (shape: Shape, on: boolean, name: string) => void;
  readonly fillRegion: (at: Point, on: boolean, name: string) => void;
  readonly pickColour: (at: Point, on: boolean, name: string) => void;
  readonly refuseSource: (at: Point) => void;
  /** Null when no hint can be painted. */
  readonly beginHint: () => StrokeSession | null;
  /** sRGB, 0..255. */
  readonly colourSampled: (colour: readonly [number, number, number]) => void;
  readonly viewChanged: () => void;
  readonly pointerMoved: (picture: Point | null) => void;
}
