import type { Rect } from '../../shared/geometry';
import type { Random } from '../numeric/random';

/** A square hole mask: 1 inside the hole; row by row, side x side values. */
export type Mask = Uint8Array;

export interface MaskOptions {
  /** Share of boxes; the others are free-form strokes. */
  readonly boxShare: number;
  /** Largest side of a box as a share of the picture's side. */
  readonly maxBox: number;
}

/** Draws a mask of one of the kinds; never empty, and always with known pixels around it. */
export function drawMask(random: Random, side: number, options: MaskOptions): Mask {
  return random.uniform() < options.boxShare
    ? drawBox(random, side, options.maxBox)
    : drawStrokes(random, side, options.maxBox);
}

/** A random box (arXiv 1801.07892: up to half the side). */
export function drawBox(random: Random, side: number, maxBox: number): Mask {
  const largest = Math.max(4, Math.floor(side * maxBox));
  const smallest = Math.max(2, largest >> 2);
  const [width, height] = [random.integer(smallest, largest), random.integer(smallest, largest)];
  const [left, top] = [random.integer(1, side - width - 1), random.integer(1, side - height - 1)];
  const mask = new Uint8Array(side * side);
  for (let y = top; y < top + height; y++) mask.fill(1, y * side + left, y * side + left + width);
  return mask;
}

/** Free-form strokes in the manner of arXiv 1806.03589, appendix: joined lines of random angle, length and width. */
export function drawStrokes(random: Random, side: number, maxBox: number): Mask {
  const mask = new Uint8Array(side * side);
  const strokes = random.integer(1, 3);
  for (let stroke = 0; stroke < strokes; stroke++) {
    const reach = side * maxBox;
    const radius = random.between(side / 40, side / 14);
    let [x, y] = [random.between(0, side), random.between(0, side)];
    let angle = random.between(0, 2 * Math.PI);
    const vertices = random.integer(2, 6);
    for (let vertex = 0; vertex < vertices; vertex++) {
      angle += random.between(-1.2, 1.2);
      const length = random.between(reach / 8, reach / 2);
      const [nextX, nextY] = [x + length * Math.cos(angle), y + length * Math.sin(angle)];
      drawCapsule(mask, side, [x, y, nextX, nextY], radius);
      [x, y] = [Math.min(side, Math.max(0, nextX)), Math.min(side, Math.max(0, nextY))];
    }
  }
  return mask.includes(1) ? mask : drawBox(random, side, maxBox);
}

function drawCapsule(
  mask: Mask,
  side: number,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  radius: number,
): void {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const lengthSquared = Math.max(dx * dx + dy * dy, 1e-9);
  const clampRow = (v: number) => Math.min(side - 1, Math.max(0, Math.round(v)));
  for (let y = clampRow(Math.min(y0, y1) - radius); y <= clampRow(Math.max(y0, y1) + radius); y++) {
    for (let x = clampRow(Math.min(x0, x1) - radius); x <= clampRow(Math.max(x0, x1) + radius); x++) {
      const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / lengthSquared));
      if (Math.hypot(x - x0 - along * dx, y - y0 - along * dy) <= radius) mask[y * side + x] = 1;
    }
  }
}

/** The smallest box that holds the hole. */
export function maskBounds(mask: Mask, side: number): Rect {
  let [left, top, right, bottom] = [side, side, -1, -1];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const [x, y] = [i % side, Math.floor(i / side)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The spatial discount of the reconstruction loss: gamma^l inside the hole, l the distance in pixels to the nearest known
 * pixel (arXiv 1801.07892, section 3.2); 0 outside. Distances by the 3-4 chamfer, within 8 % of Euclid's.
 */
export function discountWeights(mask: Mask, side: number, gamma: number): Float32Array {
  const distance = new Int32Array(mask.length);
  const far = 6 * side;
  const relax = (
    index: number,
    x: number,
    y: number,
    neighbours: readonly (readonly [number, number, number])[],
  ): void => {
    let best = distance[index];
    for (const [dx, dy, cost] of neighbours) {
      const [nx, ny] = [x + dx, y + dy];
      if (nx < 0 || ny < 0 || nx >= side || ny >= side) continue;
      best = Math.min(best, distance[ny * side + nx] + cost);
    }
    distance[index] = best;
  };
  for (let i = 0; i < mask.length; i++) distance[i] = mask[i] === 1 ? far : 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) relax(i, i % side, Math.floor(i / side), BEFORE);
  for (let i = mask.length - 1; i >= 0; i--) if (mask[i] === 1) relax(i, i % side, Math.floor(i / side), AFTER);
  return Float32Array.from(distance, (value) => (value === 0 ? 0 : gamma ** (value / 3)));
}

const BEFORE = [
  [-1, 0, 3],
  [0, -1, 3],
  [-1, -1, 4],
  [1, -1, 4],
] as const;
const AFTER = [
  [1, 0, 3],
  [0, 1, 3],
  [1, 1, 4],
  [-1, 1, 4],
] as const;
