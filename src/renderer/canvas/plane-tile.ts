import type { BitPlane } from '../../shared/bit-plane';
import type { Rect } from '../../shared/geometry';
import { bandOf } from './outline-band';
import { outlineOf } from './plane-outline';

/** Side of a tile, pixels of its level: smaller than the picture's, since each is made anew when it is painted on. */
export const PLANE_TILE = 256;
const WHITE = '#ffffff';

/** A line along the border: so many pixels of the tile to both sides of it. */
export interface OutlineLine {
  readonly radius: number;
  /** As #rrggbb. */
  readonly colour: string;
}

/** A tile of a painted plane for the screen. What it shows is made when it is first asked for. */
export class PlaneTile {
  /** Of the picture; whole also where the picture ends. */
  readonly box: Rect;
  /** White where the plane is on, PLANE_TILE pixels a side; null when it is off everywhere. */
  readonly image: OffscreenCanvas | null;
  private readonly plane: BitPlane;
  private readonly left: number;
  private readonly top: number;
  private path: Path2D | null | undefined;
  private lines: { readonly key: string; readonly image: OffscreenCanvas | null } | null = null;

  /** `plane`: at this level; it must not change before the tile is forgotten. */
  constructor(plane: BitPlane, column: number, row: number, level: number) {
    const step = 2 ** level;
    const side = PLANE_TILE * step;
    this.plane = plane;
    this.left = column * PLANE_TILE;
    this.top = row * PLANE_TILE;
    this.box = { x: column * side, y: row * side, width: side, height: side };
    this.image = imageOf([{ bits: plane, left: this.left, top: this.top, colour: WHITE }]);
  }

  /** Its border in pixels of the tile; null when there is none in it. */
  get outline(): Path2D | null {
    if (this.path === undefined) this.path = pathOf(outlineOf(this.plane, this.left, this.top, PLANE_TILE));
    return this.path;
  }

  /** The border as lines over each other, the widest first; PLANE_TILE pixels a side, null when there is none near. */
  outlineImage(lines: readonly OutlineLine[]): OffscreenCanvas | null {
    const key = JSON.stringify(lines);
    if (this.lines?.key !== key) {
      const bands = lines.flatMap(({ radius, colour }) => {
        const bits = bandOf(this.plane, this.left, this.top, PLANE_TILE, radius);
        return bits ? [{ bits, left: 0, top: 0, colour }] : [];
      });
      this.lines = { key, image: imageOf(bands) };
    }
    return this.lines.image;
  }
}

interface ColouredBits {
  readonly bits: BitPlane;
  /** The corner of the tile, a multiple of 8. */
  readonly left: number;
  readonly top: number;
  readonly colour: string;
}

/** Parts of planes over each other, each in its colour; null when nothing is on. */
function imageOf(parts: readonly ColouredBits[]): OffscreenCanvas | null {
  const pixels = new Uint32Array(PLANE_TILE * PLANE_TILE);
  let any = false;
  for (const { bits, left, top, colour } of parts) any = write(pixels, bits, left, top, opaque(colour)) || any;
  if (!any) return null;
  const canvas = new OffscreenCanvas(PLANE_TILE, PLANE_TILE);
  const data = new ImageData(new Uint8ClampedArray(pixels.buffer), PLANE_TILE, PLANE_TILE);
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  return canvas;
}

/** Puts a value wherever the plane is on; whether it is anywhere. */
function write(pixels: Uint32Array, plane: BitPlane, left: number, top: number, value: number): boolean {
  const rows = Math.min(PLANE_TILE, plane.height - top);
  const bytes = Math.min(PLANE_TILE / 8, plane.stride - (left >> 3));
  let any = false;
  for (let y = 0; y < rows; y++) {
    const row = (top + y) * plane.stride + (left >> 3);
    for (let i = 0; i < bytes; i++) {
      const byte = plane.bits[row + i] ?? 0;
      if (byte === 0) continue;
      any = true;
      const at = y * PLANE_TILE + i * 8;
      if (byte === 0xff) pixels.fill(value, at, at + 8);
      else for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) pixels[at + bit] = value;
    }
  }
  return any;
}

/** #rrggbb as a pixel of ImageData: red in the lowest byte. */
function opaque(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

function pathOf(pieces: readonly number[]): Path2D | null {
  if (pieces.length === 0) return null;
  const path = new Path2D();
  for (let i = 0; i < pieces.length; i += 4) {
    path.moveTo(pieces[i] ?? 0, pieces[i + 1] ?? 0);
    path.lineTo(pieces[i + 2] ?? 0, pieces[i + 3] ?? 0);
  }
  return path;
}
