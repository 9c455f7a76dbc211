import { Graph, type Tensor } from '../graph/graph';
import { add, blockSum, concat, multiply, reshape, slice } from '../graph/ops';
import { AdaptiveAugmentation, type Overfitting } from '../network/adaptive-augmentation';
import { CRITIC_LOSSES, nextBalance } from '../network/critic-losses';
import { augment, AUGMENTATION_VALUES, resample } from '../network/augmentation';
import { type CriticOptions, DEFAULT_CRITICS } from '../network/critic-options';
import { CriticState } from '../network/critic-state';
import { autoencoderScore, critic, type CriticKind } from '../network/critics';
import { FlatParameters, InputParameters, type ParameterLayout, type ParameterSource } from '../network/parameters';
import { type DetachableSource, SpectralParameters } from '../network/spectral';
import type { Architecture } from '../network/architecture';

/** Side of the local critic's window. */
export const windowSide = (side: number): number => side / 2;

export const CRITIC_KINDS: readonly CriticKind[] = ['global', 'local'];

/** What the critics' sizes depend on. */
export interface CriticShape {
  readonly architecture: Architecture;
  /** Side of the crops in pixels, a multiple of 16. */
  readonly side: number;
  /** WGAN-GP when left out. */
  readonly critics?: CriticOptions;
}

/** The two critics' parameters; they depend on the crops' side through the last layer. */
export const criticLayout = (shape: CriticShape): ParameterLayout => layoutsOf(shape).parameters;

/** What the two critics remember from step to step; of size 0 where it is nothing. */
export const criticStateLayout = (shape: CriticShape): ParameterLayout => layoutsOf(shape).state;

function layoutsOf(shape: CriticShape): { readonly parameters: ParameterLayout; readonly state: ParameterLayout } {
  const graph = new Graph();
  const values = new InputParameters(graph);
  const { state, layout } = CriticState.collecting(graph);
  const options = shape.critics ?? DEFAULT_CRITICS;
  const network = new CriticNetwork(values, state, options, shape.architecture.width);
  const sides: Readonly<Record<CriticKind, number>> = { global: shape.side, local: windowSide(shape.side) };
  for (const kind of CRITIC_KINDS) {
    const score = network.score(kind, graph.input(kind, [1, 3, sides[kind], sides[kind]]));
    network.balance(kind, score, score);
    network.augmentation.probability(kind);
  }
  return { parameters: values.layout, state: layout };
}

/** Whether a critic's parameter belongs to its first layers. @param layers how many */
export function isFrozen(name: string, layers: number): boolean {
  const match = /\.(?:conv|encode)(\d+)\./.exec(name);
  return match !== null && Number(match[1]) <= layers;
}

/** The scores of both critics, as the options say. */
class CriticNetwork {
  private readonly source: ParameterSource;
  readonly augmentation: AdaptiveAugmentation;

  constructor(
    values: DetachableSource,
    private readonly state: CriticState,
    private readonly options: CriticOptions,
    private readonly width: number,
  ) {
    this.source = options.spectralNorm ? new SpectralParameters(values, state) : values;
    this.augmentation = new AdaptiveAugmentation(state, options);
  }

  /** BEGAN: autoencoders with a balance. */
  private get balanced(): boolean {
    return CRITIC_LOSSES[this.options.loss].balanced === true;
  }

  /** (N,3,H,W) -> (N,1) */
  score(kind: CriticKind, view: Tensor): Tensor {
    const build = this.balanced ? autoencoderScore : critic;
    const score = build(this.source, view, kind, this.width);
    if (this.options.scales === 1) return score;
    const half = multiply(blockSum(view, 2), 1 / 4);
    return add(score, build(this.source, half, kind, this.width, `${kind}.half`));
  }

  /** BEGAN's k, (), with its change after the step noted; null without BEGAN. */
  balance(kind: CriticKind, real: Tensor, fake: Tensor): Tensor | null {
    if (!this.balanced) return null;
    const name = `${kind}.balance`;
    const balance = this.state.read(name, [], { kind: 'constant', value: 0 });
    this.state.write(name, nextBalance(real, fake, balance, this.options.began));
    return balance;
  }
}

/** Both critics over whole pictures: the second sees the window around the hole. */
export class CriticPair {
  private readonly network: CriticNetwork;
  private readonly rows: Tensor;
  private readonly columns: Tensor;
  /** (B, critics, AUGMENTATION_VALUES); null without augmentation. */
  private readonly drawn: Tensor | null;

  private constructor(
    graph: Graph,
    shape: CriticShape & { readonly batch: number },
    readonly options: CriticOptions,
    readonly parameters: FlatParameters,
    private readonly state: CriticState | null,
    private readonly stateLayout: ParameterLayout,
  ) {
    this.network = new CriticNetwork(
      parameters,
      state ?? CriticState.collecting(graph).state,
      options,
      shape.architecture.width,
    );
    const window = windowSide(shape.side);
    this.rows = graph.input('windowRows', [shape.batch, window, shape.side]);
    this.columns = graph.input('windowColumns', [shape.batch, shape.side, window]);
    this.drawn = options.augmentation.adaptive
      ? graph.input('augmentation', [shape.batch, CRITIC_KINDS.length, AUGMENTATION_VALUES])
      : null;
  }

  /** Adds the inputs critic, windowRows, windowColumns, with augmentation `augmentation` and, where the critics remember something, criticState. */
  static of(graph: Graph, shape: CriticShape & { readonly batch: number }): CriticPair {
    const { parameters, state } = layoutsOf(shape);
    return new CriticPair(
      graph,
      shape,
      shape.critics ?? DEFAULT_CRITICS,
      new FlatParameters(graph, 'critic', parameters),
      state.size === 0 ? null : CriticState.of(graph, state),
      state,
    );
  }

  /** The pictures as a critic sees them: whole, or its window. */
  view(kind: CriticKind, x: Tensor): Tensor {
    if (kind === 'global') return x;
    return resample(x, this.rows, this.columns);
  }

  /** Of views as a critic is shown them: augmented, where that is on. A multiple of the batch is taken as repeated. */
  score(kind: CriticKind, view: Tensor): Tensor {
    const probability = this.network.augmentation.probability(kind);
    if (probability === null || this.drawn === null) return this.network.score(kind, view);
    const [batch] = this.drawn.shape;
    const own = slice(this.drawn, [0, CRITIC_KINDS.indexOf(kind), 0], [batch, 1, AUGMENTATION_VALUES]);
    const drawn = reshape(own, [batch, AUGMENTATION_VALUES]);
    const repeated = concat(new Array<Tensor>(view.shape[0] / batch).fill(drawn), 0);
    return this.network.score(kind, augment(view, repeated, probability));
  }

  /** Moves the probability of augmentation; once in a critic step. @param pictures in the whole batch, on all machines */
  follow(kind: CriticKind, real: Tensor, fake: Tensor, pictures: number): Overfitting | null {
    return this.network.augmentation.follow(kind, real, fake, pictures);
  }

  /** BEGAN's k of this step, (); null without BEGAN. */
  balance(kind: CriticKind, real: Tensor, fake: Tensor): Tensor | null {
    return this.network.balance(kind, real, fake);
  }

  /** The state after the step, flat; null where there is none. */
  stateAfter(): Tensor | null {
    return this.state?.after(this.stateLayout) ?? null;
  }
}
