import type { BitPlane } from './bit-plane';
import { intersect, isEmpty, type Rect, rectOf, roundOut } from './geometry';

/** One point of a stroke in picture pixels (fractions allowed), with the radius of the round tip there. */
export interface StrokeSample {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Tips smaller than a pixel would slip between pixel centres. */
const MIN_RADIUS = 0.5;
/** Samples lie on a grid this fine, so that the float noise of another zoom cannot change a pixel. */
const GRID = 64;

/** A sample as strokes keep it: on the grid, and never thinner than a pixel. */
export function strokeSample(x: number, y: number, radius: number): StrokeSample {
  return { x: onGrid(x), y: onGrid(y), radius: Math.max(MIN_RADIUS, onGrid(radius)) };
}

/** The box that holds every pixel a stroke can touch, inside the plane's bounds; empty when it misses them. */
export function strokeBounds(samples: readonly StrokeSample[], bounds: Rect): Rect {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y, radius } of samples) {
    left = Math.min(left, x - radius);
    top = Math.min(top, y - radius);
    right = Math.max(right, x + radius);
    bottom = Math.max(bottom, y + radius);
  }
  if (left > right) return { x: bounds.x, y: bounds.y, width: 0, height: 0 };
  // One pixel more on every side: the pixel under a sample is always set.
  return intersect(roundOut({ x: left - 1, y: top - 1, width: right - left + 2, height: bottom - top + 2 }), bounds);
}

/**
 * Sets (or clears) every pixel whose centre lies in the sweep of the tip along the samples: the convex hull of the two
 * discs for each pair of neighbours, and the pixel under each sample. A stroke given in parts that share their end
 * samples sets the same pixels as the whole.
 */
export function rasteriseStroke(plane: BitPlane, samples: readonly StrokeSample[], on: boolean): void {
  let previous: StrokeSample | null = null;
  for (const sample of samples) {
    const x = Math.floor(sample.x);
    plane.fillSpan(Math.floor(sample.y), x, x + 1, on);
    sweep(plane, previous ?? sample, sample, on);
    previous = sample;
  }
}

/** The hull of two discs is convex, so a row of it is one span: the union of both discs' spans and the quad's between. */
function sweep(plane: BitPlane, a: StrokeSample, b: StrokeSample, on: boolean): void {
  const box = intersect(
    roundOut({
      x: Math.min(a.x - a.radius, b.x - b.radius),
      y: Math.min(a.y - a.radius, b.y - b.radius),
      width: Math.max(a.x + a.radius, b.x + b.radius) - Math.min(a.x - a.radius, b.x - b.radius),
      height: Math.max(a.y + a.radius, b.y + b.radius) - Math.min(a.y - a.radius, b.y - b.radius),
    }),
    rectOf(plane),
  );
  if (isEmpty(box)) return;
  const quad = tangentQuad(a, b);
  for (let row = box.y; row < box.y + box.height; row++) {
    const y = row + 0.5;
    const span = { from: Infinity, to: -Infinity };
    includeDisc(span, a, y);
    includeDisc(span, b, y);
    if (quad) includeQuad(span, quad, y);
    if (span.from > span.to) continue;
    // Pixel i is in when its centre i + 0.5 is: from <= i + 0.5 <= to.
    plane.fillSpan(row, Math.ceil(span.from - 0.5), Math.floor(span.to - 0.5) + 1, on);
  }
}

interface Span {
  from: number;
  to: number;
}

function includeDisc(span: Span, disc: StrokeSample, y: number): void {
  const dy = y - disc.y;
  const square = disc.radius * disc.radius - dy * dy;
  if (square < 0) return;
  const half = Math.sqrt(square);
  span.from = Math.min(span.from, disc.x - half);
  span.to = Math.max(span.to, disc.x + half);
}

/** The points where the two outer tangents touch the discs, in order; null when one disc holds the other. */
function tangentQuad(a: StrokeSample, b: StrokeSample): readonly (readonly [number, number])[] | null {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const distance = Math.hypot(dx, dy);
  if (distance <= Math.abs(a.radius - b.radius)) return null;
  const ux = dx / distance;
  const uy = dy / distance;
  const along = (a.radius - b.radius) / distance;
  const across = Math.sqrt(1 - along * along);
  const left = [ux * along - uy * across, uy * along + ux * across] as const;
  const right = [ux * along + uy * across, uy * along - ux * across] as const;
  return [
    [a.x + left[0] * a.radius, a.y + left[1] * a.radius],
    [b.x + left[0] * b.radius, b.y + left[1] * b.radius],
    [b.x + right[0] * b.radius, b.y + right[1] * b.radius],
    [a.x + right[0] * a.radius, a.y + right[1] * a.radius],
  ];
}

function includeQuad(span: Span, quad: readonly (readonly [number, number])[], y: number): void {
  let previous = quad[quad.length - 1];
  for (const corner of quad) {
    if (previous && (previous[1] <= y ? corner[1] >= y : corner[1] <= y)) {
      const rise = corner[1] - previous[1];
      const x = rise === 0 ? corner[0] : previous[0] + ((y - previous[1]) / rise) * (corner[0] - previous[0]);
      span.from = Math.min(span.from, x);
      span.to = Math.max(span.to, x);
    }
    previous = corner;
  }
}

function onGrid(value: number): number {
  return Math.round(value * GRID) / GRID;
}
