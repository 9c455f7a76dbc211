/** Reads HEIC pictures with libheif, which the picture library has without its decoder. */
import type { Metadata } from 'sharp';
import { avifCodePoints } from '../avif-colour';
import { withoutExifPrefix } from '../exif';
import type { PlainPicture } from './plain-picture';

/**
 * Decodes the main picture, turned as the file says. `about` is what sharp says of the file.
 * @returns null when it is damaged
 */
export async function readHeic(bytes: Buffer, about: Metadata): Promise<PlainPicture | null> {
  const { default: create } = await import('libheif-js/libheif-wasm/libheif-bundle.js');
  // One of its own each time: the memory that it takes for a picture it never gives back.
  const { HeifDecoder } = create();
  const images = new HeifDecoder().decode(bytes);
  const image = images.find((each) => each.is_primary()) ?? images[0];
  if (!image) return null;
  const [width, height] = [image.get_width(), image.get_height()];
  const data = new Uint8ClampedArray(width * height * 4);
  const shown = await new Promise<object | null>((resolve) => image.display({ data, width, height }, resolve));
  if (!shown) return null;
  const pixels = new Uint8Array(data.buffer);
  const alpha = about.hasAlpha;
  const colours = about.icc ? null : avifCodePoints(bytes);
  return {
    width,
    height,
    channels: alpha ? 4 : 3,
    samples: alpha ? pixels : withoutAlpha(pixels),
    notes: notesOf(bytes, about, images.length),
    ...(about.icc ? { profile: about.icc } : {}),
    ...(about.exif ? { exif: withoutExifPrefix(about.exif) } : {}),
    ...(about.xmp ? { xmp: about.xmp } : {}),
    ...(colours ? { colours } : {}),
  };
}

function notesOf(bytes: Buffer, about: Metadata, pictures: number): string[] {
  const bits = about.bitsPerSample ?? 8;
  const gainMap = bytes.includes('hdrgainmap', 0, 'latin1') || bytes.includes('tmap', 0, 'latin1');
  return [
    ...(bits > 8 ? [`Its ${bits} bits a sample were read as 8.`] : []),
    ...(pictures > 1 ? [`Only the main one of its ${pictures} pictures was opened.`] : []),
    ...(gainMap ? ['The gain map behind it is not kept.'] : []),
  ];
}

function withoutAlpha(pixels: Uint8Array): Uint8Array {
  const samples = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4) {
    samples[to++] = pixels[from];
    samples[to++] = pixels[from + 1];
    samples[to++] = pixels[from + 2];
  }
  return samples;
}
