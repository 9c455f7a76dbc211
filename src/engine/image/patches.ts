/** Laying patches on a picture's samples. */
import { intersect, isEmpty, type Rect, rectOf } from '../../shared/geometry';
import type { LaidPatch, Picture, Samples } from './picture';
import { largestSample, luma, newSamples, sampleTo8 } from './planes';

/** A block of samples that stands for a part of a picture. */
export interface SampleBlock {
  readonly box: Rect;
  readonly channels: 3 | 4;
  readonly depth: 8 | 16;
  readonly samples: Samples;
}

/**
 * A copy of the picture's samples with the patches laid on, lowest first; the picture is not touched. Inside the holes
 * the colours are the patches', outside every sample is the picture's own. On a grey picture a patch counts by its
 * brightness. Where the picture has alpha, the hole gets the patch's, opaque when it has none. A patch of another depth is
 * scaled. Parts of a patch outside the picture are ignored. A patch of less than full opacity is mixed with what lies
 * below, rounded to the nearest: its opacity with the opacity there, and colours by how much of each is seen.
 */
export function applyPatches(picture: Picture, patches: readonly LaidPatch[]): Samples {
  const samples = picture.samples.slice();
  const block: SampleBlock = { box: rectOf(picture), channels: picture.channels, depth: picture.depth, samples };
  for (const patch of patches) layPatch(block, patch, picture.origin.grey);
  return samples;
}

/**
 * The samples of a box, with patches laid on: what a fill sees of the edits below it, without a copy of the photo.
 * @throws RangeError when the box reaches over the picture's edge
 */
export function cropSamples(picture: Picture, box: Rect, patches: readonly LaidPatch[] = []): SampleBlock {
  const { channels, depth } = picture;
  const inside = intersect(box, rectOf(picture));
  if (isEmpty(box) || inside.width !== box.width || inside.height !== box.height) {
    throw new RangeError('the box reaches over the edge of the picture');
  }
  const samples = newSamples(box.width * box.height * channels, depth);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.y + y) * picture.width + box.x) * channels;
    samples.set(picture.samples.subarray(from, from + box.width * channels), y * box.width * channels);
  }
  const block: SampleBlock = { box, channels, depth, samples };
  for (const patch of patches) layPatch(block, patch, picture.origin.grey);
  return block;
}

/** Lays a patch on a block in place; see `applyPatches` for the rules. */
export function layPatch(block: SampleBlock, patch: LaidPatch, grey: boolean): void {
  const { channels, samples, depth } = block;
  const { opacity = 1 } = patch;
  if (opacity === 0) return;
  const part = intersect(block.box, patch.box);
  if (isEmpty(part)) return;
  const convert = converter(patch.depth, depth);
  const opaque = largestSample(depth);
  const { bits, stride } = patch.hole;
  for (let y = part.y; y < part.y + part.height; y++) {
    const holeRow = (y - patch.box.y) * stride;
    const patchRow = (y - patch.box.y) * patch.box.width;
    const blockRow = (y - block.box.y) * block.box.width - block.box.x;
    for (let x = part.x; x < part.x + part.width; x++) {
      const px = x - patch.box.x;
      if (((bits[holeRow + (px >> 3)] >> (px & 7)) & 1) === 0) continue;
      const from = (patchRow + px) * 3;
      const to = (blockRow + x) * channels;
      const red = convert(patch.samples[from]);
      const green = convert(patch.samples[from + 1]);
      const blue = convert(patch.samples[from + 2]);
      const brightness = grey ? luma(red, green, blue) : 0;
      let share = opacity;
      if (channels === 4) {
        const above = (patch.alpha ? patch.alpha[patchRow + px] / 255 : 1) * opacity;
        const alpha = above + (samples[to + 3] / opaque) * (1 - opacity);
        samples[to + 3] = Math.round(alpha * opaque);
        share = alpha === 0 ? 1 : above / alpha;
      }
      samples[to] = mixed(samples[to], grey ? brightness : red, share);
      samples[to + 1] = mixed(samples[to + 1], grey ? brightness : green, share);
      samples[to + 2] = mixed(samples[to + 2], grey ? brightness : blue, share);
    }
  }
}

function mixed(below: number, above: number, share: number): number {
  return share === 1 ? above : Math.round(below + (above - below) * share);
}

function converter(from: 8 | 16, to: 8 | 16): (sample: number) => number {
  if (from === to) return (sample) => sample;
  return to === 16 ? (sample) => sample * 257 : sampleTo8;
}
