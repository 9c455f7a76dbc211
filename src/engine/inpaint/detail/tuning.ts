/**
 * The numbers that detail is made with. They were chosen by measuring on the development pictures; docs/quality.md has
 * the table and the command. Lengths are picture pixels at the finest layer.
 */
export interface DetailTuning {
  /** Weight of the difference in smooth colour, where patches are compared: how much the network is believed. */
  readonly guidance: number;
  /** Sigma of the Gaussian that leaves the smooth colour, pixels. */
  readonly guideSigma: number;
  /** Weight of the difference in busyness, where patches are compared. Without it a smooth start stays smooth. */
  readonly texture: number;
  /** How much more a known pixel counts than one that was synthesised, where patches are compared. 1..8. */
  readonly known: number;
  /** A patch one pixel deeper in the hole counts this many times less in the vote. */
  readonly fade: number;
  /** Votes weigh cost^-sharpness: while searching, and for the result. */
  readonly sharpness: number;
  readonly finalSharpness: number;
  /** Rounds of searching and voting a layer, where the hole is not too large for so many. */
  readonly rounds: number;
  /** Share of the voted patches in the structure; the rest is the median of the guesses. */
  readonly voted: number;
  /** Shares of the patches' bands in the result, by octave, finest first; see `joinBands`. */
  readonly gains: readonly number[];
}

export const DETAIL_TUNING: DetailTuning = {
  guidance: 0.25,
  guideSigma: 6,
  texture: 1.2,
  known: 4,
  fade: 4,
  sharpness: 5,
  finalSharpness: 10,
  rounds: 8,
  voted: 0.5,
  gains: [1.16, 1.12, 0.5],
};
