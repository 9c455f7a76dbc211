import type { Tensor } from '../graph/graph';
import { add, conv2d, elu, leakyRelu, matmul, multiply, relu, reshape, sigmoid, sliceAxis } from '../graph/ops';
import { doubledConvolution } from './doubled-convolution';
import type { ParameterSource } from './parameters';

export type Activation = 'elu' | 'relu' | 'leaky-relu' | 'none';

/** What a latent changes in a convolution; see styles.ts. */
export interface LayerStyle {
  /** Of the layer's inputs, (N,C,H,W) as they are. */
  modulate(x: Tensor): Tensor;
  /** Factors on what the kernel gives before its bias, (N,produced,1,1); null: none. */
  demodulation(weight: Tensor): Tensor | null;
  /** Adds noise to (N,produced,H,W) before the activation. */
  disturb(y: Tensor): Tensor;
}

export interface ConvolutionOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly activation?: Activation;
  readonly gated?: boolean;
  /** Of the picture with each pixel repeated 2 x 2. */
  readonly doubled?: boolean;
  /** Factor on the initial weights' variance. */
  readonly gain?: number;
  readonly style?: LayerStyle | null;
}

/**
 * Variance of the initial weights times fan-in. ELU passes on about 0.65 of the variance it gets, so 1.55 keeps it level
 * through the thirty layers of the generator; with 1, as frameworks start, deep features fade and training crawls.
 */
export const ELU_GAIN = 1.55;

/** Slope of the critics' leaky ReLU below zero (arXiv 1801.07892). */
const CRITIC_SLOPE = 0.2;

/**
 * A convolution with bias and activation, 'same' padding: (N,C,H,W) -> (N,channels,ceil(H/stride),ceil(W/stride)), or
 * (N,channels,2H,2W) of a doubled picture.
 */
export function convolution(
  parameters: ParameterSource,
  x: Tensor,
  name: string,
  channels: number,
  options: ConvolutionOptions = {},
): Tensor {
  const { kernel = 3, stride = 1, dilation = 1, doubled = false } = options;
  const { activation = 'elu', gated = false, gain = ELU_GAIN, style = null } = options;
  const produced = gated ? 2 * channels : channels;
  return x.graph.within(name, () => {
    const weight = parameters.parameter(`${name}.weight`, [produced, x.shape[1], kernel, kernel], {
      kind: 'fan-in',
      gain,
    });
    const bias = parameters.parameter(`${name}.bias`, [produced], { kind: 'constant', value: 0 });
    const input = style?.modulate(x) ?? x;
    const factors = style?.demodulation(weight) ?? null;
    const convolved = (added: Tensor): Tensor =>
      doubled
        ? doubledConvolution(input, weight, added)
        : add(conv2d(input, weight, { stride, dilation }), reshape(added, [1, produced, 1, 1]));
    const clean =
      factors === null
        ? convolved(bias)
        : add(multiply(convolved(x.graph.constant([produced], [0])), factors), reshape(bias, [1, produced, 1, 1]));
    const y = style?.disturb(clean) ?? clean;
    if (!gated) return activate(y, activation);
    const gate = sigmoid(sliceAxis(y, 1, channels, channels));
    return multiply(activate(sliceAxis(y, 1, 0, channels), activation), gate);
  });
}

/** (N,inputs) -> (N,outputs). @param gain as of a convolution */
export function linear(parameters: ParameterSource, x: Tensor, name: string, outputs: number, gain = 1): Tensor {
  const weight = parameters.parameter(`${name}.weight`, [x.shape[1], outputs], { kind: 'fan-in', gain });
  const bias = parameters.parameter(`${name}.bias`, [outputs], { kind: 'constant', value: 0 });
  return add(matmul(x, weight), reshape(bias, [1, outputs]));
}

function activate(x: Tensor, activation: Activation): Tensor {
  switch (activation) {
    case 'elu':
      return elu(x);
    case 'relu':
      return relu(x);
    case 'leaky-relu':
      return leakyRelu(x, CRITIC_SLOPE);
    case 'none':
      return x;
  }
}
