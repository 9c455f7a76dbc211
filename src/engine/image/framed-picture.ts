/** A picture on a larger or smaller canvas. */
import { checkFrame, isSameCanvas } from '../../shared/canvas-frame';
import { intersect, isEmpty, type Rect, rectOf } from '../../shared/geometry';
import type { Picture } from './picture';
import { newSamples } from './planes';

/**
 * The picture as a frame shows it: every pixel that it has stays what it is, and what comes to it repeats its edge, as a
 * stand-in until that is filled; where the picture has alpha, fully transparent. Profile, metadata and format stay.
 * @param frame what the new picture covers, in pixels of the old one
 * @throws StudioError canvas-nothing-left, canvas-too-large
 */
export function framedPicture(picture: Picture, frame: Rect): Picture {
  if (isSameCanvas(picture, frame)) return picture;
  checkFrame(picture, frame);
  const { channels, samples: old } = picture;
  const { x: left, y: top, width, height } = frame;
  const samples = newSamples(width * height * channels, picture.depth);
  const last = { x: picture.width - 1, y: picture.height - 1 };
  const from = Math.min(Math.max(left, 0), last.x);
  const kept = Math.min(left + width, picture.width) - from;
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    const start = Math.min(Math.max(top + y, 0), last.y) * picture.width;
    const to = y * row + (from - left) * channels;
    samples.set(old.subarray((start + from) * channels, (start + from + kept) * channels), to);
    for (let at = to - channels; at >= y * row; at -= channels) samples.copyWithin(at, to, to + channels);
    const end = to + kept * channels;
    for (let at = end; at < (y + 1) * row; at += channels) samples.copyWithin(at, end - channels, end);
  }
  if (channels === 4) clearBorder(samples, picture, frame);
  return {
    ...picture,
    width,
    height,
    samples,
    origin: { ...picture.origin, frame: joined(picture.origin.frame, frame) },
  };
}

/** Alpha 0 where the old picture does not reach. */
function clearBorder(samples: Picture['samples'], picture: Picture, frame: Rect): void {
  const { width, height } = frame;
  const old = intersect({ ...rectOf(picture), x: -frame.x, y: -frame.y }, rectOf(frame));
  for (let y = 0; y < height; y++) {
    const inside = !isEmpty(old) && y >= old.y && y < old.y + old.height;
    for (let x = 0; x < width; x++) {
      if (inside && x >= old.x && x < old.x + old.width) continue;
      samples[4 * (y * width + x) + 3] = 0;
    }
  }
}

/** A frame of a frame, in pixels of what the first is of. */
function joined(first: Rect | undefined, second: Rect): Rect {
  return first ? { ...second, x: first.x + second.x, y: first.y + second.y } : second;
}
