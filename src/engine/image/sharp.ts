/** The one place where the picture library is set up; everything else in this folder imports it from here. */
import sharp, { type CreateRaw, type Sharp } from 'sharp';
import { PICTURE_FORMATS } from '../../shared/picture-formats';
import type { Samples } from './picture';

// libvips keeps opened files and decoded regions by name: a picture that was saved over would be shown as it was
// before.
sharp.cache(false);

// Of the loaders of libvips only those of the formats that are read: a vector drawing or a document in the clothes of a
// picture may keep its loader busy for hours.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [...Object.values(PICTURE_FORMATS).map(({ decoder }) => decoder.loader), 'VipsForeignLoadNsgif'],
});

/** Largest side of a picture, pixels: what JPEG can hold, and what the protocol can name. */
export const MAX_SIDE = 65_535;

export interface RawImage {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly samples: Samples;
}

/**
 * Runs a pipeline to its end and returns the samples, 8 or 16 bit. The pipeline must be in a colour space of that
 * depth.
 */
export async function rawSamples(pipeline: Sharp, depth: 8 | 16): Promise<RawImage> {
  const { data, info } = await pipeline
    .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, samples: viewSamples(data, depth) };
}

/** sharp's name for the plain colour space of so many channels (1 and 2: grey) and bits. */
export function colourSpace(channels: number, depth: 8 | 16): 'b-w' | 'grey16' | 'srgb' | 'rgb16' {
  if (channels < 3) return depth === 16 ? 'grey16' : 'b-w';
  return depth === 16 ? 'rgb16' : 'srgb';
}

/** Samples as sharp's raw input. */
export function rawInput(image: RawImage): [Samples, { raw: CreateRaw; limitInputPixels: false }] {
  const { width, height, channels } = image;
  if (channels !== 1 && channels !== 2 && channels !== 3 && channels !== 4) {
    throw new RangeError(`a picture has 1 to 4 channels, not ${channels}`);
  }
  return [image.samples, { raw: { width, height, channels }, limitInputPixels: false }];
}

function viewSamples(data: Buffer, depth: 8 | 16): Samples {
  if (depth === 8) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const aligned = data.byteOffset % 2 === 0 ? data : Uint8Array.from(data);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
}

export { sharp };
