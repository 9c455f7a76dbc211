/** All critics of a run, on one flat vector of parameters and one of what they remember. */
import { Graph, type Tensor } from '../graph/graph';
import { concat } from '../graph/ops';
import { AdaptiveAugmentation } from '../network/adaptive-augmentation';
import type { Architecture } from '../network/architecture';
import { type CriticOptions, DEFAULT_CRITICS } from '../network/critic-options';
import { CriticState } from '../network/critic-state';
import { cellShares, type LearntFeatures, LOOKED_AT } from '../network/learnt-features';
import { FlatParameters, InputParameters, type ParameterLayout } from '../network/parameters';
import { ProjectedCritics, type Verdict } from '../network/projected-critics';
import type { DetachableSource } from '../network/spectral';
import { AugmentedViews } from './augmented-views';
import { criticKinds, PAIR, viewSide } from './critic-kinds';
import { CriticPair, PairNetwork } from './critic-pair';

/** What the critics' sizes depend on. */
export interface CriticShape {
  readonly architecture: Architecture;
  /** Side of the crops in pixels, a multiple of 16. */
  readonly side: number;
  /** WGAN-GP when left out. */
  readonly critics?: CriticOptions;
  /** Which critics there are; the pair when left out. */
  readonly weights?: Parameters<typeof criticKinds>[0];
}

/** The critics' parameters; those of the pair depend on the crops' side through the last layer. */
export const criticLayout = (shape: CriticShape): ParameterLayout => layoutsOf(shape).parameters;

/** What the critics remember from step to step; of size 0 where it is nothing. */
export const criticStateLayout = (shape: CriticShape): ParameterLayout => layoutsOf(shape).state;

const kindsOf = ({ weights }: CriticShape) => (weights === undefined ? PAIR : criticKinds(weights));

/** The networks alone, on one source and one state. */
function networksOf(values: DetachableSource, state: CriticState, shape: CriticShape) {
  const options = shape.critics ?? DEFAULT_CRITICS;
  return {
    pair: new PairNetwork(values, state, options, shape.architecture.width),
    projected: new ProjectedCritics(values, state, options.projected.mixing),
    augmentation: new AdaptiveAugmentation(state, options),
  };
}

function layoutsOf(shape: CriticShape): { readonly parameters: ParameterLayout; readonly state: ParameterLayout } {
  const graph = new Graph();
  const values = new InputParameters(graph);
  const { state, layout } = CriticState.collecting(graph);
  const { pair, projected, augmentation } = networksOf(values, state, shape);
  for (const kind of kindsOf(shape)) {
    if (kind === 'projected') {
      const cells = (name: string, count: (at: number) => number): Tensor[] =>
        LOOKED_AT.map(({ stride }, i) => {
          const side = shape.side / stride;
          return graph.input(`${name}${i}`, [1, count(i), side, side]);
        });
      projected.verdicts(
        cells('features', (i) => LOOKED_AT[i].channels),
        cells('holes', () => 1),
      );
    } else {
      const side = viewSide(kind, shape.side);
      const score = pair.score(kind, graph.input(kind, [1, 3, side, side]));
      pair.balance(kind, score, score);
    }
    augmentation.probability(kind);
  }
  return { parameters: values.layout, state: layout };
}

/** Whether a critic's parameter belongs to its first layers. @param layers how many */
export function isFrozen(name: string, layers: number): boolean {
  const match = /\.(?:conv|encode)(\d+)\./.exec(name);
  return match !== null && Number(match[1]) <= layers;
}

/** The critics of learnt features, and what they are shown. */
export class ProjectedPanel {
  constructor(
    private readonly network: ProjectedCritics,
    private readonly views: AugmentedViews,
    private readonly features: LearntFeatures,
  ) {}

  /**
   * @param pictures (B,3,S,S) each, judged in one pass
   * @param hole (B,1,S,S), of all of them
   * @returns verdicts (N,..) of all pictures in turn, and how much of each cell of the first is hole
   */
  judge(pictures: readonly Tensor[], hole: Tensor) {
    const holes = cellShares(this.views.ofHole('projected', hole));
    const features = this.features.of(this.views.of('projected', concat(pictures, 0)));
    const repeated = holes.map((each) =>
      concat(
        pictures.map(() => each),
        0,
      ),
    );
    const verdicts: readonly Verdict[] = this.network.verdicts(features, repeated);
    return { verdicts, holes };
  }
}

export class Critics {
  private constructor(
    readonly options: CriticOptions,
    readonly parameters: FlatParameters,
    readonly pair: CriticPair | null,
    readonly projected: ProjectedPanel | null,
    readonly augmentation: AdaptiveAugmentation,
    private readonly state: CriticState | null,
    private readonly stateLayout: ParameterLayout,
  ) {}

  /**
   * Adds the inputs critic, with the pair windowRows and windowColumns, with augmentation `augmentation` and, where the critics
   * remember something, criticState.
   */
  static of(graph: Graph, shape: CriticShape & { readonly batch: number }, features: LearntFeatures): Critics {
    const layouts = layoutsOf(shape);
    const kinds = kindsOf(shape);
    const parameters = new FlatParameters(graph, 'critic', layouts.parameters);
    const state = layouts.state.size === 0 ? null : CriticState.of(graph, layouts.state);
    const networks = networksOf(parameters, state ?? CriticState.collecting(graph).state, shape);
    const views = new AugmentedViews(graph, shape.batch, kinds, networks.augmentation);
    return new Critics(
      shape.critics ?? DEFAULT_CRITICS,
      parameters,
      kinds.some((kind) => kind !== 'projected') ? new CriticPair(graph, shape, networks.pair, views) : null,
      kinds.includes('projected') ? new ProjectedPanel(networks.projected, views, features) : null,
      networks.augmentation,
      state,
      layouts.state,
    );
  }

  /** The state after the step, flat; null where there is none. */
  stateAfter(): Tensor | null {
    return this.state?.after(this.stateLayout) ?? null;
  }
}
