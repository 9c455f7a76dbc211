import { Graph, type Tensor } from '../graph/graph';
import { matmul, reshape, transpose } from '../graph/ops';
import { nextBalance } from '../network/adversarial';
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
  }
  return { parameters: values.layout, state: layout };
}

/** The scores of both critics, as the options say. */
class CriticNetwork {
  private readonly source: ParameterSource;

  constructor(
    values: DetachableSource,
    private readonly state: CriticState,
    private readonly options: CriticOptions,
    private readonly width: number,
  ) {
    this.source = options.spectralNorm ? new SpectralParameters(values, state) : values;
  }

  /** (N,3,H,W) -> (N,1) */
  score(kind: CriticKind, view: Tensor): Tensor {
    const build = this.options.loss === 'began' ? autoencoderScore : critic;
    return build(this.source, view, kind, this.width);
  }

  /** BEGAN's k, (), with its change after the step noted; null without BEGAN. */
  balance(kind: CriticKind, real: Tensor, fake: Tensor): Tensor | null {
    if (this.options.loss !== 'began') return null;
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
  }

  /** Adds the inputs critic, windowRows, windowColumns and, where the critics remember something, criticState. */
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
    const [b, c, s] = x.shape;
    const window = windowSide(s);
    const rowsFirst = reshape(transpose(x, [0, 2, 1, 3]), [b, s, c * s]);
    const cutRows = transpose(reshape(matmul(this.rows, rowsFirst), [b, window, c, s]), [0, 2, 1, 3]);
    return reshape(matmul(reshape(cutRows, [b, c * window, s]), this.columns), [b, c, window, window]);
  }

  score(kind: CriticKind, view: Tensor): Tensor {
    return this.network.score(kind, view);
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
