/**
 * What is known of a hole before it is cut: its window at all levels, the candidate pieces, their colours and costs, and the
 * edges that cross it. It is the same for every seed and every wish of a cut.
 */
import type { Rect } from '../../../shared/geometry';
import type { HolePixels } from './hole-pixels';
import type { Label } from './label';
import type { Level } from './level';
import type { Stack } from './stack';
import type { StructureLines } from './structure-lines';

export interface PreparedHole {
  /** The window, picture pixels. */
  readonly window: Rect;
  /** From the working scale to native size. */
  readonly levels: readonly Level[];
  /** Of the coarsest level, like `labels`, `stack` and `lab`. */
  readonly pixels: HolePixels;
  readonly labels: readonly Label[];
  readonly stack: Stack;
  readonly structure: StructureLines;
  /** height x width x 3 */
  readonly lab: Float32Array;
  /** height x width: see `uniqueness`. */
  readonly unique: Float32Array;
}
