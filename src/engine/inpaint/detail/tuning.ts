import { type BandGains, mixedGains } from './bands';

/**
 * The numbers that detail is made with. They were chosen by measuring on the development pictures; docs/quality.md has
 * the table and the command. Lengths are picture pixels at the finest level.
 */
export interface DetailTuning {
  /** Weight of the difference in smooth colour, where patches are compared: how closely the network is followed. */
  readonly guidance: number;
  /** Sigma of the Gaussian that leaves the smooth colour, pixels. */
  readonly guideSigma: number;
  /** Weight of the difference in texture energy, where patches are compared. Without it a smooth start stays smooth. */
  readonly texture: number;
  /** How much more a known pixel counts than one that was synthesised, where patches are compared. 1..8. */
  readonly known: number;
  /** A patch one pixel deeper in the hole counts this many times less in the vote. */
  readonly fade: number;
  /** Votes weigh cost^-sharpness: while searching, and for the result. */
  readonly sharpness: number;
  readonly finalSharpness: number;
  /** Rounds of searching and voting a level, where the hole is not too large for so many. */
  readonly rounds: number;
  /** The same at the finest level, where a round costs most; left out: as many. */
  readonly finestRounds?: number;
  /** How the network's fill and the patches are put together, for crops of the usual side; see `joinBands` and `gainsFor`. */
  readonly gains: BandGains;
  /** The same for large crops, in which the network's detail is coarser. */
  readonly largeGains: BandGains;
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
  gains: { contrast: [1, 1.8, 2.1, 1.5, 1], grain: [1.17, 1.38, 0.95, 0.45, 0.2], rest: 0.6, rim: 0.94 },
  largeGains: { contrast: [1, 2.2, 2.7, 2, 1.4], grain: [1.15, 1.72, 1.3, 0.68, 0.3], rest: 0.6, rim: 0.77 },
};

/** Sides of crops, working pixels: up to the first `gains` count, from the second on `largeGains`, and both in between. */
const [USUAL_SIDE, LARGE_SIDE] = [256, 512];

/** @param side the larger one of the crop that the network saw, working pixels */
export function gainsFor(side: number, { gains, largeGains }: DetailTuning): BandGains {
  const share = Math.log2(side / USUAL_SIDE) / Math.log2(LARGE_SIDE / USUAL_SIDE);
  return mixedGains(gains, largeGains, Math.min(1, Math.max(0, share)));
}
