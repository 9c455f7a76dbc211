import type { Tensor } from '../graph/graph';
import { abs, mean, negate, reshape, resizeNearest, subtract } from '../graph/ops';
import { convolution, linear } from './layers';
import type { ParameterSource } from './parameters';

/** Channels of the four 5x5 stride-2 layers as multiples of twice the generator's width (arXiv 1801.07892). */
const CHANNELS = {
  /** Looks at the whole picture. */
  global: [1, 2, 4, 4],
  /** Looks at the hole's box. */
  local: [1, 2, 4, 8],
} as const;

/** Critics of pictures. */
export type PairKind = keyof typeof CHANNELS;

/** All kinds there are; the last one is that of learnt features (projected-critics.ts). */
export type CriticKind = PairKind | 'projected';

/** Leaky ReLU with slope 0.2 keeps 0.52 of the variance. */
const LEAKY_GAIN = 1.92;

/** Builds the score of a picture, (N,3,H,W) -> (N,1). @param name what the parameters' names begin with; `width` is the generator's */
export type CriticBuilder = (
  parameters: ParameterSource,
  x: Tensor,
  kind: PairKind,
  width: number,
  name?: string,
) => Tensor;

/** A critic of the Wasserstein GAN: larger = more real; not limited to any range. */
export const critic: CriticBuilder = (parameters, x, kind, width, name = kind) =>
  x.graph.within(`${name}-critic`, () => {
    const features = CHANNELS[kind].reduce(
      (y, multiple, i) =>
        convolution(parameters, y, `${name}.conv${i + 1}`, 2 * width * multiple, {
          kernel: 5,
          stride: 2,
          activation: 'leaky-relu',
          gain: LEAKY_GAIN,
        }),
      x,
    );
    const [n, ...rest] = features.shape;
    const length = rest.reduce((product, size) => product * size, 1);
    return linear(parameters, reshape(features, [n, length]), `${name}.score`, 1);
  });

/** Numbers in the middle of BEGAN's autoencoders (arXiv 1703.10717, section 3.5: 64 to 128). */
const HIDDEN = 64;

/**
 * A critic of BEGAN: an autoencoder whose mean absolute error, negated, is the score. The encoder is shaped like the other
 * critics, the decoder mirrors it with nearest-neighbour enlargement; ELU as in the paper.
 */
export const autoencoderScore: CriticBuilder = (parameters, x, kind, width, name = kind) =>
  x.graph.within(`${name}-autoencoder`, () => {
    const channels = CHANNELS[kind].map((multiple) => 2 * width * multiple);
    const encoded = channels.reduce(
      (y, count, i) => convolution(parameters, y, `${name}.encode${i + 1}`, count, { kernel: 5, stride: 2 }),
      x,
    );
    const [n, ...rest] = encoded.shape;
    const length = rest.reduce((product, size) => product * size, 1);
    const hidden = linear(parameters, reshape(encoded, [n, length]), `${name}.hidden`, HIDDEN);
    const opened = reshape(linear(parameters, hidden, `${name}.open`, length), encoded.shape);
    const decoded = [...channels]
      .reverse()
      .reduce((y, count, i) => resizeNearest(convolution(parameters, y, `${name}.decode${i + 1}`, count), 2), opened);
    const output = convolution(parameters, decoded, `${name}.output`, 3, { activation: 'none', gain: 1 });
    return reshape(negate(mean(abs(subtract(x, output)), [1, 2, 3])), [n, 1]);
  });
