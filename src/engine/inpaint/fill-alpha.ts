/**
 * How opaque a fill is in a picture that has transparency: as what lies around its hole. A hole that an eraser left in an
 * opaque photo becomes opaque, one in a shadow of 40 % stays a shadow of 40 %, and where a hole lies across the edge of a
 * cut-out the edge goes on through it.
 */
import type { BitPlane } from '../../shared/bit-plane';
import { expand, intersect, type Rect, rectOf } from '../../shared/geometry';
import { cropSamples } from '../image/patches';
import type { LaidPatch, Patch, Picture } from '../image/picture';
import { largestSample } from '../image/planes';
import { type Field, IDLE, KNOWN, spanMembrane, WANTED } from '../raster/membrane';
import type { Pause } from '../raster/pacing';

/** Opacities between these, of 1, are soft. */
const SOFT = [0.04, 0.96] as const;
/** With fewer soft pixels than this share around a hole, what meets in it is an edge and no gradient. */
const LEAST_SOFT = 0.1;

/**
 * The patch with its opacity; the same patch where the picture is opaque all around.
 * @param hole picture-sized: all that is to be filled, of which the patch fills a part
 * @param below what lies on the picture without this fill
 */
export async function withAlpha(
  patch: Patch,
  picture: Pick<Picture, 'width' | 'height' | 'channels' | 'depth' | 'samples'>,
  below: readonly LaidPatch[],
  hole: BitPlane,
  pause: Pause,
): Promise<Patch> {
  if (picture.channels === 3) return patch;
  const area = intersect(expand(patch.box, 1), rectOf(picture));
  const around = cropSamples({ ...picture, origin: PLAIN }, area, below);
  const opaque = largestSample(picture.depth);
  const field = fieldOf(patch, hole, area, (at) => around.samples[4 * at + 3] / opaque);
  const ring = ringOf(field);
  if (ring.every((opacity) => opacity === 1)) return patch;
  await spanMembrane(field, pause);
  const soft = ring.filter((opacity) => opacity > SOFT[0] && opacity < SOFT[1]).length;
  const opacityAt = soft < LEAST_SOFT * ring.length ? edgeAt(field) : (at: number) => field.values[at];
  return { ...patch, alpha: alphaOf(patch, area, opacityAt) };
}

/** What `cropSamples` asks of a picture's origin: its colours are not looked at. */
const PLAIN = { path: '', format: 'png', grey: false, lossless: true } as const;

function fieldOf(patch: Patch, hole: BitPlane, area: Rect, opacityAt: (at: number) => number): Field {
  const { width, height } = area;
  const state = new Uint8Array(width * height);
  const values = new Float32Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [u, v] = [area.x + x - patch.box.x, area.y + y - patch.box.y];
      const inside = u >= 0 && v >= 0 && u < patch.box.width && v < patch.box.height && patch.hole.get(u, v);
      if (inside) state[at] = WANTED;
      else if (!hole.get(area.x + x, area.y + y)) {
        state[at] = KNOWN;
        values[at] = opacityAt(at);
      } else state[at] = IDLE;
    }
  }
  return { width, height, state, values };
}

/** Opacities of the known pixels beside the hole. */
function ringOf({ width, state, values }: Field): number[] {
  const ring: number[] = [];
  state.forEach((what, at) => {
    if (what !== KNOWN) return;
    const x = at % width;
    const beside = [x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at, at - width, at + width];
    if (beside.some((other) => state[other] === WANTED)) ring.push(values[at]);
  });
  return ring;
}

/** The membrane's line of one half as an edge of about a pixel: from a pixel to the line is its value by its slope. */
function edgeAt({ width, height, values, state }: Field): (at: number) => number {
  const valueAt = (at: number, otherwise: number) => (state[at] === IDLE ? otherwise : values[at]);
  return (at) => {
    const here = values[at];
    const x = at % width;
    const y = Math.floor(at / width);
    const across = valueAt(x + 1 < width ? at + 1 : at, here) - valueAt(x > 0 ? at - 1 : at, here);
    const down = valueAt(y + 1 < height ? at + width : at, here) - valueAt(y > 0 ? at - width : at, here);
    const slope = Math.max(1e-6, Math.hypot(across, down) / 2);
    return Math.min(1, Math.max(0, 0.5 + (here - 0.5) / slope));
  };
}

function alphaOf({ box, hole }: Patch, area: Rect, opacityAt: (at: number) => number): Uint8Array {
  const alpha = new Uint8Array(box.width * box.height);
  for (let y = 0, to = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++, to++) {
      if (!hole.get(x, y)) continue;
      const opacity = opacityAt((box.y + y - area.y) * area.width + box.x + x - area.x);
      alpha[to] = Math.round(255 * Math.min(1, Math.max(0, opacity)));
    }
  }
  return alpha;
}
