/** A Gaussian at whole steps to either side of its middle, where it is 1. @returns 2 x reach + 1 */
export function gaussian(sigma: number, reach: number): Float64Array {
  return Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2));
}
