import type { Size } from '../shared/geometry';

/** How much of a photo so many pixels are: "12 %", "under 0.1 %". */
export function photoShare(pixels: number, { width, height }: Size): string {
  const percent = (100 * pixels) / (width * height);
  return percent > 0 && percent < 0.1 ? 'under 0.1 %' : `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}
