/** The critics' step, and what they say of pictures. */
import { Graph, type Tensor } from '../graph/graph';
import { add, concat, multiply, negate, slice } from '../graph/ops';
import { convergence, CRITIC_LOSSES, wassersteinLoss } from '../network/critic-losses';
import type { Penalty } from '../network/critic-options';
import { CRITIC_STATE_NEW } from '../network/critic-state';
import type { CriticKind, PairKind } from '../network/critics';
import type { Overfitting } from '../network/adaptive-augmentation';
import { LearntFeatures } from '../network/learnt-features';
import { gradientPenalty, pointsAround, pointsBetween } from '../network/penalties';
import { projectedCriticLoss, scoresOfPictures } from '../network/projected-critics';
import { PAIR } from './critic-kinds';
import type { CriticPair } from './critic-pair';
import { Critics, isFrozen, type ProjectedPanel } from './critics';
import type { LossWeights } from './generator-losses';
import { flatGradient, outputs, pictures, type StepShape } from './step-shape';

/** What a critic adds to the step; scalars. */
interface CriticPart {
  readonly kind: CriticKind;
  readonly loss: Tensor;
  /** Mean score of pictures less that of fills, negated. */
  readonly distance: Tensor;
  readonly overfitting: Overfitting | null;
  readonly convergence?: Tensor;
  readonly penalty?: Tensor;
  readonly norm?: Tensor;
}

interface CriticStep {
  readonly shape: StepShape;
  readonly critics: Critics;
  readonly image: Tensor;
  readonly complete: Tensor;
  readonly hole: Tensor;
}

/**
 * The critics' step: image, complete, hole, mix (B,1,1,1) in [0,1], critic [, windowRows, windowColumns; noise (B,3,S,S) in
 * [0,1] with DRAGAN; augmentation; criticState; the feature network's weights] -> loss, distance (mean score of pictures less
 * that of fills, all critics' sum) [, penalty, gradientNorm (mean over the pair); projectedCriticLoss, a part of the loss],
 * gradient [, convergence (BEGAN's measure, the pair's sum); rtGlobal, rtLocal, rtProjected, pGlobal, pLocal, pProjected (with
 * adaptive augmentation); criticStateNew].
 */
export function criticStepGraph(run: StepShape, weights: LossWeights): Graph {
  const graph = new Graph();
  const shape = { ...run, weights };
  const { image, hole } = pictures(graph, shape);
  const complete = graph.input('complete', image.shape);
  const mix = graph.input('mix', [shape.batch, 1, 1, 1]);
  const critics = Critics.of(graph, shape, new LearntFeatures(graph));
  const step: CriticStep = { shape, critics, image, complete, hole };
  const { pair, projected } = critics;
  const slopes = pair === null ? null : slopesToPenalise(critics.options.penalty, image, complete, mix);
  const parts = [
    ...(pair === null ? [] : PAIR.map((kind) => pairPart(step, pair, kind, slopes))),
    ...(projected === null ? [] : [projectedPart(step, projected)]),
  ];
  const sumOf = (pick: (part: CriticPart) => Tensor | undefined): Tensor | null => {
    const values = parts.map(pick).filter((value) => value !== undefined);
    return values.length === 0 ? null : values.reduce((a, b) => add(a, b));
  };
  const adversarial = sumOf(({ loss }) => loss);
  const distance = sumOf((part) => part.distance);
  if (adversarial === null || distance === null) throw new Error('the run has no critics');
  const penalty = sumOf((part) => part.penalty);
  const norm = sumOf((part) => part.norm);
  const loss = penalty === null ? adversarial : add(adversarial, multiply(penalty, weights.penalty));
  outputs(graph, {
    loss,
    distance: negate(distance),
    penalty,
    gradientNorm: norm === null ? null : multiply(norm, 1 / PAIR.length),
    projectedCriticLoss: parts.find(({ kind }) => kind === 'projected')?.loss ?? null,
    gradient: flatGradient(loss, critics.parameters, (name) => isFrozen(name, critics.options.frozenLayers)),
    convergence: sumOf((part) => part.convergence),
    ...Object.fromEntries(
      parts.flatMap(({ kind, overfitting }) => [
        [`rt${capitalised(kind)}`, overfitting?.rt ?? null],
        [`p${capitalised(kind)}`, overfitting?.probability ?? null],
      ]),
    ),
    [CRITIC_STATE_NEW]: critics.stateAfter(),
  });
  return graph;
}

const capitalised = (kind: CriticKind): string => kind.charAt(0).toUpperCase() + kind.slice(1);

function pairPart(step: CriticStep, pair: CriticPair, kind: PairKind, slopes: PenalisedSlopes | null): CriticPart {
  const { critics, image, complete, hole } = step;
  const { options } = critics;
  const row = CRITIC_LOSSES[options.loss];
  // Real and generated pictures in one pass: half the kernel launches, the same numbers.
  const scores = pair.score(kind, concat([pair.view(kind, image), pair.view(kind, complete)], 0));
  const [real, fake] = halves(scores);
  return {
    kind,
    loss: row.critic(real, fake, pair.balance(kind, real, fake) ?? 0),
    distance: wassersteinLoss(real, fake),
    overfitting: follow(step, kind, real, fake),
    ...(row.balanced === true ? { convergence: convergence(real, fake, options.began.diversity) } : {}),
    ...(slopes === null
      ? {}
      : gradientPenalty(
          (x) => pair.score(kind, x),
          pair.view(kind, slopes.points),
          pair.view(kind, hole),
          slopes.kind,
        )),
  };
}

function projectedPart(step: CriticStep, panel: ProjectedPanel): CriticPart {
  const { verdicts, holes } = panel.judge([step.image, step.complete], step.hole);
  const both = verdicts.map(({ scores }) => halves(scores));
  const [real, fake] = [both.map(([first]) => first), both.map(([, second]) => second)];
  const [realScores, fakeScores] = [scoresOfPictures(real, holes), scoresOfPictures(fake, holes)];
  return {
    kind: 'projected',
    loss: projectedCriticLoss(real, fake, holes),
    distance: wassersteinLoss(realScores, fakeScores),
    overfitting: follow(step, 'projected', realScores, fakeScores),
  };
}

/** Moves the probability of augmentation; once in a step. */
function follow({ critics, shape }: CriticStep, kind: CriticKind, real: Tensor, fake: Tensor): Overfitting | null {
  return critics.augmentation.follow(kind, real, fake, shape.wholeBatch ?? shape.batch);
}

/** Of scores of pictures and then of their fills. */
function halves(scores: Tensor): readonly [Tensor, Tensor] {
  const [count, ...rest] = scores.shape;
  const from = (start: number): Tensor => slice(scores, [start, ...rest.map(() => 0)], [count / 2, ...rest]);
  return [from(0), from(count / 2)];
}

/** How the critics' slope is penalised, and at which pictures. */
interface PenalisedSlopes {
  readonly kind: Exclude<Penalty, 'none'>;
  readonly points: Tensor;
}

function slopesToPenalise(kind: Penalty, image: Tensor, complete: Tensor, mix: Tensor): PenalisedSlopes | null {
  switch (kind) {
    case 'none':
      return null;
    case 'dragan':
      return { kind, points: pointsAround(image, image.graph.input('noise', image.shape), mix) };
    case 'r1':
      return { kind, points: image };
    case 'wgan-gp':
    case 'wgan-lp':
      return { kind, points: pointsBetween(image, complete, mix) };
  }
}

/**
 * What the critics say of pictures, to compare training pictures with those that are kept back: image, hole, critic [, windows,
 * augmentation, criticState, the feature network's weights] -> globalScore, localScore, projectedScore (B,1), of those there are.
 */
export function scoreGraph(run: StepShape, weights: LossWeights): Graph {
  const graph = new Graph();
  const shape = { ...run, weights };
  const { image, hole } = pictures(graph, shape);
  const { pair, projected } = Critics.of(graph, shape, new LearntFeatures(graph));
  if (pair !== null) {
    for (const kind of PAIR) graph.output(`${kind}Score`, pair.score(kind, pair.view(kind, image)));
  }
  if (projected !== null) {
    const { verdicts, holes } = projected.judge([image], hole);
    const scores = verdicts.map((verdict) => verdict.scores);
    graph.output('projectedScore', scoresOfPictures(scores, holes));
  }
  return graph;
}
