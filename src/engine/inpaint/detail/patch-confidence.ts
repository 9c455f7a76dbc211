/**
 * How much confidence there is in patches. Those that have come to show another thing than all else says stands there are not to be
 * mixed with it: a share of a red in a grey is neither, and the edges of the one are rims in the other.
 */
import { type Plane, pyramidDown, pyramidUp } from '../../raster/binomial-pyramid';

/** Patches whose colour is this far off, of [-1, 1], have gone astray and do not count at all. */
const OUTLIER = 0.45;
/** Up to two thirds of that the confidence is nearly whole, so that only what has gone astray is changed. Both are choices. */
const STEEPNESS = 4;

/**
 * The share of the patches' colours that is taken over, a pixel, by the mean difference some four pixels around: grain
 * differs from a smooth guess everywhere, and is right to. It goes by the colour as a whole (Tukey's biweight, to the
 * eighth power of the distance): shares for each channel would make hues that neither the guess nor the patches have.
 * @param difference patches - guess, of [-1, 1]
 * @returns height x width, 0..1
 */
export function confidenceAround(difference: Plane): Float32Array {
  const half = pyramidDown(difference);
  const mean = pyramidUp({ ...half, values: pyramidUp(pyramidDown(half), half) }, difference);
  const shares = new Float32Array(mean.length / 3);
  for (let at = 0, c = 0; at < shares.length; at++, c += 3) {
    shares[at] = Math.max(0, 1 - apart(mean[c], mean[c + 1], mean[c + 2]) ** STEEPNESS);
  }
  return shares;
}

/** Mean square of a colour's channels; 1 where it is just astray. */
function apart(red: number, green: number, blue: number): number {
  return (red * red + green * green + blue * blue) / (3 * OUTLIER * OUTLIER);
}
