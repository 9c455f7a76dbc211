import type { Tensor } from '../graph/graph';
import { add, clip, concat, multiply, resizeNearest, subtract } from '../graph/ops';
import type { Architecture } from './architecture';
import { type AttentionResult, fastAttention, literalAttention, patchScores } from './attention';
import { convolution, type ConvolutionOptions } from './layers';
import type { ParameterSource } from './parameters';
import { smoothFill } from './smooth-fill';

/**
 * Weight variance of a last layer that predicts a residual: the first output is all but the prior itself, so training
 * starts from there instead of from noise.
 */
const RESIDUAL_GAIN = 1e-4;

/** Rates of the four dilated convolutions; with them a feature sees the whole of a 256-pixel crop. */
const DILATIONS = [2, 4, 8, 16] as const;

/** The two-stage generator of NETWORK "Generator" (Yu et al. 2018, section 3), as functions on a graph. */
export class GeneratorNetwork {
  private readonly width: number;

  constructor(
    private readonly architecture: Architecture,
    private readonly parameters: ParameterSource,
    /** Which form of the attention to build; they are equal. */
    private readonly attentionForm: 'fast' | 'literal' = 'fast',
  ) {
    this.width = architecture.width;
  }

  /**
   * First stage.
   * @param image (N,3,H,W) in [-1,1]; H and W multiples of 8; the hole's pixels are not looked at
   * @param hole (N,1,H,W), 1 = hole
   * @returns (N,3,H,W) in [-1,1], a guess for every pixel
   */
  coarse(image: Tensor, hole: Tensor): Tensor {
    return image.graph.within('coarse', () => {
      const start = this.startFrom(image, hole);
      const c = this.width;
      let x = withMask(start, hole);
      x = this.conv(x, 'coarse.conv1', c, { kernel: 5 });
      x = this.conv(x, 'coarse.conv2', 2 * c, { stride: 2 });
      x = this.conv(x, 'coarse.conv3', 2 * c);
      x = this.conv(x, 'coarse.conv4', 4 * c, { stride: 2 });
      x = this.conv(x, 'coarse.conv5', 4 * c);
      x = this.conv(x, 'coarse.conv6', 4 * c);
      x = this.dilated(x, 'coarse');
      x = this.conv(x, 'coarse.conv11', 4 * c);
      x = this.conv(x, 'coarse.conv12', 4 * c);
      return this.decode(x, 'coarse', start);
    });
  }

  /**
   * Second stage: a stream of dilated convolutions and one of contextual attention, decoded together.
   * @param coarse (N,3,H,W), only its pixels inside the hole count
   * @param source (N,1,H,W), 1 = patches may come from here
   */
  refine(
    image: Tensor,
    hole: Tensor,
    source: Tensor,
    coarse: Tensor,
  ): { readonly image: Tensor; readonly attention: AttentionResult } {
    return image.graph.within('refine', () => {
      const c = this.width;
      const start = composite(image, coarse, hole);
      const input = withMask(start, hole);

      let x = this.conv(input, 'dilated.conv1', c, { kernel: 5 });
      x = this.conv(x, 'dilated.conv2', c, { stride: 2 });
      x = this.conv(x, 'dilated.conv3', 2 * c);
      x = this.conv(x, 'dilated.conv4', 2 * c, { stride: 2 });
      x = this.conv(x, 'dilated.conv5', 4 * c);
      x = this.conv(x, 'dilated.conv6', 4 * c);
      x = this.dilated(x, 'dilated');

      let f = this.conv(input, 'attention.conv1', c, { kernel: 5 });
      f = this.conv(f, 'attention.conv2', c, { stride: 2 });
      f = this.conv(f, 'attention.conv3', 2 * c);
      f = this.conv(f, 'attention.conv4', 4 * c, { stride: 2 });
      f = this.conv(f, 'attention.conv5', 4 * c);
      f = this.conv(f, 'attention.conv6', 4 * c, { activation: 'relu' });
      const form = this.attentionForm === 'fast' ? fastAttention : literalAttention;
      const attention = form(f, patchScores(hole, source), this.architecture.attention);
      f = this.conv(attention.features, 'attention.conv9', 4 * c);
      f = this.conv(f, 'attention.conv10', 4 * c);

      let y = concat([x, f], 1);
      y = this.conv(y, 'merged.conv11', 4 * c);
      y = this.conv(y, 'merged.conv12', 4 * c);
      return { image: this.decode(y, 'merged', start), attention };
    });
  }

  private startFrom(image: Tensor, hole: Tensor): Tensor {
    return this.architecture.prior === 'pull-push' ? smoothFill(image, hole) : multiply(image, subtract(1, hole));
  }

  private conv(x: Tensor, name: string, channels: number, options: ConvolutionOptions = {}): Tensor {
    return convolution(this.parameters, x, name, channels, {
      gated: this.architecture.convolution === 'gated',
      ...options,
    });
  }

  private dilated(x: Tensor, stage: string): Tensor {
    return DILATIONS.reduce(
      (y, dilation) => this.conv(y, `${stage}.dilated${dilation}`, 4 * this.width, { dilation }),
      x,
    );
  }

  private decode(features: Tensor, stage: string, start: Tensor): Tensor {
    const c = this.width;
    const residual = this.architecture.prior !== 'none';
    let x = resizeNearest(features, 2);
    x = this.conv(x, `${stage}.conv13`, 2 * c);
    x = this.conv(x, `${stage}.conv14`, 2 * c);
    x = resizeNearest(x, 2);
    x = this.conv(x, `${stage}.conv15`, c);
    x = this.conv(x, `${stage}.conv16`, c / 2);
    x = this.conv(x, `${stage}.conv17`, 3, {
      activation: 'none',
      gated: false,
      ...(residual ? { gain: RESIDUAL_GAIN } : {}),
    });
    return clip(residual ? add(start, x) : x, -1, 1);
  }
}

/** `fill` inside the hole, the picture outside. */
export function composite(image: Tensor, fill: Tensor, hole: Tensor): Tensor {
  return add(multiply(fill, hole), multiply(image, subtract(1, hole)));
}

/** Adds the channel of ones, by which zero padding tells where the picture ends, and the mask. */
function withMask(image: Tensor, hole: Tensor): Tensor {
  return concat([image, image.graph.constant(hole.shape, [1]), hole], 1);
}
