/**
 * Pictures of few colours stay so: a fill in a fax or a drawing with a palette is put into the colours that there are, and one
 * in a grey picture that is stored as colour gets no tint.
 */
import type { Picture, Samples } from './picture';
import { luma } from './planes';

/** Most colours that a palette has. */
const MOST = 256;

/**
 * The colours of a picture's samples, each as one number of 24 bits; null: more than a palette has, or not of 8 bits.
 */
export function coloursOf({ samples, channels, depth }: Pick<Picture, 'samples' | 'channels' | 'depth'>) {
  if (depth !== 8) return null;
  const colours = new Set<number>();
  for (let at = 0; at < samples.length && colours.size <= MOST; at += channels) colours.add(colourAt(samples, at));
  return colours.size <= MOST ? Uint32Array.from(colours) : null;
}

/** @param colours of `coloursOf`. @returns the samples with every other colour as the nearest of these */
export function inColours(samples: Samples, channels: 3 | 4, colours: Uint32Array): Samples {
  const result = samples.slice();
  const known = new Map<number, number>(Array.from(colours, (colour) => [colour, colour]));
  for (let at = 0; at < result.length; at += channels) {
    const colour = colourAt(result, at);
    let nearest = known.get(colour);
    if (nearest === undefined) known.set(colour, (nearest = nearestOf(colours, colour)));
    if (nearest === colour) continue;
    result[at] = nearest >> 16;
    result[at + 1] = (nearest >> 8) & 255;
    result[at + 2] = nearest & 255;
  }
  return result;
}

function colourAt(samples: Samples, at: number): number {
  return (samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2];
}

function nearestOf(colours: Uint32Array, colour: number): number {
  let best = colours[0] ?? colour;
  let least = Infinity;
  for (const other of colours) {
    const red = (other >> 16) - (colour >> 16);
    const green = ((other >> 8) & 255) - ((colour >> 8) & 255);
    const blue = (other & 255) - (colour & 255);
    const distance = 2 * red * red + 4 * green * green + blue * blue;
    if (distance < least) [least, best] = [distance, other];
  }
  return best;
}

/** Whether there is nothing but black and white. */
export function isBlackAndWhite(picture: Pick<Picture, 'samples' | 'channels' | 'depth'>): boolean {
  const colours = coloursOf(picture);
  return picture.channels === 3 && colours !== null && colours.every((colour) => colour === 0 || colour === 0xffffff);
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
