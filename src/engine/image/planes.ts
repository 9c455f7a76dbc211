/** Between a picture's interleaved samples and the networks' planes. */
import { contains, type Rect, rectOf, type Size } from '../../shared/geometry';
import type { Picture, Samples } from './picture';

/** What is needed of a picture to take samples out of it. */
export type SampleSource = Pick<Picture, 'width' | 'height' | 'channels' | 'depth' | 'samples'>;

/**
 * The colours of a box as three planes (3,H,W) in [-1, 1]; 0 is -1 and the largest sample 1. Alpha is left out.
 * @throws RangeError when the box is not inside the picture.
 */
export function samplesToPlanes(source: SampleSource, box: Rect = rectOf(source)): Float32Array {
  if (!contains(rectOf(source), box)) throw new RangeError('the box reaches over the edge of the picture');
  const { samples, channels } = source;
  const scale = 2 / largestSample(source.depth);
  const area = box.width * box.height;
  const planes = new Float32Array(3 * area);
  for (let y = 0, to = 0; y < box.height; y++) {
    let from = ((box.y + y) * source.width + box.x) * channels;
    for (let x = 0; x < box.width; x++, to++, from += channels) {
      planes[to] = samples[from] * scale - 1;
      planes[to + area] = samples[from + 1] * scale - 1;
      planes[to + 2 * area] = samples[from + 2] * scale - 1;
    }
  }
  return planes;
}

/**
 * Three planes (3,H,W) as interleaved samples: rounded to the nearest, values outside [-1, 1] clamped.
 * Exact inverse of `samplesToPlanes` for samples of 8 and of 16 bit.
 */
export function planesToSamples(planes: Float32Array, size: Size, depth: 8 | 16): Samples {
  const area = size.width * size.height;
  if (planes.length !== 3 * area)
    throw new RangeError(`three ${size.width} x ${size.height} planes, not ${planes.length} values`);
  const samples = newSamples(3 * area, depth);
  const top = largestSample(depth);
  for (let i = 0, to = 0; i < area; i++) {
    for (let channel = 0; channel < 3; channel++, to++) {
      samples[to] = toSample(planes[i + channel * area], top);
    }
  }
  return samples;
}

/** A value of [-1, 1] as a sample of 0 .. `top`: rounded to the nearest, values outside clamped. */
export function toSample(value: number, top: number): number {
  return Math.min(top, Math.max(0, Math.round(((value + 1) / 2) * top)));
}

export function newSamples(length: number, depth: 8 | 16): Samples {
  return depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
}

export function largestSample(depth: 8 | 16): number {
  return depth === 16 ? 65_535 : 255;
}

/** A sample of 16 bit at 8, to the nearest; what 8 bit becomes at 16 (times 257) comes back the same. */
export function sampleTo8(sample: number): number {
  return (sample * 255 + 32_768) >>> 16;
}

/** Brightness of a colour (Rec. 709 weights in 1/256, so that grey stays exactly what it is). */
export function luma(red: number, green: number, blue: number): number {
  return (red * 54 + green * 183 + blue * 19) >> 8;
}
