import { type Affine, shiftBy } from './affine';
import type { CandidateKind } from './candidates';

/** Where a piece may come from, and how it was thought of. */
export interface Label {
  readonly map: Affine;
  /** 'line': it puts a line onto itself; 'chosen': by a person; 'network': no piece, but the network's fill. */
  readonly kind: CandidateKind | 'line' | 'chosen' | 'network';
  /** Of 'line': the line's place in the list. */
  readonly line?: number;
}

/** The network's own colours stand where they are. */
export const NETWORK_LABEL: Label = { map: shiftBy(0, 0), kind: 'network' };

/** Labels that must stay as exact as they are: shifted by a pixel, a line has a kink; the network's fill is nowhere else. */
export function isExact({ kind }: Label): boolean {
  return kind === 'line' || kind === 'network';
}
