import type { Labelling } from './expansion';
import type { HolePixels } from './hole-pixels';
import type { Stack } from './stack';

/** What labels look like and cost at the working scale. */
export class StackLabelling implements Labelling {
  readonly frozen = null;

  constructor(
    readonly pixels: HolePixels,
    private readonly stack: Stack,
    private readonly costs: Float32Array,
  ) {}

  cost(label: number, pixel: number): number {
    return this.costs[label * this.pixels.count + pixel];
  }

  colour(label: number, pixel: number, to: Float32Array, at: number): void {
    const { colours } = this.stack;
    const from = 3 * (label * this.pixels.count + pixel);
    to[at] = colours[from];
    to[at + 1] = colours[from + 1];
    to[at + 2] = colours[from + 2];
  }
}
