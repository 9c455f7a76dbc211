import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Size } from '../src/shared/geometry';

const SAMPLE = join(import.meta.dirname, '..', 'resources', 'sample.jpg');

/** Five people, all that is dark on the light half of a beach but its weed; the right half is wet and brown. */
export const BEACH = {
  people: [60, 95, 130, 165, 200].map((x) => ({ x, head: 96, feet: 146 })),
  weed: { x: 130, y: 196 },
  isDry: ({ x }: { readonly x: number }) => x < 270,
} as const;

export async function beachIn(folder: string): Promise<string> {
  const [width, height] = [480, 300];
  const pixels = Buffer.alloc(width * height * 3);
  // Grain, the same every time.
  let seed = 7;
  const grain = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const person = BEACH.people.some((each) => Math.abs(x - each.x) < 7 && y > each.head && y < each.feet);
      const weed = Math.hypot((x - BEACH.weed.x) / 6, y - BEACH.weed.y) < 12;
      const [red, green, blue] = person || weed ? [38, 36, 34] : BEACH.isDry({ x }) ? [222, 204, 168] : [150, 112, 84];
      const light = Math.round(14 * (grain() - 0.5));
      pixels.set([red + light, green + light, blue + light], at);
    }
  }
  const path = join(folder, 'beach.png');
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);
  return path;
}

/** Writes a small photograph without loss; its path. */
export async function photoIn(folder: string, name = 'lake.png', width = 640, height = 420): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    await sharp(await readFile(SAMPLE))
      .resize(width, height, { fit: 'cover' })
      .png()
      .toBuffer(),
  );
  return path;
}

/** A folder with crops of the sample, to train on. */
export function photosToTrainOn(folder: string, count: number): Promise<string> {
  return cropsIn(join(folder, 'lake and hills'), count, { width: 240, height: 240 });
}

/** Makes a folder with this many crops of the sample, each a little further to the right: `0.png`, `1.png`, ... */
export async function cropsIn(photos: string, count: number, size: Size): Promise<string> {
  await mkdir(photos);
  const sample = sharp(await readFile(SAMPLE));
  for (let i = 0; i < count; i++) {
    await sample
      .clone()
      .extract({ left: 80 * i, top: 40 * (i % 6), ...size })
      .png()
      .toFile(join(photos, `${i}.png`));
  }
  return photos;
}

/** A file that calls itself a picture and is none. */
export async function brokenPhotoIn(folder: string): Promise<string> {
  const path = join(folder, 'broken.jpg');
  await writeFile(path, 'this is not a picture');
  return path;
}

/** The first quantisation table of a JPEG, that of its brightness; empty when there is none. */
export function jpegLuma(jpeg: Buffer): readonly number[] {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xdb]));
  // Marker, length and the table's number come before its 64 bytes.
  return at < 0 ? [] : [...jpeg.subarray(at + 5, at + 69)];
}

export interface Difference {
  readonly sameSize: boolean;
  /** Pixels that differ inside and outside the circle. */
  readonly inside: number;
  readonly outside: number;
}

/** Compares two pictures inside and outside a circle. */
export async function comparePhotos(
  a: string,
  b: string,
  circle: { x: number; y: number; radius: number },
): Promise<Difference> {
  const [first, second] = await Promise.all(
    [a, b].map((path) => sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  const { width, height } = first.info;
  if (second.info.width !== width || second.info.height !== height) return { sameSize: false, inside: 0, outside: 0 };
  let inside = 0;
  let outside = 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      if ([0, 1, 2].every((channel) => first.data[at + channel] === second.data[at + channel])) continue;
      if (Math.hypot(x + 0.5 - circle.x, y + 0.5 - circle.y) <= circle.radius) inside++;
      else outside++;
    }
  }
  return { sameSize: true, inside, outside };
}

/** How far two pictures are from each other where a condition holds: the mean of the channels' differences, 0..255. */
export async function meanDifference(a: string, b: string, where: (x: number, y: number) => boolean): Promise<number> {
  const [first, second] = await Promise.all(
    [a, b].map((path) => sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  let sum = 0;
  let samples = 0;
  for (let y = 0, at = 0; y < first.info.height; y++) {
    for (let x = 0; x < first.info.width; x++, at += 3) {
      if (!where(x + 0.5, y + 0.5)) continue;
      for (let channel = 0; channel < 3; channel++)
        sum += Math.abs(first.data[at + channel] - second.data[at + channel]);
      samples += 3;
    }
  }
  return sum / samples;
}

/** A mask file's pixels, one byte each. */
export interface MaskPixels {
  readonly bytes: Buffer;
  /** Number of white ones. */
  readonly count: number;
  readonly at: (x: number, y: number) => boolean;
}

/** Reads a black and white picture. */
export async function maskPixels(path: string): Promise<MaskPixels> {
  const { data, info } = await sharp(path).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const count = data.reduce((sum, value) => sum + (value === 255 ? 1 : 0), 0);
  return { bytes: data, count, at: (x, y) => data[y * info.width + x] === 255 };
}
