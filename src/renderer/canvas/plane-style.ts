import type { PaintLook } from '../state/document/picture-view';
import type { PlaneName } from '../state/document/planes';

/**
 * What looks like a plane: those that are painted, the holes of earlier fills that are not copied from, and what the hole
 * would grow by.
 */
export type StyledPlane = PlaneName | 'earlier' | 'rim';

/**
 * How a plane looks. Colour alone is never the only sign: the hole is plain, the included source dotted, whatever is
 * excluded hatched, and each has its own outline over a dark one, so that it stands out on any picture.
 */
export interface PlaneStyle {
  /** Below the marks; null: the picture is seen between them. */
  readonly colour: string | null;
  readonly mark: string;
  readonly pattern: 'plain' | 'dots' | 'hatch';
  /** Of the whole plane on the screen: overlapping strokes do not add up. */
  readonly opacity: number;
  readonly outline: string;
}

export const PLANE_STYLES: Readonly<Record<StyledPlane, PlaneStyle>> = {
  hole: { colour: '#f0384f', mark: '#f0384f', pattern: 'plain', opacity: 0.5, outline: '#ffffff' },
  include: { colour: '#12a150', mark: '#b6ffd3', pattern: 'dots', opacity: 0.55, outline: '#7dffb4' },
  exclude: { colour: '#b26a00', mark: '#ffd479', pattern: 'hatch', opacity: 0.6, outline: '#ffc24d' },
  // Hatched like what is excluded by hand, but a finished fill is to be seen through it.
  rim: { colour: null, mark: '#ff8a98', pattern: 'hatch', opacity: 0.9, outline: '#ff8a98' },
  earlier: { colour: null, mark: '#ffd479', pattern: 'hatch', opacity: 0.8, outline: '#ffc24d' },
};

/** Of the hole of the fill that is edited. */
export const EDITED_OUTLINE = '#6db3ff';

/** How much of a plane covers the picture, 0..1. @param underHand a stroke of it is being painted */
export function planeOpacity(name: StyledPlane, look: PaintLook, underHand: boolean): number {
  const { opacity } = PLANE_STYLES[name];
  if (look === 'full' || name === 'earlier' || name === 'rim') return opacity;
  if (name === 'hole') return look === 'faint' || underHand ? FAINT_HOLE : 0;
  return look === 'faint' || underHand ? opacity : FAINT_SOURCE;
}

/** Through which a fill, and what of it is not covered, is still to be judged. */
const FAINT_HOLE = 0.25;
const FAINT_SOURCE = 0.2;

/** Around marks without a ground, so that they stand out on any picture. */
const EDGE = '#26262b';
/** Side of the pattern's square, CSS pixels. */
const SIDE = 12;

/** The fill of a plane as a pattern for its canvas, at this pixel ratio. */
export function planePattern(
  context: CanvasRenderingContext2D,
  style: PlaneStyle,
  pixelRatio: number,
): CanvasPattern | null {
  const side = Math.round(SIDE * pixelRatio);
  const tile = new OffscreenCanvas(side, side);
  const paint = tile.getContext('2d');
  if (!paint) return null;
  if (style.colour !== null) {
    paint.fillStyle = style.colour;
    paint.fillRect(0, 0, side, side);
  }
  paint.fillStyle = style.mark;
  if (style.pattern === 'dots') {
    paint.beginPath();
    paint.arc(side / 2, side / 2, side / 7, 0, 2 * Math.PI);
    paint.fill();
  } else if (style.pattern === 'hatch') {
    paint.beginPath();
    // Three parallels, so that the square continues in its neighbours.
    for (const shift of [-side, 0, side]) {
      paint.moveTo(shift - side / 4, side + side / 4);
      paint.lineTo(shift + side + side / 4, -side / 4);
    }
    if (style.colour === null) {
      paint.lineWidth = side / 3;
      paint.strokeStyle = EDGE;
      paint.stroke();
    }
    paint.lineWidth = side / 5;
    paint.strokeStyle = style.mark;
    paint.stroke();
  }
  return context.createPattern(tile, 'repeat');
}
