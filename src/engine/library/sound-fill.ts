import { errorFor } from '../../shared/error-texts';
import type { GeneratorInput } from '../inpaint/generator';

/** From here on a value is one end of [-1, 1]: what a network's last step cuts off. */
const AT_THE_END = 1 - 1e-6;
/** Share of a fill's values at the ends from which on it is no picture, and of the known ones up to which that can be told. */
const BROKEN_SHARE = 0.98;
const PLAIN_SHARE = 0.5;

/**
 * Refuses a fill that is none: weights that are no numbers, or far too large, come out as NaN or cut off at black and white.
 * @param fill 3 x height x width, [-1, 1]
 * @param about id and folder of the model
 * @throws StudioError `model-broken`
 */
export function requireSoundFill(
  fill: Float32Array,
  { width, height, image, hole }: Pick<GeneratorInput, 'width' | 'height' | 'image' | 'hole'>,
  about: { readonly id: string; readonly folder: string },
): void {
  const pixels = width * height;
  const count = { filled: 0, filledAtEnd: 0, known: 0, knownAtEnd: 0 };
  for (let i = 0; i < 3 * pixels; i++) {
    const inHole = hole[i % pixels] === 1;
    const value = inHole ? fill[i] : image[i];
    if (inHole && !Number.isFinite(value))
      throw errorFor('fill-not-numbers', { name: about.id }, { file: about.folder });
    const atEnd = Math.abs(value) >= AT_THE_END ? 1 : 0;
    if (inHole) {
      count.filled++;
      count.filledAtEnd += atEnd;
    } else {
      count.known++;
      count.knownAtEnd += atEnd;
    }
  }
  const cutOff = count.filled > 0 && count.filledAtEnd >= BROKEN_SHARE * count.filled;
  const tells = count.knownAtEnd < PLAIN_SHARE * count.known;
  if (cutOff && tells) throw errorFor('fill-out-of-range', { name: about.id }, { file: about.folder });
}
