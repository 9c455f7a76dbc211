/**
 * Alpha expansion (Boykov, Veksler and Zabih 2001): one label after another is offered to all pixels at once, and taken
 * where a minimum cut says that this is cheapest. Seams cost the square of what differs, which is no metric, so an edge
 * of the cut is never given less than nothing; the energy still never rises, since what is cut then overestimates every
 * change but leaves the present labelling's energy as it is (Rother et al. 2005, Digital tapestry).
 */
import type { HolePixels } from './hole-pixels';
import type { MaxFlow } from './max-flow';
import { type ComposeTuning, FORBIDDEN } from './tuning';

/** What labels look like and cost, by a pixel's number. */
export interface Labelling {
  readonly pixels: HolePixels;
  /** Pixels whose label stays, 1; null: none. */
  readonly frozen: Uint8Array | null;
  /** FORBIDDEN or more where a label cannot be had. */
  cost(label: number, pixel: number): number;
  /** Writes Lab. */
  colour(label: number, pixel: number, to: Float32Array, at: number): void;
}

export class Expansion {
  private readonly count: number;
  /** Colours and cost of every pixel as it is labelled. */
  private readonly own: Float32Array;
  private readonly ownCost: Float32Array;
  /** What the seams to the right of every pixel and below it cost now; 0 where there is none. */
  private readonly seamRight: Float32Array;
  private readonly seamBelow: Float32Array;
  // Of the label on offer.
  private readonly offered: Float32Array;
  private readonly asked: Int32Array;
  private round = 0;
  /** Number of a pixel in the graph, and -1 where it keeps its label in any case. */
  private readonly slot: Int32Array;
  private readonly movable: Int32Array;
  private readonly stay: Float64Array;
  private readonly move: Float64Array;
  private readonly cross = new Float32Array(6);

  constructor(
    private readonly labelling: Labelling,
    /** A label a pixel; changed by what is cut. */
    readonly labels: Uint16Array,
    private readonly flow: MaxFlow,
    private readonly tuning: Pick<ComposeTuning, 'square' | 'seam' | 'gradient'>,
  ) {
    const { count } = labelling.pixels;
    this.count = count;
    this.own = new Float32Array(3 * count);
    this.ownCost = new Float32Array(count);
    this.seamRight = new Float32Array(count);
    this.seamBelow = new Float32Array(count);
    this.offered = new Float32Array(3 * count);
    this.asked = new Int32Array(count).fill(-1);
    this.slot = new Int32Array(count).fill(-1);
    this.movable = new Int32Array(count);
    this.stay = new Float64Array(count);
    this.move = new Float64Array(count);
    for (let i = 0; i < count; i++) this.renew(i);
    for (let i = 0; i < count; i++) this.measureSeams(i);
  }

  private renew(pixel: number): void {
    const label = this.labels[pixel];
    this.labelling.colour(label, pixel, this.own, 3 * pixel);
    this.ownCost[pixel] = this.labelling.cost(label, pixel);
  }

  /** Renews what the seams on the right of a pixel and below it cost. */
  private measureSeams(p: number): void {
    const { right, below } = this.labelling.pixels;
    this.seamRight[p] = right[p] >= 0 ? this.seamNow(p, right[p]) : 0;
    this.seamBelow[p] = below[p] >= 0 ? this.seamNow(p, below[p]) : 0;
  }

  private seamNow(p: number, q: number): number {
    const { labels, labelling, own, cross } = this;
    if (labels[p] === labels[q]) return 0;
    labelling.colour(labels[q], p, cross, 0);
    labelling.colour(labels[p], q, cross, 3);
    return this.seam(own, 3 * p, cross, 0, cross, 3, own, 3 * q);
  }

  /** @param among numbers of pixels that may take it; all when left out. @returns how many did */
  expand(alpha: number, among?: Int32Array): number {
    const nodes = this.gather(alpha, among);
    if (nodes === 0) return 0;
    const { flow, movable, stay, move, slot, labels, labelling } = this;
    flow.reset(nodes, 2 * nodes);
    this.addSeams(alpha, nodes, among === undefined);
    for (let k = 0; k < nodes; k++) {
      const least = Math.min(stay[k], move[k]);
      // On the sink's side the label is taken.
      flow.addTerminal(k, move[k] - least, stay[k] - least);
    }
    // Bands are thin, and their colours of 8 bits often leave several cuts alike: there the trees alone decide, and links are not split.
    flow.solve(among === undefined);
    let taken = 0;
    for (let k = 0; k < nodes; k++) {
      const pixel = movable[k];
      slot[pixel] = -1;
      if (flow.inSource(k)) continue;
      labels[pixel] = alpha;
      this.own[3 * pixel] = this.offered[3 * pixel];
      this.own[3 * pixel + 1] = this.offered[3 * pixel + 1];
      this.own[3 * pixel + 2] = this.offered[3 * pixel + 2];
      this.ownCost[pixel] = labelling.cost(alpha, pixel);
      movable[taken++] = pixel;
    }
    this.seamsChanged(taken);
    return taken;
  }

  /** Measures the seams around the first so many movable pixels, whose label has changed. */
  private seamsChanged(count: number): void {
    const { left, above } = this.labelling.pixels;
    for (let k = 0; k < count; k++) {
      const pixel = this.movable[k];
      this.measureSeams(pixel);
      if (left[pixel] >= 0) this.measureSeams(left[pixel]);
      if (above[pixel] >= 0) this.measureSeams(above[pixel]);
    }
  }

  /** Numbers the pixels that could take the label. @returns how many, 0 where none can gain by it */
  private gather(alpha: number, among?: Int32Array): number {
    const { labelling, labels, slot, movable, stay, move, ownCost, seamRight, seamBelow } = this;
    const { frozen, pixels } = labelling;
    const { left, above } = pixels;
    let hope = false;
    const candidates = among?.length ?? this.count;
    this.round++;
    let nodes = 0;
    for (let k = 0; k < candidates; k++) {
      const pixel = among ? among[k] : k;
      if (labels[pixel] === alpha || frozen?.[pixel] === 1) continue;
      const cost = labelling.cost(alpha, pixel);
      if (cost >= FORBIDDEN) continue;
      movable[nodes] = pixel;
      slot[pixel] = nodes;
      stay[nodes] = ownCost[pixel];
      move[nodes] = cost;
      // All that a pixel could gain: its cost's difference, and every seam beside it.
      hope ||=
        cost <
        ownCost[pixel] +
          seamRight[pixel] +
          seamBelow[pixel] +
          (left[pixel] >= 0 ? seamRight[left[pixel]] : 0) +
          (above[pixel] >= 0 ? seamBelow[above[pixel]] : 0);
      nodes++;
    }
    if (hope) return nodes;
    for (let k = 0; k < nodes; k++) slot[movable[k]] = -1;
    return 0;
  }

  private addSeams(alpha: number, nodes: number, split: boolean): void {
    const { left, right, above, below } = this.labelling.pixels;
    const { movable, slot } = this;
    for (let k = 0; k < nodes; k++) {
      const pixel = movable[k];
      if (right[pixel] >= 0) this.addSeam(alpha, pixel, right[pixel], split);
      if (below[pixel] >= 0) this.addSeam(alpha, pixel, below[pixel], split);
      // Those whose other end can move are added from there.
      if (left[pixel] >= 0 && slot[left[pixel]] < 0) this.addSeam(alpha, left[pixel], pixel, split);
      if (above[pixel] >= 0 && slot[above[pixel]] < 0) this.addSeam(alpha, above[pixel], pixel, split);
    }
  }

  /** @param split whether a link is cut both ways; its two ends share it then */
  private addSeam(alpha: number, p: number, q: number, split: boolean): void {
    const { labels, labelling, own, offered, cross, slot, stay, move } = this;
    const a = labels[p];
    const b = labels[q];
    this.offer(alpha, p);
    this.offer(alpha, q);
    const i = slot[p];
    const j = slot[q];
    let both = 0;
    let second: number;
    let first: number;
    if (a === b) {
      // Whichever of the two moves, the seam lies between the same two pieces.
      first = second = this.seam(own, 3 * p, offered, 3 * p, own, 3 * q, offered, 3 * q);
    } else {
      labelling.colour(b, p, cross, 0);
      labelling.colour(a, q, cross, 3);
      both = q === this.labelling.pixels.right[p] ? this.seamRight[p] : this.seamBelow[p];
      second = a === alpha ? 0 : this.seam(own, 3 * p, offered, 3 * p, cross, 3, offered, 3 * q);
      first = b === alpha ? 0 : this.seam(offered, 3 * p, cross, 0, offered, 3 * q, own, 3 * q);
    }
    if (i < 0) {
      stay[j] += both;
      move[j] += second;
    } else if (j < 0) {
      stay[i] += both;
      move[i] += first;
    } else {
      const link = second + first - both;
      const isEdge = link > 1e-9;
      // What is cut where p moves and q stays. With half of what both differ in on either side the least is left to the
      // terminals, between pixels of one label nothing, so that most flows but a short way.
      const back = isEdge && split ? Math.min(link, Math.max(0, first - both / 2)) : 0;
      move[i] += first - both - back;
      move[j] += back - first;
      // The rest is cut where p stays and q moves.
      if (isEdge) this.flow.addEdge(i, j, link - back, back);
    }
  }

  private offer(alpha: number, pixel: number): void {
    if (this.asked[pixel] === this.round) return;
    this.asked[pixel] = this.round;
    this.labelling.colour(alpha, pixel, this.offered, 3 * pixel);
  }

  /** What a seam costs between pieces A and B, by their colours at both pixels. */
  private seam(
    atP: Float32Array,
    ap: number,
    bAtP: Float32Array,
    bp: number,
    atQ: Float32Array,
    aq: number,
    bAtQ: Float32Array,
    bq: number,
  ): number {
    const x0 = atP[ap] - bAtP[bp];
    const x1 = atP[ap + 1] - bAtP[bp + 1];
    const x2 = atP[ap + 2] - bAtP[bp + 2];
    const y0 = atQ[aq] - bAtQ[bq];
    const y1 = atQ[aq + 1] - bAtQ[bq + 1];
    const y2 = atQ[aq + 2] - bAtQ[bq + 2];
    const z0 = x0 - y0;
    const z1 = x1 - y1;
    const z2 = x2 - y2;
    const d =
      Math.sqrt(x0 * x0 + x1 * x1 + x2 * x2) +
      Math.sqrt(y0 * y0 + y1 * y1 + y2 * y2) +
      2 * this.tuning.gradient * Math.sqrt(z0 * z0 + z1 * z1 + z2 * z2);
    return d + (d * d) / this.tuning.square + this.tuning.seam;
  }

  /** Costs of all pixels and of all seams between them. */
  energy(): number {
    const { right, below } = this.labelling.pixels;
    let sum = 0;
    for (let p = 0; p < this.count; p++) {
      sum += this.ownCost[p];
      for (const q of [right[p], below[p]]) if (q >= 0) sum += this.seamNow(p, q);
    }
    return sum;
  }
}
