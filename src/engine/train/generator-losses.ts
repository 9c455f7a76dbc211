/** What the generator minimises: a loss is a row. The configuration's `weights` say what counts how much. */
import type { Tensor } from '../graph/graph';
import { add, multiply, subtract } from '../graph/ops';
import { CRITIC_LOSSES } from '../network/critic-losses';
import { cellShares, type LearntFeatures } from '../network/learnt-features';
import { perceptualLoss, reconstructionLoss, structureLoss } from '../network/losses';
import { matchingLoss, projectedGeneratorLoss, type Verdict } from '../network/projected-critics';
import { PAIR } from './critic-kinds';
import type { Critics } from './critics';

export interface LossWeights {
  /** On the hole, refined output. 1.2 in the published code. */
  readonly hole: number;
  /** Further factor on the coarse output's. 1.2. */
  readonly coarse: number;
  /** On the known part, both outputs. 1.2. */
  readonly known: number;
  /** Further factor on both outputs' structure losses. 0, which leaves them out, in the published code. */
  readonly structure?: number;
  /** On the distance in learnt features, of the filled picture. 0 in the published code, as those below. */
  readonly perceptual?: number;
  /** On the verdict of the global and the local critic; 0 trains without them. 0.001. */
  readonly adversarial: number;
  /** On the verdict of the critics of learnt features; 0 trains without them. */
  readonly projected?: number;
  /** On how far the inner layers of those critics tell fill and picture apart. */
  readonly matching?: number;
  /** On the gradient penalty of the global and the local critic. 10. */
  readonly penalty: number;
}

/** Whether a run needs the weights of the feature network. */
export const usesFeatures = ({ perceptual = 0, projected = 0 }: Pick<LossWeights, 'perceptual' | 'projected'>) =>
  perceptual > 0 || projected > 0;

/** What the rows are made of. */
export interface GeneratorStep {
  readonly image: Tensor;
  readonly hole: Tensor;
  readonly discount: Tensor;
  readonly refined: Tensor;
  /** The refined output where the refine stage is left out. */
  readonly coarse: Tensor;
  /** The picture with its hole filled. */
  readonly complete: Tensor;
  /** Which stages learn. */
  readonly learning: { readonly coarse: boolean; readonly refine: boolean };
  readonly features: LearntFeatures;
  /** null without critics. */
  readonly critics: Critics | null;
}

interface LossRow {
  /** In the log. */
  readonly name: string;
  /** What it is multiplied by in the sum; a row of 0 is left out. */
  readonly weight: (weights: LossWeights, learning: GeneratorStep['learning']) => number;
  /** A scalar. */
  readonly build: (step: GeneratorStep) => Tensor;
  /** The log has it in every run, whatever its weight. */
  readonly always?: true;
}

const ROWS: readonly LossRow[] = [
  {
    name: 'holeLoss',
    weight: ({ hole }, { refine }) => (refine ? hole : 0),
    build: ({ refined, image, discount, hole }) => reconstructionLoss(refined, image, discount, hole),
    always: true,
  },
  {
    name: 'coarseLoss',
    weight: ({ hole, coarse }, learning) => (learning.coarse ? hole * coarse : 0),
    build: ({ coarse, image, discount, hole }) => reconstructionLoss(coarse, image, discount, hole),
    always: true,
  },
  {
    name: 'knownLoss',
    weight: ({ known }) => known,
    build: ({ learning, refined, coarse, image, hole }) => {
      const known = subtract(1, hole);
      return [...(learning.refine ? [refined] : []), ...(learning.coarse ? [coarse] : [])]
        .map((fill) => reconstructionLoss(fill, image, known, known))
        .reduce((a, b) => add(a, b));
    },
    always: true,
  },
  {
    name: 'structureLoss',
    weight: ({ hole, structure = 0 }, { refine }) => (refine ? hole * structure : 0),
    build: ({ refined, image, discount, hole }) => structureLoss(refined, image, discount, hole),
  },
  {
    name: 'coarseStructureLoss',
    weight: ({ hole, coarse, structure = 0 }, learning) => (learning.coarse ? hole * coarse * structure : 0),
    build: ({ coarse, image, discount, hole }) => structureLoss(coarse, image, discount, hole),
  },
  {
    name: 'perceptualLoss',
    weight: ({ perceptual = 0 }) => perceptual,
    build: ({ complete, image, hole, features }) =>
      perceptualLoss(features.of(complete), features.of(image), cellShares(hole)),
  },
  {
    name: 'adversarialLoss',
    weight: ({ adversarial }) => adversarial,
    build: ({ complete, critics }) => {
      const pair = present(critics?.pair);
      const { generator } = CRITIC_LOSSES[present(critics).options.loss];
      return PAIR.map((kind) => generator(pair.score(kind, pair.view(kind, complete)))).reduce((a, b) => add(a, b));
    },
  },
  {
    name: 'projectedLoss',
    weight: ({ projected = 0 }) => projected,
    build: ({ complete, hole, critics }) => {
      const { verdicts, holes } = present(critics?.projected).judge([complete], hole);
      return projectedGeneratorLoss(scores(verdicts), holes);
    },
  },
  {
    name: 'matchingLoss',
    weight: ({ matching = 0 }) => matching,
    build: ({ complete, image, hole, critics }) => {
      const panel = present(critics?.projected);
      const fill = panel.judge([complete], hole);
      return matchingLoss(fill.verdicts, panel.judge([image], hole).verdicts, fill.holes);
    },
  },
];

const scores = (verdicts: readonly Verdict[]): Tensor[] => verdicts.map((verdict) => verdict.scores);

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a loss asks for critics that the run does not have');
  return value;
}

/** The rows that a run has, by their names, and their weighted sum as `loss`; scalars. */
export function generatorLosses(step: GeneratorStep, weights: LossWeights): Readonly<Record<string, Tensor>> {
  const { graph } = step.image;
  const found: Record<string, Tensor> = {};
  let loss: Tensor | null = null;
  for (const { name, weight, build, always = false } of ROWS) {
    const factor = weight(weights, step.learning);
    if (factor === 0 && !always) continue;
    found[name] = build(step);
    if (factor === 0) continue;
    const weighed = multiply(found[name], factor);
    loss = loss === null ? weighed : add(loss, weighed);
  }
  return { loss: loss ?? graph.scalar(0), ...found };
}
