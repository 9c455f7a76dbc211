/**
 * The numbers that a fill is composed with. Colours are CIE Lab with L from 0 to 100, lengths pixels of the level at hand
 * unless they say otherwise. They come from a prototype that was looked at on 26 removals.
 */
export interface ComposeTuning {
  /** Hole pixels at the working scale, and the longest side of the window there. */
  readonly area: number;
  readonly side: number;
  /** How far the window reaches beyond the hole: so many times its longer side, and so many native pixels more. */
  readonly reach: number;
  readonly margin: number;
  /** Weight of the difference to the known surroundings, its blur and its cap; and what a source that is none costs there. */
  readonly context: number;
  readonly contextSigma: number;
  readonly contextCap: number;
  readonly contextMissing: number;
  /** Weight of differences in gradient beside those in colour. */
  readonly gradient: number;
  /** Weight of the network's smooth colours, their blur, the cap of the difference, and the least confidence deep inside. */
  readonly guide: number;
  readonly guideSigma: number;
  readonly guideCap: number;
  readonly guideFloor: number;
  /** The guide's weight where a hint is painted. */
  readonly hintedGuide: number;
  /** Weight and cap of the difference in texture energy, a logarithm. */
  readonly texture: number;
  readonly textureCap: number;
  /** Mean colour difference to the known surroundings below which a piece repeats them and texture energy says less. */
  readonly repeats: number;
  /** Weight of what a source has that occurs but once in the window, see `uniqueness`. */
  readonly unique: number;
  /** The same, more, where the network's fill does not foresee it: all of it from this price of the guide, at weight 1, on. */
  readonly unforeseen: number;
  readonly foreseen: number;
  /** A seam's difference d costs d + d^2 / square + seam. */
  readonly square: number;
  readonly seam: number;
  /** Weight of the rim's difference beside that of a seam: a break at the rim is seen first. */
  readonly rim: number;
  /** Caps of the rim's difference, and what it costs where the source does not go on beyond the hole. */
  readonly rimCap: number;
  readonly rimMissing: number;
  /** Sweeps over all labels; the second one only tries those in use and so many of the statistics' first. */
  readonly sweeps: number;
  /** Orders of labels that the first fill tries, and those that variants and corrections do. */
  readonly orders: Orders;
  readonly fewOrders: Orders;
  readonly tryAgain: number;
  /** Pieces below this many pixels go to a neighbour: at the working scale, and at finer ones. */
  readonly leastPiece: number;
  readonly leastFinePiece: number;
  /** Half the width of the band around seams and rim that is cut again at finer levels. */
  readonly band: number;
  /** What a pixel of the network's own fill costs: at the working scale, and at finer ones. */
  readonly network: number;
  readonly fineNetwork: number;
  /** No piece can follow a painted hint where all of them are farther off than this in their smooth colours. */
  readonly unsuppliedHint: number;
  /** A jump j (RGB, 0..255) at a seam or at the rim stays an edge by j^4 / (j^4 + T^4). */
  readonly keptEdge: number;
  /** Native pixels over which such an edge fades; a drawing's do not. */
  readonly softEdge: number;
}

/** How many orders of labels are tried. */
export interface Orders {
  /** In photographs. */
  readonly full: number;
  /** In drawings: at a quarter of the working scale, and how many of the lowest go on at half of it. */
  readonly quarter: number;
  readonly half: number;
}

export const COMPOSE_TUNING: ComposeTuning = {
  area: 4500,
  side: 512,
  reach: 1.6,
  margin: 48,
  context: 0.5,
  contextSigma: 3,
  contextCap: 40,
  contextMissing: 20,
  gradient: 0.5,
  guide: 0.03,
  guideSigma: 5,
  guideCap: 25,
  guideFloor: 0.35,
  hintedGuide: 0.3,
  texture: 3,
  textureCap: 2,
  repeats: 1.5,
  unique: 0.5,
  unforeseen: 1,
  foreseen: 4,
  square: 40,
  seam: 1,
  rim: 2,
  rimCap: 60,
  rimMissing: 30,
  sweeps: 2,
  orders: { full: 3, quarter: 16, half: 4 },
  fewOrders: { full: 1, quarter: 4, half: 1 },
  tryAgain: 20,
  leastPiece: 12,
  leastFinePiece: 20,
  band: 3,
  network: 400,
  fineNetwork: 30,
  unsuppliedHint: 12,
  keptEdge: 88,
  softEdge: 3,
};

/** What a pixel costs beside a known one, by how far that one's colours are from the source's there. */
export function rimPrice(distance: number, { rim, rimCap, square }: ComposeTuning): number {
  const d = 2 * Math.min(rimCap, distance);
  return rim * (d + (d * d) / square);
}

/** What a pixel costs whose source may not be copied: more than any other way to fill it. */
export const FORBIDDEN = 1e4;
