/**
 * A frozen network whose features tell pictures apart as people do, more than pixels can: EfficientNet-Lite0 (Tan and Le 2019,
 * arXiv 1905.11946, in its Lite form without squeeze-and-excitation), trained on ImageNet. It judges fills, when they are
 * measured and, where a run wants it (learnt-features.ts), while a generator learns; it learns nothing, and no model holds it.
 *
 * A picture of side S in [-1, 1] has at block 0, 2, 4, 7, 10, 14 features of 16, 24, 40, 80, 112, 192 channels at S / 2, / 4,
 * / 8, / 16, / 16, / 32.
 */
import type { Tensor } from '../graph/graph';
import type { Padding } from '../graph/node';
import { add, clip, conv2d, depthwiseConv2d, reshape } from '../graph/ops';
import type { NamedTensor } from '../files/safetensors';
import type { ParameterSource } from './parameters';

interface Block {
  readonly kernel: number;
  readonly stride: number;
  /** Channels within the block are so many times those that come in. */
  readonly expansion: number;
  readonly channels: number;
}

const STEM_CHANNELS = 32;

const repeated = (count: number, first: Block): Block[] =>
  Array.from({ length: count }, (_, i) => (i === 0 ? first : { ...first, stride: 1 }));

/** Up to the last block that anything asks for. */
const BLOCKS: readonly Block[] = [
  { kernel: 3, stride: 1, expansion: 1, channels: 16 },
  ...repeated(2, { kernel: 3, stride: 2, expansion: 6, channels: 24 }),
  ...repeated(2, { kernel: 5, stride: 2, expansion: 6, channels: 40 }),
  ...repeated(3, { kernel: 3, stride: 2, expansion: 6, channels: 80 }),
  ...repeated(3, { kernel: 5, stride: 1, expansion: 6, channels: 112 }),
  ...repeated(4, { kernel: 5, stride: 2, expansion: 6, channels: 192 }),
];

/** Of the batch normalisation that the weights were trained with. */
const EPSILON = 1e-3;

/** Weights are read, never made: they have no beginning of their own. */
const FROZEN = { kind: 'constant', value: 0 } as const;

interface Convolution {
  readonly name: string;
  /** Names of the kernels and of the normalisation that follows, in the published state dictionary. */
  readonly published: readonly [kernels: string, normalisation: string];
}

function convolutionsOf(index: number, { expansion }: Block): readonly Convolution[] {
  const at = `_blocks.${index}`;
  return [
    ...(expansion === 1
      ? []
      : [{ name: `block${index}.expand`, published: [`${at}._expand_conv`, `${at}._bn0`] as const }]),
    { name: `block${index}.depthwise`, published: [`${at}._depthwise_conv`, `${at}._bn1`] },
    { name: `block${index}.project`, published: [`${at}._project_conv`, `${at}._bn2`] },
  ];
}

/** Padding of an even picture as the published network has it, whatever the picture's size. */
function evenPadding(kernel: number, stride: number): Padding {
  const whole = kernel - stride;
  const before = Math.floor(whole / 2);
  return [before, before, whole - before, whole - before];
}

/**
 * @param image (N,3,H,W), [-1, 1]
 * @param blocks indices, rising; nothing after the last is computed
 * @returns the blocks' outputs, in that order
 */
export function featuresOf(parameters: ParameterSource, image: Tensor, blocks: readonly number[]): Tensor[] {
  const biased = (x: Tensor, name: string): Tensor => {
    const channels = x.shape[1];
    return add(x, reshape(parameters.parameter(`${name}.bias`, [channels], FROZEN), [1, channels, 1, 1]));
  };
  const whole = (x: Tensor, name: string, channels: number, kernel: number, stride: number): Tensor => {
    const weight = parameters.parameter(`${name}.weight`, [channels, x.shape[1], kernel, kernel], FROZEN);
    return biased(conv2d(x, weight, { stride, padding: evenPadding(kernel, stride) }), name);
  };
  const depthwise = (x: Tensor, name: string, kernel: number, stride: number): Tensor => {
    const weight = parameters.parameter(`${name}.weight`, [x.shape[1], 1, kernel, kernel], FROZEN);
    return biased(depthwiseConv2d(x, weight, { stride, padding: evenPadding(kernel, stride) }), name);
  };
  const relu6 = (x: Tensor): Tensor => clip(x, 0, 6);

  return image.graph.within('features', () => {
    let x = relu6(whole(image, 'stem', STEM_CHANNELS, 3, 2));
    const found: Tensor[] = [];
    for (const [index, { kernel, stride, expansion, channels }] of BLOCKS.slice(0, Math.max(...blocks) + 1).entries()) {
      const name = `block${index}`;
      const expanded = expansion === 1 ? x : relu6(whole(x, `${name}.expand`, x.shape[1] * expansion, 1, 1));
      const seen = relu6(depthwise(expanded, `${name}.depthwise`, kernel, stride));
      const projected = whole(seen, `${name}.project`, channels, 1, 1);
      x = stride === 1 && x.shape[1] === channels ? add(projected, x) : projected;
      if (blocks.includes(index)) found.push(x);
    }
    return found;
  });
}

/**
 * The published weights with their normalisation folded in, by the names that `featuresOf` asks for.
 * @throws Error naming what the dictionary lacks
 */
export function foldedWeights(published: Readonly<Record<string, NamedTensor>>): Record<string, NamedTensor> {
  const convolutions: readonly Convolution[] = [
    { name: 'stem', published: ['_conv_stem', '_bn0'] },
    ...BLOCKS.flatMap((block, index) => convolutionsOf(index, block)),
  ];
  const named = (name: string): NamedTensor => {
    const tensor = published[name];
    if (tensor === undefined) throw new Error(`the weights lack "${name}"`);
    return tensor;
  };
  const folded = convolutions.flatMap(({ name, published: [kernels, normalisation] }) => {
    const { shape, values } = named(`${kernels}.weight`);
    const [gain, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
      (part) => named(`${normalisation}.${part}`).values,
    );
    const count = shape[0];
    if ([gain, shift, mean, variance].some((part) => part.length !== count))
      throw new Error(`"${normalisation}" does not fit "${kernels}"`);
    const scale = gain.map((value, k) => value / Math.sqrt(variance[k] + EPSILON));
    const each = values.length / count;
    return [
      [`${name}.weight`, { shape, values: values.map((value, i) => value * scale[Math.floor(i / each)]) }] as const,
      [`${name}.bias`, { shape: [count], values: shift.map((value, k) => value - mean[k] * scale[k]) }] as const,
    ];
  });
  return Object.fromEntries(folded);
}
