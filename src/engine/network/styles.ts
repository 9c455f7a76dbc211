/**
 * Latent styles (arXiv 1812.04948, 1912.04958): one hole, many fills. A latent z becomes a style code w by the mapping
 * network; each styled layer scales its inputs by an affine function of w, which is a convolution with weights of each
 * picture's own, and exact in windows. The centre of all latents, z = 0, is trained to be the plain fill.
 */
import type { Band } from '../../shared/latent-variant';
import type { Graph, Tensor } from '../graph/graph';
import {
  add,
  blockSum,
  broadcast,
  divide,
  leakyRelu,
  matmul,
  matrixTranspose,
  mean,
  multiply,
  reshape,
  sliceAxis,
  sqrt,
  square,
  subtract,
  sum,
} from '../graph/ops';
import type { Architecture, StyleOptions } from './architecture';
import { ELU_GAIN, type LayerStyle, linear } from './layers';
import type { ParameterSource } from './parameters';

interface StyledLayer {
  readonly name: string;
  readonly stage: 'coarse' | 'refine';
  readonly band: Band;
  /** The last layer of a stage, which makes colours: neither demodulated nor disturbed, as in arXiv 1912.04958. */
  readonly last?: true;
}

const LAYERS: readonly StyledLayer[] = [
  { name: 'coarse.conv13', stage: 'coarse', band: 'layout' },
  { name: 'coarse.conv14', stage: 'coarse', band: 'layout' },
  { name: 'coarse.conv15', stage: 'coarse', band: 'shapes' },
  { name: 'coarse.conv16', stage: 'coarse', band: 'grain' },
  { name: 'coarse.conv17', stage: 'coarse', band: 'grain', last: true },
  { name: 'merged.conv11', stage: 'refine', band: 'layout' },
  { name: 'merged.conv12', stage: 'refine', band: 'layout' },
  { name: 'merged.conv13', stage: 'refine', band: 'shapes' },
  { name: 'merged.conv14', stage: 'refine', band: 'shapes' },
  { name: 'merged.conv15', stage: 'refine', band: 'grain' },
  { name: 'merged.conv16', stage: 'refine', band: 'grain' },
  { name: 'merged.conv17', stage: 'refine', band: 'grain', last: true },
];

const SLOPE = 0.2;
/** Keeps the variance of leaky ReLUs of that slope. */
const MAPPING_GAIN = 2 / (1 + SLOPE ** 2);
const SMALLEST = 1e-8;
/** Added to variances over a picture, as frameworks do. */
const SMALLEST_VARIANCE = 1e-5;

/** In the order of the rows of `styles`; none without styles. */
export function styledLayers({ style }: Pick<Architecture, 'style'>): readonly StyledLayer[] {
  if (style === null) return [];
  return LAYERS.filter(({ stage }) => style.stages === 'both' || style.stages === stage);
}

/** Whether a parameter decides styles or belongs to a layer that they change. */
export function isStyled(architecture: Pick<Architecture, 'style'>, parameter: string): boolean {
  return (
    parameter.startsWith('style.') || styledLayers(architecture).some(({ name }) => parameter.startsWith(`${name}.`))
  );
}

/** z (N,latent), of any length, where 0 is the centre -> w (N,width) */
export function mapping(style: StyleOptions, parameters: ParameterSource, z: Tensor): Tensor {
  return z.graph.within('style', () => {
    const unit = divide(z, sqrt(add(mean(square(z), [1]), SMALLEST)));
    return Array.from({ length: style.mapping }).reduce<Tensor>(
      (x, _, i) => leakyRelu(linear(parameters, x, `style.mapping${i + 1}`, style.width, MAPPING_GAIN), SLOPE),
      unit,
    );
  });
}

/** The styles of all layers of a generator, and the noise that they add. */
export class Styles {
  private readonly layers: readonly StyledLayer[];

  /**
   * @param rows (N,layers,width), a style code for each of `styledLayers`
   * @param noise (N,1,H,W), standard normal, of the picture or of the window that is computed; null: none
   */
  constructor(
    private readonly style: StyleOptions,
    private readonly parameters: ParameterSource,
    readonly rows: Tensor,
    private readonly noise: Tensor | null = null,
  ) {
    this.layers = styledLayers({ style });
  }

  /** One code for all layers. @param w (N,width) */
  static rowsOf(style: StyleOptions, w: Tensor): Tensor {
    const [n, width] = w.shape;
    return broadcast(reshape(w, [n, 1, width]), [n, styledLayers({ style }).length, width]);
  }

  /** Those of the centre, the plain fill; null for an architecture without styles. */
  static centre({ style }: Architecture, parameters: ParameterSource, graph: Graph, pictures = 1): Styles | null {
    if (style === null) return null;
    const w = mapping(style, parameters, graph.constant([pictures, style.latent], [0]));
    return new Styles(style, parameters, Styles.rowsOf(style, w));
  }

  /** @param input of the layer; null: it has no style */
  of(name: string, input: Tensor): LayerStyle | null {
    const at = this.layers.findIndex((layer) => layer.name === name);
    if (at < 0) return null;
    const { style, parameters } = this;
    const last = this.layers[at].last === true;
    const [n, channels] = input.shape;
    const code = reshape(sliceAxis(this.rows, 1, at, 1), [n, style.width]);
    const affine = (part: string, gain: number) => linear(parameters, code, `${name}.${part}`, channels, gain);
    const plane = (x: Tensor) => reshape(x, [n, channels, 1, 1]);
    const scales = add(affine('style', style.modulation === 'scale' ? 0 : 1), 1);
    return {
      modulate: (x) => {
        if (style.modulation !== 'adain') return multiply(x, plane(scales));
        const centred = subtract(x, mean(x, [2, 3]));
        const deviation = sqrt(add(mean(square(centred), [2, 3]), SMALLEST_VARIANCE));
        return add(multiply(divide(centred, deviation), plane(scales)), plane(affine('shift', 1)));
      },
      demodulation: (weight) => {
        if (style.modulation !== 'demodulated' || last) return null;
        const [produced] = weight.shape;
        const energies = reshape(sum(square(weight), [2, 3]), [produced, channels]);
        const variance = matmul(square(scales), matrixTranspose(energies));
        // Unit variance after it, times what an ELU takes away.
        return reshape(divide(Math.sqrt(ELU_GAIN), sqrt(add(variance, SMALLEST))), [n, produced, 1, 1]);
      },
      disturb: (y) => {
        if (!style.noise || last) return y;
        const strength = parameters.parameter(`${name}.noise`, [1], { kind: 'constant', value: 0 });
        const [, , height, width] = y.shape;
        return add(y, multiply(this.noiseAt(n, height, width, y.graph), reshape(strength, [1, 1, 1, 1])));
      },
    };
  }

  /** One plane for all: means over blocks, brought to unit variance, so that windows have the numbers of the whole. */
  private noiseAt(n: number, height: number, width: number, graph: Graph): Tensor {
    if (this.noise === null) return graph.constant([n, 1, height, width], [0]);
    const block = this.noise.shape[3] / width;
    return block === 1 ? this.noise : multiply(blockSum(this.noise, block), 1 / block);
  }
}
