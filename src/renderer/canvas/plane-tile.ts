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
  /** Only where the plane is on. */
  readonly inside: boolean;
}

/** A tile of a painted plane for the screen. What it shows is made when it is first asked for after a change. */
export class PlaneTile {
  /** Of the picture; whole also where the picture ends. */
  readonly box: Rect;
  private readonly plane: BitPlane;
  private readonly left: number;
  private readonly top: number;
  private readonly area = new PaintedCanvas();
  private readonly border = new PaintedCanvas();
  private path: Path2D | null | undefined;

  /** `plane`: at this level. */
  constructor(plane: BitPlane, column: number, row: number, level: number) {
    const step = 2 ** level;
    const side = PLANE_TILE * step;
    this.plane = plane;
    this.left = column * PLANE_TILE;
    this.top = row * PLANE_TILE;
    this.box = { x: column * side, y: row * side, width: side, height: side };
  }

  /** The plane is another here, or near enough for a line along its border. */
  changed(): void {
    this.path = undefined;
    this.area.forget();
    this.border.forget();
  }

  /** White where the plane is on, PLANE_TILE pixels a side; null when it is off everywhere. Valid until the next change. */
  get image(): OffscreenCanvas | null {
    return this.area.show(WHITE, () => [{ bits: this.plane, left: this.left, top: this.top, colour: WHITE }]);
  }

  /** Its border in pixels of the tile; null when there is none in it. */
  get outline(): Path2D | null {
    if (this.path === undefined) this.path = pathOf(outlineOf(this.plane, this.left, this.top, PLANE_TILE));
    return this.path;
  }

  /** The border as lines over each other, the widest first; as `image`, null when there is none near. */
  outlineImage(lines: readonly OutlineLine[]): OffscreenCanvas | null {
    return this.border.show(JSON.stringify(lines), () =>
      lines.flatMap(({ radius, colour, inside }) => {
        const bits = bandOf(this.plane, this.left, this.top, PLANE_TILE, radius);
        if (bits && inside) keepCovered(bits, this.plane, this.left, this.top);
        return bits ? [{ bits, left: 0, top: 0, colour }] : [];
      }),
    );
  }
}

interface ColouredBits {
  readonly bits: BitPlane;
  /** The corner of the tile, a multiple of 8. */
  readonly left: number;
  readonly top: number;
  readonly colour: string;
}

/** Parts of planes over each other, each in its colour, on a canvas that is painted anew rather than made anew. */
class PaintedCanvas {
  private canvas: OffscreenCanvas | null = null;
  private shown: { readonly key: string; readonly any: boolean } | null = null;

  forget(): void {
    this.shown = null;
  }

  /** `parts` are asked for only when something else than `key` is shown; null when nothing is on. */
  show(key: string, parts: () => readonly ColouredBits[]): OffscreenCanvas | null {
    if (this.shown?.key !== key) this.shown = { key, any: this.paint(parts()) };
    return this.shown.any ? this.canvas : null;
  }

  private paint(parts: readonly ColouredBits[]): boolean {
    // One for all tiles: a quarter of a megabyte for each that is painted on would keep the garbage collector busy.
    scratch ??= new ImageData(PLANE_TILE, PLANE_TILE);
    const pixels = new Uint32Array(scratch.data.buffer);
    pixels.fill(0);
    let any = false;
    for (const { bits, left, top, colour } of parts) any = write(pixels, bits, left, top, opaque(colour)) || any;
    if (!any) return false;
    this.canvas ??= new OffscreenCanvas(PLANE_TILE, PLANE_TILE);
    this.canvas.getContext('2d')?.putImageData(scratch, 0, 0);
    return true;
  }
}

/** Switches off what is not on in the plane, whose part the square at (left, top), a multiple of 8, is. */
function keepCovered(square: BitPlane, plane: BitPlane, left: number, top: number): void {
  for (let y = 0; y < square.height; y++) {
    for (let i = 0; i < square.stride; i++) {
      const byte = (left >> 3) + i;
      const inPlane = top + y < plane.height && byte < plane.stride;
      const covered = inPlane ? (plane.bits[(top + y) * plane.stride + byte] ?? 0) : 0;
      const at = y * square.stride + i;
      square.bits[at] = (square.bits[at] ?? 0) & covered;
    }
  }
}

let scratch: ImageData | null = null;

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
