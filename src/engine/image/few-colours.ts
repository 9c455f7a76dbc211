/**
 * Pictures of few colours stay so: a fill in a fax or a drawing with a palette is put into the colours that there are, and one
 * in a grey picture that is stored as colour gets no tint.
 */
import type { Picture, Samples } from './picture';
import { luma } from './planes';

/** Most colours that a palette has. */
const MOST = 256;

/**
 * The colours of a picture's samples, each as one number of 32 bits: red, green and blue are the lower 24, how transparent it is
 * the upper 8. Null: more than a palette has, or not of 8 bits.
 */
export function coloursOf({ samples, channels, depth }: Pick<Picture, 'samples' | 'channels' | 'depth'>) {
  if (depth !== 8) return null;
  const colours = new Set<number>();
  for (let at = 0; at < samples.length && colours.size <= MOST; at += channels)
    colours.add(colourAt(samples, at, channels));
  return colours.size <= MOST ? Uint32Array.from(colours) : null;
}

/** @param colours of `coloursOf`. @returns the samples with every other colour as the nearest of these */
export function inColours(samples: Samples, channels: 3 | 4, colours: Uint32Array): Samples {
  const result = samples.slice();
  const seen = Array.from(colours, asSeen);
  const known = new Map<number, number>(Array.from(colours, (colour) => [colour, colour]));
  for (let at = 0; at < result.length; at += channels) {
    const colour = colourAt(result, at, channels);
    let nearest = known.get(colour);
    if (nearest === undefined) known.set(colour, (nearest = nearestOf(colours, seen, colour)));
    if (nearest === colour) continue;
    result.set(componentsOf(nearest).slice(0, channels), at);
  }
  return result;
}

/**
 * Where each pixel's colour stands among these, a byte a pixel.
 * @param colours of `coloursOf`, all that are in the samples
 */
export function indicesOf(samples: Uint8Array, channels: 3 | 4, colours: Uint32Array): Uint8Array {
  const places = new Map(Array.from(colours, (colour, place) => [colour, place]));
  const indices = new Uint8Array(samples.length / channels);
  let [last, place] = [-1, 0];
  for (let pixel = 0, at = 0; pixel < indices.length; pixel++, at += channels) {
    const colour = colourAt(samples, at, channels);
    if (colour !== last) [last, place] = [colour, places.get(colour) ?? 0];
    indices[pixel] = place;
  }
  return indices;
}

/** Red, green, blue and alpha of a colour. */
export function componentsOf(colour: number): [number, number, number, number] {
  return [(colour >>> 16) & 255, (colour >>> 8) & 255, colour & 255, 255 - (colour >>> 24)];
}

/** The fewest bits that hold these as levels of grey, none of them transparent; null: there are no fewer than 8. */
export function greyBits(colours: Uint32Array): 1 | 2 | 4 | null {
  const fits = (bits: number) =>
    colours.every((colour) => colour >>> 24 === 0 && (colour & 255) % (255 / (2 ** bits - 1)) === 0);
  return ([1, 2, 4] as const).find(fits) ?? null;
}

function colourAt(samples: Samples, at: number, channels: number): number {
  const clear = channels === 4 ? 255 - samples[at + 3] : 0;
  return ((clear << 24) | (samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2]) >>> 0;
}

/** @param seen what `asSeen` says of each of `colours` */
function nearestOf(colours: Uint32Array, seen: readonly Seen[], colour: number): number {
  const [red, green, blue, alpha] = asSeen(colour);
  let best = 0;
  let least = Infinity;
  for (let place = 0; place < colours.length; place++) {
    const other = seen[place];
    const distance =
      2 * (other[0] - red) ** 2 + 4 * (other[1] - green) ** 2 + (other[2] - blue) ** 2 + 8 * (other[3] - alpha) ** 2;
    if (distance < least) [least, best] = [distance, place];
  }
  return colours[best] ?? colour;
}

type Seen = readonly [number, number, number, number];

/** Of what is transparent, the less is seen the less counts what colour it is. */
function asSeen(colour: number): Seen {
  const [red, green, blue, alpha] = componentsOf(colour);
  return [(red * alpha) / 255, (green * alpha) / 255, (blue * alpha) / 255, alpha];
}

/** Whether red, green and blue are the same everywhere. */
export function isNeutral({ samples, channels }: Pick<Picture, 'samples' | 'channels'>): boolean {
  for (let at = 0; at < samples.length; at += channels) {
    if (samples[at] !== samples[at + 1] || samples[at] !== samples[at + 2]) return false;
  }
  return true;
}

/** The samples with every tint taken out. */
export function untinted(samples: Samples, channels: 3 | 4): Samples {
  const result = samples.slice();
  for (let at = 0; at < result.length; at += channels) {
    const [red, green, blue] = [result[at], result[at + 1], result[at + 2]];
    if (red === green && green === blue) continue;
    result.fill(luma(red, green, blue), at, at + 3);
  }
  return result;
}
