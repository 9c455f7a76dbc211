import type { Random } from '../numeric/random';

/** Rec. 709 luma. */
const LUMA = [0.2126, 0.7152, 0.0722] as const;

/**
 * Changes a crop's brightness, contrast and saturation at random, in place; values that leave the range are cut off.
 *
 * @param crop (3,side,side) in [-1,1]
 * @param strength 0..1, as `colour` of the configuration
 */
export function changeColours(random: Random, crop: Float32Array, strength: number): void {
  const factor = () => (1 + strength) ** random.between(-1, 1);
  const [brightness, contrast, saturation] = [random.between(-strength / 2, strength / 2), factor(), factor()];
  const count = crop.length / 3;
  for (let i = 0; i < count; i++) {
    const luma = LUMA.reduce((sum, weight, c) => sum + weight * crop[c * count + i], 0);
    for (let c = 0; c < 3; c++) {
      const value = (luma + (crop[c * count + i] - luma) * saturation) * contrast + brightness;
      crop[c * count + i] = Math.min(1, Math.max(-1, value));
    }
  }
}
