/**
 * Colours as a mixture of Gaussians with full covariances (Rother, Kolmogorov and Blake 2004, "GrabCut", section 3.1).
 * Everything is in an order of its own, so that the same pixels give the same bits.
 */

/** As in the paper. */
const PARTS = 5;
const ROUNDS = 6;
/** Added to variances of Lab: flat colours would have none. */
const LEAST_VARIANCE = 1;
/** So many pixels at most are looked at, evenly spread: more change nothing that can be seen. */
const MOST_SAMPLES = 20_000;

interface Part {
  readonly mean: readonly [number, number, number];
  /** Of the inverse covariance, its upper triangle: 00 01 02 11 12 22. */
  readonly inverse: readonly number[];
  /** -log(share) + log(determinant) / 2 */
  readonly offset: number;
}

export class ColourMixture {
  private constructor(private readonly parts: readonly Part[]) {}

  /**
   * @param colours three numbers each
   * @param pixels which of them, at least one
   */
  static of(colours: Float32Array, pixels: Int32Array): ColourMixture {
    const every = Math.max(1, Math.floor(pixels.length / MOST_SAMPLES));
    const samples = pixels.filter((_, i) => i % every === 0);
    const part = clustered(colours, samples);
    const parts: Part[] = [];
    for (let k = 0; k < PARTS; k++) {
      const own = samples.filter((_, i) => part[i] === k);
      if (own.length > 0) parts.push(gaussian(colours, own, own.length / samples.length));
    }
    return new ColourMixture(parts);
  }

  /** -log of the likelihood of a colour, by its most likely part, but for a constant. */
  cost(colours: Float32Array, pixel: number): number {
    const at = 3 * pixel;
    let least = Infinity;
    for (const { mean, inverse, offset } of this.parts) {
      const l = colours[at] - mean[0];
      const a = colours[at + 1] - mean[1];
      const b = colours[at + 2] - mean[2];
      const distance =
        inverse[0] * l * l +
        inverse[3] * a * a +
        inverse[5] * b * b +
        2 * (inverse[1] * l * a + inverse[2] * l * b + inverse[4] * a * b);
      const cost = offset + distance / 2;
      if (cost < least) least = cost;
    }
    return least;
  }
}

/** k-means, begun with equal shares along the axis in which the colours differ most. @returns the part of each sample */
function clustered(colours: Float32Array, samples: Int32Array): Uint8Array {
  const spread = [0, 1, 2].map((c) => {
    let sum = 0;
    let squares = 0;
    for (const pixel of samples) {
      sum += colours[3 * pixel + c];
      squares += colours[3 * pixel + c] ** 2;
    }
    return squares / samples.length - (sum / samples.length) ** 2;
  });
  const axis = spread.indexOf(Math.max(...spread));
  const sorted = Array.from(samples, (_, i) => i).sort(
    (i, j) => colours[3 * samples[i] + axis] - colours[3 * samples[j] + axis] || i - j,
  );
  const part = new Uint8Array(samples.length);
  sorted.forEach((i, rank) => (part[i] = Math.floor((rank * PARTS) / sorted.length)));
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(4 * PARTS);
    samples.forEach((pixel, i) => {
      const to = 4 * part[i];
      for (let c = 0; c < 3; c++) sums[to + c] += colours[3 * pixel + c];
      sums[to + 3]++;
    });
    let changed = false;
    samples.forEach((pixel, i) => {
      let nearest = part[i];
      let least = Infinity;
      for (let k = 0; k < PARTS; k++) {
        const count = sums[4 * k + 3];
        if (count === 0) continue;
        let distance = 0;
        for (let c = 0; c < 3; c++) distance += (colours[3 * pixel + c] - sums[4 * k + c] / count) ** 2;
        if (distance >= least) continue;
        least = distance;
        nearest = k;
      }
      if (nearest !== part[i]) changed = true;
      part[i] = nearest;
    });
    if (!changed) break;
  }
  return part;
}

function gaussian(colours: Float32Array, pixels: Int32Array, share: number): Part {
  const mean: [number, number, number] = [0, 0, 0];
  for (const pixel of pixels) for (let c = 0; c < 3; c++) mean[c] += colours[3 * pixel + c] / pixels.length;
  // Upper triangle.
  const v = [LEAST_VARIANCE, 0, 0, LEAST_VARIANCE, 0, LEAST_VARIANCE];
  for (const pixel of pixels) {
    const [l, a, b] = mean.map((middle, c) => colours[3 * pixel + c] - middle);
    [l * l, l * a, l * b, a * a, a * b, b * b].forEach((product, i) => (v[i] += product / pixels.length));
  }
  const minors = [v[3] * v[5] - v[4] * v[4], v[2] * v[4] - v[1] * v[5], v[1] * v[4] - v[2] * v[3]];
  const determinant = v[0] * minors[0] + v[1] * minors[1] + v[2] * minors[2];
  const inverse = [
    minors[0],
    minors[1],
    minors[2],
    v[0] * v[5] - v[2] * v[2],
    v[1] * v[2] - v[0] * v[4],
    v[0] * v[3] - v[1] * v[1],
  ].map((minor) => minor / determinant);
  return { mean, inverse, offset: -Math.log(share) + Math.log(determinant) / 2 };
}
