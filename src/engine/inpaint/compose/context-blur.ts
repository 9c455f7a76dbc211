import type { Size } from '../../../shared/geometry';

/** The same as `blurWithTaps`, number for number, of planes that have values in few places, and looked at in few others. */
export class ContextBlur {
  /** Places whose row holds a value near enough, and those that are looked at and have one near at all. */
  private readonly across: Int32Array;
  private readonly wanted: Int32Array;
  private readonly rows: Float32Array;

  /**
   * @param known places, in rows from the top, that may have a value
   * @param at places that are looked at
   */
  constructor(
    private readonly size: Size,
    private readonly taps: Float32Array,
    known: Int32Array,
    private readonly at: Int32Array,
  ) {
    const { width, height } = size;
    const reach = taps.length >> 1;
    const near = new Uint8Array(width * height);
    for (const place of known) {
      const x = place % width;
      near.fill(1, place - Math.min(x, reach), place + Math.min(width - 1 - x, reach) + 1);
    }
    this.across = Int32Array.from(near.keys()).filter((place) => near[place] === 1);
    this.rows = new Float32Array(width * height);
    this.wanted = Int32Array.from(at.keys()).filter((i) => {
      const y = Math.floor(at[i] / width);
      for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
        if (near[at[i] + (v - y) * width] === 1) return true;
      }
      return false;
    });
  }

  /** @param plane height x width, 0 where nothing is known. @param to of every place that is looked at; 0 where no value is near */
  blur(plane: Float32Array, to: Float32Array): void {
    const { across, wanted, at, rows, taps } = this;
    const { width, height } = this.size;
    const reach = taps.length >> 1;
    for (const place of across) {
      const x = place % width;
      const first = x < reach ? -x : -reach;
      const last = x + reach >= width ? width - 1 - x : reach;
      let sum = 0;
      for (let k = first; k <= last; k++) sum += taps[reach + k] * plane[place + k];
      rows[place] = sum;
    }
    for (const i of wanted) {
      const y = Math.floor(at[i] / width);
      const first = y < reach ? -y : -reach;
      const last = y + reach >= height ? height - 1 - y : reach;
      let sum = 0;
      // Rounded after every step, as it is where a whole plane is summed up.
      for (let k = first; k <= last; k++) sum = Math.fround(sum + taps[reach + k] * rows[at[i] + k * width]);
      to[i] = sum;
    }
  }
}
