/**
 * Critics of learnt features (Sauer et al. 2021, "Projected GANs Converge Faster", arXiv 2111.01007): a small head for each
 * block of a frozen network (learnt-features.ts), with spectral normalisation and the hinge loss. A head scores every cell of
 * its block; since all but the hole is the picture itself, the hole is one more channel, and only cells in it are judged.
 */
import type { Tensor } from '../graph/graph';
import {
  abs,
  add,
  concat,
  conv2d,
  divide,
  multiply,
  negate,
  relu,
  reshape,
  resizeNearest,
  step,
  subtract,
  sum,
} from '../graph/ops';
import type { CriticState } from './critic-state';
import { convolution } from './layers';
import { LOOKED_AT } from './learnt-features';
import { meanOver } from './losses';
import type { ParameterSource } from './parameters';
import { type DetachableSource, SpectralParameters } from './spectral';

/** Channels of a head's two inner layers. */
const INNER = 48;
/** Channels of the randomly mixed features; 64 at the finest block in the paper's code. */
const MIXED = 64;
/** Cells of which more than this is hole are fake, and those of the picture are compared with them. */
const FAKE_SHARE = 0.3;
/** Keeps a mean over no cell at 0. */
const TINY = 1e-8;

export interface Verdict {
  /** (N,1,h,w); larger = more real. */
  readonly scores: Tensor;
  /** Of the head's inner layers, (N,INNER,h,w). */
  readonly inner: readonly Tensor[];
}

export class ProjectedCritics {
  private readonly source: ParameterSource;

  /** @param mixing whether heads see features mixed at random, across channels and from coarse to fine (section 3.2) */
  constructor(
    values: DetachableSource,
    private readonly state: CriticState,
    private readonly mixing: boolean,
  ) {
    this.source = new SpectralParameters(values, state);
  }

  /** Of each block. @param features of `LOOKED_AT` @param holes of `cellShares` */
  verdicts(features: readonly Tensor[], holes: readonly Tensor[]): Verdict[] {
    const seen = this.mixing ? this.mixed(features) : features;
    return seen.map((x, i) => this.head(concat([x, holes[i]], 1), `projected.block${LOOKED_AT[i].block}`));
  }

  private head(x: Tensor, name: string): Verdict {
    const leaky = { activation: 'leaky-relu', gain: 1 } as const;
    const first = convolution(this.source, x, `${name}.first`, INNER, { ...leaky, kernel: 1 });
    const second = convolution(this.source, first, `${name}.second`, INNER, leaky);
    const scores = convolution(this.source, second, `${name}.score`, 1, { activation: 'none', gain: 1 });
    return { scores, inner: [first, second] };
  }

  /** A block's own features and those of the coarser blocks, by convolutions that start random and stay what they are. */
  private mixed(features: readonly Tensor[]): Tensor[] {
    const random = (x: Tensor, name: string, kernel: number): Tensor =>
      conv2d(x, this.state.read(`mixing.${name}`, [MIXED, x.shape[1], kernel, kernel], { kind: 'fan-in', gain: 1 }));
    const found: Tensor[] = [];
    for (let i = features.length - 1; i >= 0; i--) {
      const own = random(features[i], `channels${LOOKED_AT[i].block}`, 1);
      const coarser = found.at(0);
      const above = coarser && random(resizeNearest(coarser, 2), `scales${LOOKED_AT[i].block}`, 3);
      found.unshift(above === undefined ? own : add(own, above));
    }
    return found;
  }
}

const meanOfAll = (parts: readonly Tensor[]): Tensor =>
  multiply(
    parts.reduce((a, b) => add(a, b)),
    1 / parts.length,
  );

/** E[max(0, 1 - D(real))] + E[max(0, 1 + D(fake))] over the cells that are fake, mean over the blocks, (). */
export function projectedCriticLoss(
  real: readonly Tensor[],
  fake: readonly Tensor[],
  holes: readonly Tensor[],
): Tensor {
  const parts = holes.map((hole, i) => {
    const judged = step(subtract(hole, FAKE_SHARE));
    const over = (x: Tensor): Tensor => meanOver(judged, multiply(x, judged));
    return add(over(relu(subtract(1, real[i]))), over(relu(add(1, fake[i]))));
  });
  return meanOfAll(parts);
}

/** -E[D(fake)], each cell as far as it is hole, mean over the blocks, (). */
export function projectedGeneratorLoss(fake: readonly Tensor[], holes: readonly Tensor[]): Tensor {
  return negate(meanOfAll(holes.map((hole, i) => meanOver(hole, multiply(fake[i], hole)))));
}

/**
 * How far the heads' inner layers tell fill and picture apart in the hole: the mean absolute difference, over blocks and layers
 * (feature matching, Wang et al. 2018, arXiv 1711.11585, eq. 4), ().
 */
export function matchingLoss(fake: readonly Verdict[], real: readonly Verdict[], holes: readonly Tensor[]): Tensor {
  const parts = fake.flatMap(({ inner }, i) =>
    inner.map((x, layer) => meanOver(holes[i], multiply(abs(subtract(x, real[i].inner[layer])), holes[i]))),
  );
  return meanOfAll(parts);
}

/** One score a picture, (N,1): the mean over its hole and the blocks. */
export function scoresOfPictures(scores: readonly Tensor[], holes: readonly Tensor[]): Tensor {
  const parts = scores.map((each, i) => {
    const within = [sum(multiply(each, holes[i]), [1, 2, 3]), sum(holes[i], [1, 2, 3])] as const;
    return reshape(divide(within[0], add(within[1], TINY)), [each.shape[0], 1]);
  });
  return meanOfAll(parts);
}
