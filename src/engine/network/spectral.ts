/** Spectral normalisation of a critic's weights (arXiv 1802.05957). */
import type { Tensor } from '../graph/graph';
import { add, divide, matmul, matrixTranspose, multiply, reshape, sqrt, square, sum, total } from '../graph/ops';
import { elementCount, type Shape } from '../graph/shape';
import type { CriticState } from './critic-state';
import type { Initialisation, ParameterSource } from './parameters';

const TINY = 1e-12;

/** Parameters of which a second view can be had that gradients do not pass through. */
export interface DetachableSource extends ParameterSource {
  detached(name: string, shape: Shape): Tensor;
}

/**
 * Hands out weights divided by their largest singular value, as matrices of one row an output channel. One step of power
 * iteration a critic step follows the weights: its left vector is part of the critics' state (`spectral.NAME`, starts
 * random). As in the paper, gradients take both singular vectors for constants.
 */
export class SpectralParameters implements ParameterSource {
  constructor(
    private readonly values: DetachableSource,
    private readonly state: CriticState,
  ) {}

  parameter(name: string, shape: Shape, initialisation: Initialisation): Tensor {
    const weight = this.values.parameter(name, shape, initialisation);
    if (initialisation.kind !== 'fan-in') return weight;
    const matrix: Shape = [shape[0], elementCount(shape) / shape[0]];
    const u = this.state.read(`spectral.${name}`, [1, shape[0]], { kind: 'fan-in', gain: 1 });
    const { left, right } = powerIteration(reshape(this.values.detached(name, shape), matrix), u);
    this.state.write(`spectral.${name}`, left);
    return divide(weight, singularValue(reshape(weight, matrix), left, right));
  }
}

/** One step from a left vector (1,m): unit vectors `left` (1,m) and `right` (1,n) nearer to the largest singular ones. */
export function powerIteration(matrix: Tensor, left: Tensor): { readonly left: Tensor; readonly right: Tensor } {
  const right = unit(matmul(left, matrix));
  return { left: unit(matmul(right, matrixTranspose(matrix))), right };
}

/** left W right^T, (). */
export function singularValue(matrix: Tensor, left: Tensor, right: Tensor): Tensor {
  return total(multiply(matmul(left, matrix), right));
}

function unit(row: Tensor): Tensor {
  return divide(row, sqrt(add(sum(square(row)), TINY)));
}
