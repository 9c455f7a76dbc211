/** What of a cut is the object: no crumbs, and no small holes. */
import type { Size } from '../../shared/geometry';

/** Of the largest piece's area: smaller ones are crumbs, smaller holes are filled. */
const LEAST_PIECE = 0.08;
const LEAST_HOLE = 0.02;

/**
 * @param labels height x width, 1: the object
 * @param isMarked pieces with a pixel that was marked stay, however small
 */
export function keepObject(
  { width, height }: Size,
  labels: Uint8Array,
  isMarked: (x: number, y: number) => boolean,
): Uint8Array {
  const pieces = piecesOf({ width, height }, labels);
  const largest = Math.max(0, ...pieces.filter(({ label }) => label === 1).map(({ pixels }) => pixels.length));
  const kept = labels.slice();
  for (const { label, pixels, rim } of pieces) {
    const marked = () => pixels.some((at) => isMarked(at % width, Math.floor(at / width)));
    if (label === 1 && pixels.length < LEAST_PIECE * largest && !marked()) for (const at of pixels) kept[at] = 0;
    if (label === 0 && !rim && pixels.length < LEAST_HOLE * largest) for (const at of pixels) kept[at] = 1;
  }
  return kept;
}

interface Piece {
  readonly label: number;
  readonly pixels: readonly number[];
  /** It reaches the edge of what is looked at. */
  readonly rim: boolean;
}

/** Parts of one label that hang together over their edges. */
function piecesOf({ width, height }: Size, labels: Uint8Array): Piece[] {
  const seen = new Uint8Array(labels.length);
  const pieces: Piece[] = [];
  for (let start = 0; start < labels.length; start++) {
    if (seen[start] === 1) continue;
    const label = labels[start];
    const pixels = [start];
    let rim = false;
    seen[start] = 1;
    for (let next = 0; next < pixels.length; next++) {
      const at = pixels[next];
      const x = at % width;
      const y = Math.floor(at / width);
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) rim = true;
      const visit = (other: number) => {
        if (seen[other] === 1 || labels[other] !== label) return;
        seen[other] = 1;
        pixels.push(other);
      };
      if (x > 0) visit(at - 1);
      if (x + 1 < width) visit(at + 1);
      if (y > 0) visit(at - width);
      if (y + 1 < height) visit(at + width);
    }
    pieces.push({ label, pixels, rim });
  }
  return pieces;
}
