import { colourDistance } from './colour-lab';
import type { Labelling } from './expansion';
import type { HolePixels } from './hole-pixels';
import type { Label } from './label';
import { BARRED, type Level, type LevelMap } from './level';
import { addLinePrices, nearLines } from './line-prices';
import { type ComposeTuning, FORBIDDEN, rimPrice } from './tuning';
import type { WindowLine } from './window-line';

/**
 * What labels cost at a finer level: whether they may be had, the rim, and lines. Colours are looked up when they are asked
 * for, since few labels are tried at any pixel.
 */
export class FineLabelling implements Labelling {
  private readonly maps: readonly LevelMap[];
  /** 1 where a known pixel lies beside it. */
  private readonly atRim: Uint8Array;
  private readonly linePrices: readonly Float32Array[];
  private readonly pair = new Float32Array(6);

  constructor(
    private readonly level: Level,
    readonly pixels: HolePixels,
    readonly frozen: Uint8Array | null,
    private readonly labels: readonly Label[],
    lines: readonly WindowLine[],
    private readonly tuning: ComposeTuning,
  ) {
    this.maps = labels.map(({ map }) => level.mapOf(map));
    const { width, height, state } = level;
    this.atRim = new Uint8Array(pixels.count);
    for (let i = 0; i < pixels.count; i++) {
      const at = pixels.at[i];
      const x = at % width;
      const rim =
        (x > 0 && state[at - 1] <= BARRED) ||
        (x + 1 < width && state[at + 1] <= BARRED) ||
        (at >= width && state[at - width] <= BARRED) ||
        (at + width < width * height && state[at + width] <= BARRED);
      this.atRim[i] = rim ? 1 : 0;
    }
    this.linePrices = lines.length === 0 ? [] : this.pricesOf(lines);
  }

  private pricesOf(lines: readonly WindowLine[]): Float32Array[] {
    const { level, pixels, labels } = this;
    const near = nearLines(lines, level, pixels);
    return labels.map(({ map, kind }, label) => {
      const prices = new Float32Array(pixels.count);
      if (kind !== 'network') addLinePrices(near, map, prices, 1, (i, to) => this.colour(label, i, to, 0));
      return prices;
    });
  }

  cost(label: number, pixel: number): number {
    const { level, tuning } = this;
    if (this.labels[label].kind === 'network') return tuning.fineNetwork;
    const at = this.pixels.at[pixel];
    const x = at % level.width;
    const y = (at - x) / level.width;
    const map = this.maps[label];
    if (!level.mayCopy(map, x, y)) return FORBIDDEN;
    let cost = this.linePrices.length > 0 ? this.linePrices[label][pixel] : 0;
    if (this.atRim[pixel] === 1) {
      if (x > 0) cost += this.rim(map, x - 1, y);
      if (x + 1 < level.width) cost += this.rim(map, x + 1, y);
      if (y > 0) cost += this.rim(map, x, y - 1);
      if (y + 1 < level.height) cost += this.rim(map, x, y + 1);
    }
    return cost;
  }

  private rim(map: LevelMap, x: number, y: number): number {
    const { level, tuning, pair } = this;
    const at = y * level.width + x;
    if (level.state[at] > BARRED) return 0;
    if (!level.mayCopy(map, x, y)) return tuning.rimMissing;
    level.lab(at, pair, 0);
    level.copied(map, x, y, pair, 3);
    return rimPrice(colourDistance(pair, 0, pair, 3), tuning);
  }

  colour(label: number, pixel: number, to: Float32Array, at: number): void {
    const index = this.pixels.at[pixel];
    const x = index % this.level.width;
    this.level.copied(this.maps[label], x, (index - x) / this.level.width, to, at);
  }
}
