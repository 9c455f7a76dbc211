/**
 * Jumps that stay edges where pieces are joined. A camera draws no edge within one pixel, so what is added to take a jump away
 * fades over a few: at the rim on the hole's side alone, since what is known stays, and between two pieces half on each side.
 */
import type { PieceMap } from './piece-map';

interface Softened {
  /** In the map's box. */
  readonly places: Int32Array;
  /** Three a place. */
  readonly change: Float32Array;
}

export class KeptEdges {
  /** Places in the map's box, and what would take the jump away there, x 3. */
  private readonly places: number[] = [];
  private readonly jumps: number[] = [];

  /** @param softness pixels over which an edge fades; 0: not at all */
  constructor(
    private readonly map: PieceMap,
    private readonly softness: number,
  ) {}

  /**
   * Adds a pixel at an edge; also one whose jump is spread, as between two that stay it takes part in their mean.
   * @param share of the jump, what stays of it on this side
   */
  add(place: number, jump: Float32Array, share: number): void {
    if (this.softness === 0) return;
    this.places.push(place);
    this.jumps.push(share * jump[0], share * jump[1], share * jump[2]);
  }

  /** @returns what is to be added to the pieces' colours, where it is anything */
  softened(): Softened {
    const { map, places, jumps, softness } = this;
    const { width, height } = map.box;
    const order = new Map<number, number>();
    const sums: number[] = [];
    const weights: number[] = [];
    const nearest: number[] = [];
    const reach = Math.ceil(softness);
    for (const [k, place] of places.entries()) {
      const x = place % width;
      const y = (place - x) / width;
      for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
        for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
          const at = v * width + u;
          // The edge itself lies half a pixel beyond the pixel beside it.
          const near = 1 - (Math.hypot(u - x, v - y) + 0.5) / (softness + 0.5);
          if (near <= 0 || map.labels[at] !== map.labels[place]) continue;
          let i = order.get(at);
          if (i === undefined) {
            order.set(at, (i = order.size));
            sums.push(0, 0, 0);
            weights.push(0);
            nearest.push(0);
          }
          const weight = near * near;
          weights[i] += weight;
          nearest[i] = Math.max(nearest[i], near);
          for (let c = 0; c < 3; c++) sums[3 * i + c] += weight * jumps[3 * k + c];
        }
      }
    }
    const change = Float32Array.from(sums, (sum, i) => (sum * nearest[Math.floor(i / 3)]) / weights[Math.floor(i / 3)]);
    return { places: Int32Array.from(order.keys()), change };
  }
}
