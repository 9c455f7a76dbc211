import type { Tensor } from '../graph/graph';
import { add, matmul, matrixTranspose, reshape } from '../graph/ops';
import { convolution } from './layers';
import type { ParameterSource } from './parameters';

/** Channels of the four 5x5 stride-2 layers as multiples of twice the generator's width (arXiv 1801.07892). */
const CHANNELS = {
  /** Looks at the whole picture. */
  global: [1, 2, 4, 4],
  /** Looks at the hole's box. */
  local: [1, 2, 4, 8],
} as const;

export type CriticKind = keyof typeof CHANNELS;

/** Leaky ReLU with slope 0.2 keeps 0.52 of the variance. */
const LEAKY_GAIN = 1.92;

/**
 * A critic of the Wasserstein GAN: (N,3,H,W) -> (N,1), larger = more real; not limited to any range.
 * @param width the generator's
 */
export function critic(parameters: ParameterSource, x: Tensor, kind: CriticKind, width: number): Tensor {
  return x.graph.within(`${kind}-critic`, () => {
    const features = CHANNELS[kind].reduce(
      (y, multiple, i) =>
        convolution(parameters, y, `${kind}.conv${i + 1}`, 2 * width * multiple, {
          kernel: 5,
          stride: 2,
          activation: 'leaky-relu',
          gain: LEAKY_GAIN,
        }),
      x,
    );
    const [n, ...rest] = features.shape;
    const length = rest.reduce((product, size) => product * size, 1);
    const weight = parameters.parameter(`${kind}.score.weight`, [1, length], { kind: 'fan-in', gain: 1 });
    const bias = parameters.parameter(`${kind}.score.bias`, [1], { kind: 'constant', value: 0 });
    return add(matmul(reshape(features, [n, length]), matrixTranspose(weight)), reshape(bias, [1, 1]));
  });
}
