/**
 * Colours that a person painted into a hole, as the network sees them. They are bound to the picture's pixels and not to
 * a crop's: which crops a hole gets, and at what scale, is decided later and may differ from one fill to the next.
 */
import type { Rect, Size } from '../../shared/geometry';
import type { HintMessage } from '../../shared/protocol/values';
import { intersect, isEmpty } from '../../shared/geometry';
import type { GeneratorInput } from './generator';
import type { CropPlan } from './crop-plan';
import { mirrored } from '../image/picture-view';
import { shrinkRows } from '../raster/resample';

export interface Hint {
  /** Where it lies, picture pixels; may reach over the picture's right and lower edge by less than a step. */
  readonly box: Rect;
  /** Picture pixels a side of one hint pixel. 1, or a power of two for a hint that would be needlessly large. */
  readonly step: number;
  /** ceil(box.height / step) x ceil(box.width / step) x 4: the picture's colours at 8 bit, then presence 0..255. */
  readonly pixels: Uint8Array;
}

/** A hint at working size. */
export interface WorkingHint {
  /** 3 x height x width, [-1, 1]; 0 where nothing is present. */
  readonly colours: Float32Array;
  /** height x width, 0..1: how present the hint is. */
  readonly presence: Float32Array;
}

/**
 * From this presence on a pixel counts as known to the coarse stage: the smooth prior then runs on from it, and the
 * network continues it as it continues the photo. Blended into the coarse fill alone, a hint is half forgotten
 * (docs/quality.md).
 */
const KNOWN_FROM = 0.5;

/**
 * The hint on another canvas, as far as it lies there.
 * @param frame what the canvas covers, in pixels of the picture that the hint was painted into
 */
export function framedHint({ box, step, pixels }: Hint, frame: Rect): (Hint & HintMessage) | null {
  const kept = intersect(box, frame);
  if (isEmpty(kept)) return null;
  const [left, top] = [Math.floor((kept.x - box.x) / step), Math.floor((kept.y - box.y) / step)];
  const from = { x: box.x + left * step, y: box.y + top * step };
  // A step that lies across the new edge is left out on the near sides; on the far sides it may reach over them.
  const [skipX, skipY] = [from.x < frame.x ? 1 : 0, from.y < frame.y ? 1 : 0];
  const x = from.x + skipX * step;
  const y = from.y + skipY * step;
  const [width, height] = [kept.x + kept.width - x, kept.y + kept.height - y];
  if (width <= 0 || height <= 0) return null;
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const across = Math.ceil(box.width / step);
  const part = new Uint8Array(columns * rows * 4);
  for (let row = 0; row < rows; row++) {
    const start = ((top + skipY + row) * across + left + skipX) * 4;
    part.set(pixels.subarray(start, start + columns * 4), row * columns * 4);
  }
  return { box: { x: x - frame.x, y: y - frame.y, width, height }, step, pixels: part };
}

/**
 * The hint under a crop: mean colours weighted by presence.
 * @returns null where the crop shows nothing of it
 */
export function hintUnder(hint: Hint, { box, working }: CropPlan, picture: Size): WorkingHint | null {
  const inPicture = intersect(box, { x: 0, y: 0, ...picture });
  if (isEmpty(intersect(hint.box, inPicture))) return null;
  const weighted = shrinkRows(rowReader(hint, box, picture, 'colours'), box, working);
  const weights = shrinkRows(rowReader(hint, box, picture, 'presence'), box, working);
  const area = working.width * working.height;
  const presence = weights.slice(0, area);
  let any = false;
  for (let at = 0; at < area; at++) {
    const weight = presence[at];
    if (weight <= 0) continue;
    any = true;
    for (let c = at; c < 3 * area; c += area) weighted[c] /= weight;
    presence[at] = Math.min(1, weight);
  }
  return any ? { colours: weighted, presence } : null;
}

/** The coarse stage's input with the hint where it is strong: there it counts as known, so that colours run on from it. */
export function withHintKnown(input: GeneratorInput, { colours, presence }: WorkingHint): GeneratorInput {
  const area = input.hole.length;
  const hole = input.hole.slice();
  const image = input.image.slice();
  for (let at = 0; at < area; at++) {
    if (hole[at] === 0 || presence[at] < KNOWN_FROM) continue;
    hole[at] = 0;
    for (let c = at; c < 3 * area; c += area) image[c] = colours[c];
  }
  // A coarse stage needs something to fill.
  return hole.includes(1) ? { ...input, hole, image } : input;
}

/** Blends the hint into a fill, inside the hole, in place. */
export function layHint(image: Float32Array, { colours, presence }: WorkingHint, hole: Float32Array): void {
  const area = hole.length;
  for (let at = 0; at < area; at++) {
    const share = hole[at] * presence[at];
    if (share === 0) continue;
    for (let c = at; c < 3 * area; c += area) image[c] += share * (colours[c] - image[c]);
  }
}

/** How much the hint holds at a pixel of the picture, 0..1: its presence times its strength. */
export function presenceAt({ presence }: WorkingHint, { box, working }: CropPlan, strength: number) {
  const across = working.width / box.width;
  const down = working.height / box.height;
  return (x: number, y: number): number => {
    const i = Math.floor((x + 0.5 - box.x) * across);
    const j = Math.floor((y + 0.5 - box.y) * down);
    if (i < 0 || j < 0 || i >= working.width || j >= working.height) return 0;
    return strength * presence[j * working.width + i];
  };
}

/** Reads a row of the crop: colours times presence, or presence alone in all three channels. */
function rowReader({ box, step, pixels }: Hint, crop: Rect, picture: Size, what: 'colours' | 'presence') {
  const width = Math.ceil(box.width / step);
  const columns = Int32Array.from({ length: crop.width }, (_, i) => {
    const x = mirrored(crop.x + i, picture.width) - box.x;
    return x >= 0 && x < box.width ? Math.floor(x / step) * 4 : -1;
  });
  return (y: number, row: Float32Array): void => {
    row.fill(0);
    const line = mirrored(crop.y + y, picture.height) - box.y;
    if (line < 0 || line >= box.height) return;
    const start = Math.floor(line / step) * width * 4;
    for (let i = 0; i < columns.length; i++) {
      if (columns[i] < 0) continue;
      const at = start + columns[i];
      const presence = pixels[at + 3] / 255;
      for (let c = 0; c < 3; c++)
        row[3 * i + c] = what === 'presence' ? presence : presence * ((pixels[at + c] * 2) / 255 - 1);
    }
  };
}
