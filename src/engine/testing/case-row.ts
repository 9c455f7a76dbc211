import type { Tensor } from '../graph/graph';
import type { Shape } from '../graph/shape';

/** One row: operands by their shapes, and the operation on them. */
export interface CaseRow {
  readonly name: string;
  readonly shapes: readonly Shape[];
  readonly build: (operands: readonly Tensor[]) => Tensor;
  /** Only values above zero are fed. */
  readonly positive?: boolean;
}
