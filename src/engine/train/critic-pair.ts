import type { Graph, Tensor } from '../graph/graph';
import { add, blockSum, multiply } from '../graph/ops';
import { resample } from '../network/augmentation';
import { CRITIC_LOSSES, nextBalance } from '../network/critic-losses';
import type { CriticOptions } from '../network/critic-options';
import type { CriticState } from '../network/critic-state';
import { autoencoderScore, critic, type PairKind } from '../network/critics';
import type { ParameterSource } from '../network/parameters';
import { type DetachableSource, SpectralParameters } from '../network/spectral';
import type { AugmentedViews } from './augmented-views';
import { windowSide } from './critic-kinds';

/** The scores of both critics of pictures, as the options say. */
export class PairNetwork {
  private readonly source: ParameterSource;

  constructor(
    values: DetachableSource,
    private readonly state: CriticState,
    private readonly options: CriticOptions,
    private readonly width: number,
  ) {
    this.source = options.spectralNorm ? new SpectralParameters(values, state) : values;
  }

  /** BEGAN: autoencoders with a balance. */
  private get balanced(): boolean {
    return CRITIC_LOSSES[this.options.loss].balanced === true;
  }

  /** (N,3,H,W) -> (N,1) */
  score(kind: PairKind, view: Tensor): Tensor {
    const build = this.balanced ? autoencoderScore : critic;
    const score = build(this.source, view, kind, this.width);
    if (this.options.scales === 1) return score;
    const half = multiply(blockSum(view, 2), 1 / 4);
    return add(score, build(this.source, half, kind, this.width, `${kind}.half`));
  }

  /** BEGAN's k, (), with its change after the step noted; null without BEGAN. */
  balance(kind: PairKind, real: Tensor, fake: Tensor): Tensor | null {
    if (!this.balanced) return null;
    const name = `${kind}.balance`;
    const balance = this.state.read(name, [], { kind: 'constant', value: 0 });
    this.state.write(name, nextBalance(real, fake, balance, this.options.began));
    return balance;
  }
}

/** Both critics over whole pictures: the second sees the window around the hole. */
export class CriticPair {
  private readonly rows: Tensor;
  private readonly columns: Tensor;

  /** Adds the inputs windowRows, windowColumns. */
  constructor(
    graph: Graph,
    { batch, side }: { readonly batch: number; readonly side: number },
    private readonly network: PairNetwork,
    private readonly views: AugmentedViews,
  ) {
    const window = windowSide(side);
    this.rows = graph.input('windowRows', [batch, window, side]);
    this.columns = graph.input('windowColumns', [batch, side, window]);
  }

  /** The pictures as a critic sees them: whole, or its window. */
  view(kind: PairKind, x: Tensor): Tensor {
    if (kind === 'global') return x;
    return resample(x, this.rows, this.columns);
  }

  /** Of views as a critic is shown them: augmented, where that is on. A multiple of the batch is taken as repeated. */
  score(kind: PairKind, view: Tensor): Tensor {
    return this.network.score(kind, this.views.of(kind, view));
  }

  /** BEGAN's k of this step, (); null without BEGAN. */
  balance(kind: PairKind, real: Tensor, fake: Tensor): Tensor | null {
    return this.network.balance(kind, real, fake);
  }
}
