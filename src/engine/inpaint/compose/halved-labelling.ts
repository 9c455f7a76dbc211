import type { Labelling } from './expansion';
import type { HolePixels } from './hole-pixels';
import { FORBIDDEN } from './tuning';

/** Cells of 2 x 2 pixels of a hole. */
interface Cells extends HolePixels {
  /** Of every pixel of the hole: the number of its cell. */
  readonly cellOf: Int32Array;
}

/**
 * A labelling at half of its size: its energy is about half of what the same pieces cost at full size. Where pieces lie at all
 * is found sooner there, since expansion moves a piece as a whole.
 */
export class HalvedLabelling implements Labelling {
  readonly frozen = null;
  readonly pixels: Cells;
  /** labels x cells, and x 3. */
  private readonly costs: Float32Array;
  private readonly colours: Float32Array;

  /** @param width of the level that the pixels' indices count in */
  constructor(
    full: Labelling,
    private readonly labels: readonly number[],
    width: number,
  ) {
    this.pixels = cellsOf(full.pixels, width);
    const { count, cellOf } = this.pixels;
    const numbers = 1 + Math.max(...labels);
    this.costs = new Float32Array(numbers * count);
    this.colours = new Float32Array(3 * numbers * count);
    const sizes = new Uint8Array(count);
    for (const cell of cellOf) sizes[cell]++;
    const colour = new Float32Array(3);
    for (const label of labels) {
      const first = label * count;
      for (let i = 0; i < cellOf.length; i++) {
        const at = first + cellOf[i];
        this.costs[at] += full.cost(label, i) / 2;
        full.colour(label, i, colour, 0);
        for (let c = 0; c < 3; c++) this.colours[3 * at + c] += colour[c];
      }
      for (let cell = 0; cell < count; cell++) {
        // One pixel that it cannot have is enough.
        if (this.costs[first + cell] >= FORBIDDEN / 2) this.costs[first + cell] = FORBIDDEN;
        for (let c = 0; c < 3; c++) this.colours[3 * (first + cell) + c] /= sizes[cell];
      }
    }
  }

  cost(label: number, pixel: number): number {
    return this.costs[label * this.pixels.count + pixel];
  }

  colour(label: number, pixel: number, to: Float32Array, at: number): void {
    const from = 3 * (label * this.pixels.count + pixel);
    to[at] = this.colours[from];
    to[at + 1] = this.colours[from + 1];
    to[at + 2] = this.colours[from + 2];
  }

  /** The labels of the cells for every pixel. */
  enlarged(labels: Uint16Array): Uint16Array {
    return Uint16Array.from(this.pixels.cellOf, (cell) => labels[cell]);
  }
}

function cellsOf({ at }: HolePixels, width: number): Cells {
  const across = Math.ceil(width / 2);
  const numbers = new Map<number, number>();
  const cellOf = Int32Array.from(at, (index) => {
    const cell = Math.floor(Math.floor(index / width) / 2) * across + Math.floor((index % width) / 2);
    const known = numbers.get(cell);
    if (known !== undefined) return known;
    numbers.set(cell, numbers.size);
    return numbers.size - 1;
  });
  const cells = Int32Array.from(numbers.keys());
  const beside = (step: number, isThere: (x: number) => boolean): Int32Array =>
    cells.map((cell) => (isThere(cell % across) ? (numbers.get(cell + step) ?? -1) : -1));
  return {
    count: cells.length,
    at: cells,
    cellOf,
    left: beside(-1, (x) => x > 0),
    right: beside(1, (x) => x + 1 < across),
    above: beside(-across, () => true),
    below: beside(across, () => true),
  };
}
