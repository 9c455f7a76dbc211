import type { Tensor } from '../graph/graph';
import { add, clip, concat, multiply, resizeNearest, subtract } from '../graph/ops';
import type { Architecture } from './architecture';
import { fastAttention, literalAttention, patchScores } from './attention';
import { convolution, type ConvolutionOptions } from './layers';
import type { ParameterSource } from './parameters';
import { smoothFill } from './smooth-fill';
import type { Styles } from './styles';

/**
 * Weight variance of a last layer that predicts a residual: the first output is all but the prior itself, so training
 * starts from there instead of from noise.
 */
const RESIDUAL_GAIN = 1e-4;

/** Sweeps a level of the harmonic prior; what is smoother than these reach, the coarser levels have settled. */
const RELAXATIONS = 8;

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
    /** Of an architecture with styles. */
    private readonly styles: Styles | null = null,
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
    const { start, features } = this.coarseFeatures(image, hole);
    return this.decode('coarse', features, start, hole);
  }

  /**
   * Second stage: a stream of dilated convolutions and one of contextual attention, decoded together.
   * @param coarse (N,3,H,W), only its pixels inside the hole count
   * @param source (N,1,H,W), 1 = patches may come from here
   */
  refine(image: Tensor, hole: Tensor, source: Tensor, coarse: Tensor): Tensor {
    const { start, dilated, matched } = this.refineFeatures(image, hole, coarse);
    const rebuilt = this.attended(matched, matched, hole, source);
    return this.decode('merged', this.merged(dilated, rebuilt), start, hole);
  }

  /** The coarse stage up to its decoder: what the prediction is added to (N,3,H,W), and features (N,4C,H/4,W/4). */
  coarseFeatures(image: Tensor, hole: Tensor): { readonly start: Tensor; readonly features: Tensor } {
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
      return { start, features: this.conv(x, 'coarse.conv12', 4 * c) };
    });
  }

  /** Both streams of the refine stage up to the attention: its start, and features (N,4C,H/4,W/4) of either. */
  refineFeatures(
    image: Tensor,
    hole: Tensor,
    coarse: Tensor,
  ): { readonly start: Tensor; readonly dilated: Tensor; readonly matched: Tensor } {
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
      return { start, dilated: x, matched: f };
    });
  }

  /**
   * Features rebuilt from patches of the known part, of the whole or of a window.
   * @param queries `features`, or a window of them
   * @returns (N,4C,h,w) like the queries, twice the channels where the architecture attends at two resolutions
   */
  attended(queries: Tensor, features: Tensor, hole: Tensor, source: Tensor): Tensor {
    return features.graph.within('refine', () =>
      this.withLargerPatches(this.attend(queries, features, hole, source), features, hole, source),
    );
  }

  /** From both streams, (N,4C,h,w) and what `attended` rebuilt, to the features that are decoded: (N,4C,h,w). */
  merged(dilated: Tensor, rebuilt: Tensor): Tensor {
    return dilated.graph.within('refine', () => {
      const c = this.width;
      let f = this.conv(rebuilt, 'attention.conv9', 4 * c);
      f = this.conv(f, 'attention.conv10', 4 * c);
      const y = this.conv(concat([dilated, f], 1), 'merged.conv11', 4 * c);
      return this.conv(y, 'merged.conv12', 4 * c);
    });
  }

  /**
   * @param features (N,4C,h,w) of either stage
   * @param start (N,3,4h,4w), what a network with a prior adds its prediction to
   * @returns (N,3,4h,4w) in [-1,1]
   */
  decode(stage: 'coarse' | 'merged', features: Tensor, start: Tensor, hole: Tensor): Tensor {
    const c = this.width;
    const { prior, residual } = this.architecture;
    return features.graph.within(stage === 'coarse' ? 'coarse' : 'refine', () => {
      let x = this.conv(features, `${stage}.conv13`, 2 * c, { doubled: true });
      x = this.conv(x, `${stage}.conv14`, 2 * c);
      x = this.conv(x, `${stage}.conv15`, c, { doubled: true });
      x = this.conv(x, `${stage}.conv16`, c / 2);
      const last = { activation: 'none', gated: false } as const;
      if (prior === 'none') return clip(this.conv(x, `${stage}.conv17`, 3, last), -1, 1);
      x = this.conv(x, `${stage}.conv17`, 3, { ...last, gain: RESIDUAL_GAIN });
      return clip(add(start, residual === 'hole' ? multiply(x, hole) : x), -1, 1);
    });
  }

  private startFrom(image: Tensor, hole: Tensor): Tensor {
    switch (this.architecture.prior) {
      case 'none':
        return multiply(image, subtract(1, hole));
      case 'pull-push':
        return smoothFill(image, hole);
      case 'harmonic':
        return smoothFill(image, hole, RELAXATIONS);
    }
  }

  /** Contextual attention on features (N,C,h,w); a cell is 2 x 2 of them. */
  private attend(queries: Tensor, features: Tensor, hole: Tensor, source: Tensor): Tensor {
    const { attention } = this.architecture;
    const scores = patchScores(hole, source, (2 * hole.shape[3]) / features.shape[3]);
    if (this.attentionForm === 'literal') return literalAttention(features, scores, attention);
    return fastAttention(features, scores, attention, { queries });
  }

  /** Beside the rebuilt features, where the architecture says so, those rebuilt at half of their resolution. */
  private withLargerPatches(rebuilt: Tensor, features: Tensor, hole: Tensor, source: Tensor): Tensor {
    if (this.architecture.attention.resolutions === 1) return rebuilt;
    const channels = 4 * this.width;
    const halved = this.conv(features, 'attention.half7', channels, { stride: 2, activation: 'relu' });
    const larger = this.conv(this.attend(halved, halved, hole, source), 'attention.half8', channels);
    return concat([rebuilt, resizeNearest(larger, 2)], 1);
  }

  private conv(x: Tensor, name: string, channels: number, options: ConvolutionOptions = {}): Tensor {
    return convolution(this.parameters, x, name, channels, {
      gated: this.architecture.convolution === 'gated',
      style: this.styles?.of(name, x) ?? null,
      ...options,
    });
  }

  private dilated(x: Tensor, stage: string): Tensor {
    return DILATIONS.reduce(
      (y, dilation) => this.conv(y, `${stage}.dilated${dilation}`, 4 * this.width, { dilation }),
      x,
    );
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
