/** Which of a JPEG's blocks a changed picture touches, and those blocks coded anew. */
import { intersect, type Point, type Rect, type Size } from '../../../shared/geometry';
import { inBands, type Pause } from '../../raster/pacing';
import { storedPoint, storedSize } from '../orientation';
import type { Picture, Samples } from '../picture';
import { samplesOfBlock, writeBlock } from './dct';
import { type Component, MARKER, type Segment } from './segments';

/** What leads back from an orientation's upright pixels. */
const INVERSE = [1, 1, 2, 3, 4, 5, 8, 7, 6] as const;

/** A plane of the file as its blocks lie on the picture. */
export interface Grid {
  /** Pixels under one of its samples. */
  readonly stepX: number;
  readonly stepY: number;
  /** Blocks in a unit. */
  readonly h: number;
  readonly v: number;
}

/** How the planes of a file lie on the picture: units of the largest number of samples. One plane alone has units of a block. */
export interface Layout {
  readonly unitWidth: number;
  readonly unitHeight: number;
  readonly planes: readonly Grid[];
}

/** null: some plane has no whole number of the finest one's samples under each of its own. */
export function layoutOf(components: readonly Component[]): Layout | null {
  const alone = components.length === 1;
  const sizes = components.map(({ h, v }) => (alone ? { h: 1, v: 1 } : { h, v }));
  const [most, highest] = [Math.max(...sizes.map(({ h }) => h)), Math.max(...sizes.map(({ v }) => v))];
  if (sizes.some(({ h, v }) => h < 1 || v < 1 || most % h !== 0 || highest % v !== 0)) return null;
  const planes = sizes.map(({ h, v }) => ({ h, v, stepX: most / h, stepY: highest / v }));
  return { unitWidth: 8 * most, unitHeight: 8 * highest, planes };
}

/** A plane's value, 0..255, of a colour. */
type Colour = (red: number, green: number, blue: number) => number;

/** JFIF's YCbCr, plain RGB, or grey; null for what is neither (T.871; Adobe's APP14 segment). */
export function coloursOf(planes: readonly Component[], segments: readonly Segment[]): readonly Colour[] | null {
  const brightness: Colour = (r, g, b) => 0.299 * r + 0.587 * g + 0.114 * b;
  if (planes.length === 1) return [brightness];
  if (planes.length !== 3) return null;
  const adobe = segments.find(({ marker, data }) => marker === 0xee && data.toString('latin1', 0, 5) === 'Adobe');
  const named = planes.map(({ id }) => String.fromCharCode(id)).join('');
  const jfif = segments.some(({ marker, data }) => marker === MARKER.app0 && data.toString('latin1', 0, 4) === 'JFIF');
  if (adobe && !jfif ? adobe.data[11] === 0 : named === 'RGB' && !jfif) return [(r) => r, (_, g) => g, (_, __, b) => b];
  return [
    brightness,
    (r, g, b) => 128 - 0.168736 * r - 0.331264 * g + 0.5 * b,
    (r, g, b) => 128 + 0.5 * r - 0.418688 * g - 0.081312 * b,
  ];
}

/**
 * Where a picture's stored pixels begin in those of its file.
 * @param file the size that the file's picture is stored in
 */
export function storedOffset({ width, height, origin }: Picture, file: Size): Point {
  const orientation = origin.orientation ?? 1;
  const first = storedPoint(INVERSE[orientation], 0, 0, { width, height });
  const { x, y } = origin.frame ?? { x: 0, y: 0 };
  const { x: left, y: top } = storedPoint(orientation, first.x + x, first.y + y, file);
  return { x: left, y: top };
}

/** A changed picture as its blocks see it. */
export class ChangedBlocks {
  /** The size that the picture is stored in. */
  readonly stored: Size;
  readonly unitsAcross: number;
  readonly unitsDown: number;
  /** 1 where a unit holds a changed pixel. */
  readonly units: Uint8Array;
  private readonly orientation: number;

  private constructor(
    private readonly picture: Picture,
    private readonly samples: Samples,
    /** 1 where a pixel is changed, as the picture is seen. */
    private readonly change: Uint8Array,
    private readonly layout: Layout,
    private readonly colours: readonly Colour[],
  ) {
    this.orientation = picture.origin.orientation ?? 1;
    this.stored = storedSize(this.orientation, picture);
    this.unitsAcross = Math.ceil(this.stored.width / layout.unitWidth);
    this.unitsDown = Math.ceil(this.stored.height / layout.unitHeight);
    this.units = new Uint8Array(this.unitsAcross * this.unitsDown);
  }

  /** @param file the size that the file's picture is stored in: on a larger canvas all else counts as changed */
  static async find(
    picture: Picture,
    samples: Samples,
    { layout, colours, file }: { readonly layout: Layout; readonly colours: readonly Colour[]; readonly file: Size },
    pause: Pause,
  ): Promise<ChangedBlocks> {
    const change = new Uint8Array(picture.width * picture.height);
    const found = new ChangedBlocks(picture, samples, change, layout, colours);
    const { frame, orientation = 1 } = picture.origin;
    const { width, height } = storedSize(orientation, file);
    const known = frame ? intersect({ x: -frame.x, y: -frame.y, width, height }, { ...picture, x: 0, y: 0 }) : null;
    await inBands(picture, pause, (from, to) => {
      for (let y = from; y < to; y++) found.lookAtRow(y, known);
    });
    return found;
  }

  /** @param known what the file has of the picture; null: all of it */
  private lookAtRow(y: number, known: Rect | null): void {
    const { samples, change } = this;
    const { width, samples: old } = this.picture;
    const start = y * width;
    const bytes = (all: Samples) => Buffer.from(all.buffer, all.byteOffset + 3 * start, 3 * width);
    const outside = known && (y < known.y || y >= known.y + known.height);
    if (outside) change.fill(1, start, start + width);
    else {
      if (known) {
        change.fill(1, start, start + known.x);
        change.fill(1, start + known.x + known.width, start + width);
      }
      const same = bytes(old).equals(bytes(samples));
      if (same && (!known || known.width === width)) return;
      if (!same) {
        for (let at = start, i = 3 * at; at < start + width; at++, i += 3) {
          if (old[i] !== samples[i] || old[i + 1] !== samples[i + 1] || old[i + 2] !== samples[i + 2]) change[at] = 1;
        }
      }
    }
    const { orientation, stored, units, unitsAcross } = this;
    const { unitWidth, unitHeight } = this.layout;
    const row = change.subarray(start, start + width);
    for (let x = row.indexOf(1); x >= 0; x = row.indexOf(1, x + 1)) {
      const point = storedPoint(orientation, x, y, stored);
      units[Math.floor(point.y / unitHeight) * unitsAcross + Math.floor(point.x / unitWidth)] = 1;
    }
  }

  /**
   * Codes a block anew if it holds a changed pixel.
   * @param x,y of the block in its plane, in blocks
   * @param steps its quantisation, in zigzag order
   */
  renew(place: number, x: number, y: number, blocks: Int16Array, at: number, steps: Uint16Array): void {
    const { stepX, stepY } = this.layout.planes[place];
    let values: Float64Array | null = null;
    for (let i = 0; i < 64; i++) {
      const value = this.valueOf(place, (8 * x + (i & 7)) * stepX, (8 * y + (i >> 3)) * stepY);
      if (value === null) continue;
      values ??= samplesOfBlock(blocks, at, steps);
      values[i] = value - 128;
    }
    if (values) writeBlock(values, blocks, at, steps);
  }

  /**
   * The mean of the pixels under a plane's sample; null where none of them changed. What lies over the edge repeats it.
   * @param left,top of the first of them, as stored
   */
  private valueOf(place: number, left: number, top: number): number | null {
    const { picture, samples, change, orientation, stored } = this;
    const { stepX, stepY } = this.layout.planes[place];
    const colour = this.colours[place];
    let sum = 0;
    let changed = false;
    for (let v = top; v < top + stepY; v++) {
      for (let u = left; u < left + stepX; u++) {
        const [x, y] = [Math.min(u, stored.width - 1), Math.min(v, stored.height - 1)];
        const point = orientation === 1 ? { x, y } : storedPoint(INVERSE[orientation], x, y, picture);
        const at = point.y * picture.width + point.x;
        if (change[at] === 1) changed = true;
        sum += colour(samples[3 * at], samples[3 * at + 1], samples[3 * at + 2]);
      }
    }
    return changed ? sum / (stepX * stepY) : null;
  }
}
