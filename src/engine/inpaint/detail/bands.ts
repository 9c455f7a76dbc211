/**
 * Structure and grain put together. The structure is the best guess of the smooth part; the patches add what it lacks,
 * band by band: all of the finest bands, where the picture's look is and an error costs little, and less and less of
 * the coarser ones, where a wrong patch costs more than it gives (a Laplacian pyramid: Burt and Adelson 1983).
 */
import { type Pause } from '../pacing';
import { believedAround } from './belief';
import { depths, eachHolePixel, holeBox, type PlainLayer } from './layer';
import { enlarge, halve, type Plane } from './octaves';

/** Shares of the grain in the hole's outermost pixels, from its edge inwards. With 1 the seam's energy is 1.4 times the truth's. */
const RIM = [0.81, 0.94];

/**
 * The middle one of three guesses, value by value: what two of them agree on stands against an outlier. Its mean error
 * is below that of each and of their mean (docs/quality.md).
 */
export function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/**
 * Shares of the patches' bands, finest first, for a structure whose finest detail is `scale` pixels large: bands finer
 * than the structure can hold come from the patches alone.
 * @param gains by octave for scale 1; beyond the last one 0
 */
export function gainsAt(scale: number, gains: readonly number[]): number[] {
  const octaves = Math.log2(Math.max(1, scale));
  const gainOf = (level: number): number => gains[Math.max(0, level)] ?? 0;
  return Array.from({ length: gains.length + Math.ceil(octaves) }, (_, n) => {
    const low = Math.floor(n - octaves);
    const part = n - octaves - low;
    return (1 - part) * gainOf(low) + part * gainOf(low + 1);
  });
}

/**
 * structure + sum over bands of gain x band(detail - structure), inside the hole. Its outermost pixels take less: patches
 * do not know the neighbours that they meet there, and the whole of their grain shows as a seam.
 * @param detail height x width x 3 of the layer; becomes the result
 * @param structure height x width x 3, the same unit
 */
export async function joinBands(
  layer: Pick<PlainLayer, 'width' | 'height' | 'state'>,
  detail: Float32Array | Float64Array,
  structure: Float32Array,
  gains: readonly number[],
  pause: Pause,
): Promise<void> {
  const box = holeBox(layer, 2 ** (gains.length + 1));
  const values = new Float32Array(3 * box.width * box.height);
  eachHolePixel(layer, box, (at, to) => {
    for (let c = 0; c < 3; c++) values[3 * to + c] = detail[3 * at + c] - structure[3 * at + c];
  });
  await pause();
  const shares = believedAround({ width: box.width, height: box.height, values });
  for (let i = 0; i < values.length; i++) values[i] *= shares[Math.floor(i / 3)];
  await pause();
  const weighted = await weighBands({ width: box.width, height: box.height, values }, gains, 0, pause);
  const depth = depths(layer);
  eachHolePixel(layer, box, (at, to) => {
    const share = RIM[depth[at] - 1] ?? 1;
    for (let c = 0; c < 3; c++) detail[3 * at + c] = structure[3 * at + c] + share * weighted.values[3 * to + c];
  });
}

/** What the bands from `level` on give, weighted: gain x x + up((rest) - gain x down(x)). */
async function weighBands(plane: Plane, gains: readonly number[], level: number, pause: Pause): Promise<Plane> {
  const gain = gains[level] ?? 0;
  const { values } = plane;
  const small = halve(plane);
  await pause();
  const rest =
    level + 1 < gains.length
      ? (await weighBands(small, gains, level + 1, pause)).values
      : new Float32Array(small.values.length);
  for (let i = 0; i < rest.length; i++) rest[i] -= gain * small.values[i];
  const result = enlarge({ ...small, values: rest }, plane);
  await pause();
  for (let i = 0; i < values.length; i++) result[i] += gain * values[i];
  return { ...plane, values: result };
}
