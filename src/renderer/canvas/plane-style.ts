import type { PlaneName } from '../state/planes';

/**
 * How a plane looks. Colour alone is never the only sign: the hole is plain, the included source dotted, the excluded
 * hatched, and each has its own outline over a dark one, so that it stands out on any picture.
 */
export interface PlaneStyle {
  readonly colour: string;
  readonly mark: string;
  readonly pattern: 'plain' | 'dots' | 'hatch';
  /** Of the whole plane on the screen: overlapping strokes do not add up. */
  readonly opacity: number;
  readonly outline: string;
}

export const PLANE_STYLES: Readonly<Record<PlaneName, PlaneStyle>> = {
  hole: { colour: '#f0384f', mark: '#f0384f', pattern: 'plain', opacity: 0.5, outline: '#ffffff' },
  include: { colour: '#12a150', mark: '#b6ffd3', pattern: 'dots', opacity: 0.55, outline: '#7dffb4' },
  exclude: { colour: '#b26a00', mark: '#ffd479', pattern: 'hatch', opacity: 0.6, outline: '#ffc24d' },
};

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
  paint.fillStyle = style.colour;
  paint.fillRect(0, 0, side, side);
  paint.fillStyle = style.mark;
  paint.strokeStyle = style.mark;
  if (style.pattern === 'dots') {
    paint.beginPath();
    paint.arc(side / 2, side / 2, side / 7, 0, 2 * Math.PI);
    paint.fill();
  } else if (style.pattern === 'hatch') {
    paint.lineWidth = side / 5;
    paint.beginPath();
    // Three parallels, so that the square continues in its neighbours.
    for (const shift of [-side, 0, side]) {
      paint.moveTo(shift - side / 4, side + side / 4);
      paint.lineTo(shift + side + side / 4, -side / 4);
    }
    paint.stroke();
  }
  return context.createPattern(tile, 'repeat');
}
