/**
 * A training step as graphs: pictures, holes and flat parameter vectors in, losses and flat gradients out. Every runtime
 * executes them as they are; optimiser.ts does the rest.
 *
 * Common inputs (B pictures of side S): image (B,3,S,S) in [-1,1]; hole (B,1,S,S); discount (B,1,S,S); windowRows (B,L,S)
 * and windowColumns (B,S,L), which cut the local critic's window of side L out of a picture by two matrix products.
 * Critics that remember something from step to step (critic-pair.ts) have it as one more flat input, criticState, and as
 * the result criticStateNew of their step.
 */
import { convergence, CRITIC_LOSSES, wassersteinLoss } from '../network/critic-losses';
import type { Penalty } from '../network/critic-options';
import { CRITIC_STATE_NEW } from '../network/critic-state';
import { composite, GeneratorNetwork } from '../network/generator';
import { generatorLayout, stageOf, STAGES } from '../network/inference';
import { reconstructionLoss, structureLoss } from '../network/losses';
import { FlatParameters, type ParameterSource } from '../network/parameters';
import { gradientPenalty, pointsAround, pointsBetween } from '../network/penalties';
import { gradient } from '../graph/gradient';
import { Graph, type Tensor } from '../graph/graph';
import { add, concat, multiply, negate, reshape, slice, subtract } from '../graph/ops';
import { CRITIC_KINDS, CriticPair, type CriticShape, isFrozen } from './critic-pair';

export const TRAINED_STAGES = ['both', ...STAGES] as const;

export interface StepShape extends CriticShape {
  readonly batch: number;
  /** `both` when left out. With `coarse`, the refined output is the coarse one. */
  readonly stages?: (typeof TRAINED_STAGES)[number];
  /** Pictures in the batches of all machines together; `batch` when left out. */
  readonly wholeBatch?: number;
}

export interface LossWeights {
  /** On the hole, refined output. 1.2 in the published code. */
  readonly hole: number;
  /** Further factor on the coarse output's. 1.2. */
  readonly coarse: number;
  /** On the known part, both outputs. 1.2. */
  readonly known: number;
  /** Further factor on both outputs' structure losses. 0, which leaves them out, in the published code. */
  readonly structure?: number;
  /** On the critics' verdict; 0 trains without critics. 0.001. */
  readonly adversarial: number;
  /** On the gradient penalty. 10. */
  readonly penalty: number;
}

/** The graphs of a run by their names in its folder, made when they are asked for; no `critics` without an adversarial weight. */
export function stepGraphs(run: StepShape & { readonly weights: LossWeights }) {
  const { weights } = run;
  const critics = { criticStep: () => criticStepGraph(run, weights), score: () => scoreGraph(run) };
  return {
    generatorStep: () => generatorStepGraph(run, weights),
    fill: () => fillGraph(run),
    critics: weights.adversarial > 0 ? critics : null,
  };
}

interface Pictures {
  readonly image: Tensor;
  readonly hole: Tensor;
}

function pictures(graph: Graph, { batch, side }: StepShape): Pictures {
  return { image: graph.input('image', [batch, 3, side, side]), hole: graph.input('hole', [batch, 1, side, side]) };
}

function runGenerator(parameters: ParameterSource, { architecture, stages }: StepShape, { image, hole }: Pictures) {
  const network = new GeneratorNetwork(architecture, parameters);
  const coarse = network.coarse(image, hole);
  if (stages === 'coarse') return { coarse, refined: coarse, complete: composite(image, coarse, hole) };
  const everywhere = image.graph.constant(hole.shape, [1]);
  const refined = network.refine(image, hole, everywhere, coarse);
  return { coarse, refined, complete: composite(image, refined, hole) };
}

/** Generator alone: image, hole, generator -> coarse, complete (the picture with the hole filled). */
function fillGraph(shape: StepShape): Graph {
  const graph = new Graph();
  const input = pictures(graph, shape);
  const parameters = new FlatParameters(graph, 'generator', generatorLayout(shape.architecture));
  const { coarse, complete } = runGenerator(parameters, shape, input);
  graph.output('coarse', coarse);
  graph.output('complete', complete);
  return graph;
}

/**
 * The generator's step: image, hole, discount, generator [, critic, windowRows, windowColumns] -> loss, holeLoss,
 * coarseLoss, knownLoss [, structureLoss] [, adversarialLoss], gradient (flat, by the generator's parameters, 0 by those of
 * a stage that does not learn), complete.
 */
export function generatorStepGraph(shape: StepShape, weights: LossWeights): Graph {
  const graph = new Graph();
  const { image, hole } = pictures(graph, shape);
  const discount = graph.input('discount', hole.shape);
  const parameters = new FlatParameters(graph, 'generator', generatorLayout(shape.architecture));
  const { coarse, refined, complete } = runGenerator(parameters, shape, { image, hole });

  const known = subtract(1, hole);
  const holeLoss = reconstructionLoss(refined, image, discount, hole);
  const coarseLoss = refined === coarse ? holeLoss : reconstructionLoss(coarse, image, discount, hole);
  const { stages = 'both' } = shape;
  const learning = [
    ...(stages === 'coarse' ? [] : [{ fill: refined, inHole: holeLoss, factor: 1 }]),
    ...(stages === 'refine' ? [] : [{ fill: coarse, inHole: coarseLoss, factor: weights.coarse }]),
  ];
  const weighed = (losses: readonly Tensor[]) =>
    losses.map((each, i) => multiply(each, learning[i].factor)).reduce((a, b) => add(a, b));
  const knownLoss = learning
    .map(({ fill }) => reconstructionLoss(fill, image, known, known))
    .reduce((a, b) => add(a, b));
  let loss = add(
    multiply(weighed(learning.map(({ inHole }) => inHole)), weights.hole),
    multiply(knownLoss, weights.known),
  );
  const { structure = 0 } = weights;
  if (structure > 0) {
    const losses = learning.map(({ fill }) => structureLoss(fill, image, discount, hole));
    loss = add(loss, multiply(weighed(losses), weights.hole * structure));
    graph.output('structureLoss', losses[0]);
  }
  if (weights.adversarial > 0) {
    const critics = CriticPair.of(graph, shape);
    const { generator } = CRITIC_LOSSES[critics.options.loss];
    const verdicts = CRITIC_KINDS.map((kind) => generator(critics.score(kind, critics.view(kind, complete))));
    const adversarialLoss = verdicts.reduce((a, b) => add(a, b));
    loss = add(loss, multiply(adversarialLoss, weights.adversarial));
    graph.output('adversarialLoss', adversarialLoss);
  }
  outputs(graph, {
    loss,
    holeLoss,
    coarseLoss,
    knownLoss,
    gradient: flatGradient(loss, parameters, (name) => stages !== 'both' && stageOf(name) !== stages),
    complete,
  });
  return graph;
}

/**
 * The critics' step: image, complete, hole, mix (B,1,1,1) in [0,1], critic, windows [, noise (B,3,S,S) in [0,1] with
 * DRAGAN; augmentation; criticState] -> loss, distance (mean score of pictures less that of fills, both critics' sum) [, penalty,
 * gradientNorm (mean over both)], gradient [, convergence (BEGAN's measure, both critics' sum); rtGlobal, rtLocal, pGlobal, pLocal (with adaptive
 * augmentation); criticStateNew].
 */
export function criticStepGraph(shape: StepShape, weights: LossWeights): Graph {
  const graph = new Graph();
  const { image, hole } = pictures(graph, shape);
  const complete = graph.input('complete', image.shape);
  const mix = graph.input('mix', [shape.batch, 1, 1, 1]);
  const critics = CriticPair.of(graph, shape);
  const { options } = critics;
  const row = CRITIC_LOSSES[options.loss];
  const points = slopePoints(options.penalty, image, complete, mix);

  const parts = CRITIC_KINDS.map((kind) => {
    // Real and generated pictures in one pass: half the kernel launches, the same numbers.
    const scores = critics.score(kind, concat([critics.view(kind, image), critics.view(kind, complete)], 0));
    const real = slice(scores, [0, 0], [shape.batch, 1]);
    const fake = slice(scores, [shape.batch, 0], [shape.batch, 1]);
    return {
      loss: row.critic(real, fake, critics.balance(kind, real, fake) ?? 0),
      distance: wassersteinLoss(real, fake),
      overfitting: critics.follow(kind, real, fake, shape.wholeBatch ?? shape.batch),
      ...(row.balanced === true ? { convergence: convergence(real, fake, options.began.diversity) } : {}),
      ...(points === null
        ? {}
        : gradientPenalty(
            (x) => critics.score(kind, x),
            critics.view(kind, points),
            critics.view(kind, hole),
            options.penalty === 'wgan-lp',
          )),
    };
  });
  const [global, local] = parts.map(({ overfitting }) => overfitting);
  const sumOf = (pick: (part: (typeof parts)[number]) => Tensor | undefined): Tensor | null => {
    const values = parts.map(pick).filter((value) => value !== undefined);
    return values.length === 0 ? null : values.reduce((a, b) => add(a, b));
  };
  const adversarial = parts.map(({ loss }) => loss).reduce((a, b) => add(a, b));
  const distance = parts.map(({ distance: each }) => each).reduce((a, b) => add(a, b));
  const penalty = sumOf((part) => part.penalty);
  const norm = sumOf((part) => part.norm);
  const loss = penalty === null ? adversarial : add(adversarial, multiply(penalty, weights.penalty));
  outputs(graph, {
    loss,
    distance: negate(distance),
    penalty,
    gradientNorm: norm === null ? null : multiply(norm, 1 / CRITIC_KINDS.length),
    gradient: flatGradient(loss, critics.parameters, (name) => isFrozen(name, options.frozenLayers)),
    convergence: sumOf((part) => part.convergence),
    rtGlobal: global?.rt ?? null,
    rtLocal: local?.rt ?? null,
    pGlobal: global?.probability ?? null,
    pLocal: local?.probability ?? null,
    [CRITIC_STATE_NEW]: critics.stateAfter(),
  });
  return graph;
}

/** Where the critics' slope is penalised; null where it is not. */
function slopePoints(penalty: Penalty, image: Tensor, complete: Tensor, mix: Tensor): Tensor | null {
  switch (penalty) {
    case 'none':
      return null;
    case 'dragan':
      return pointsAround(image, image.graph.input('noise', image.shape), mix);
    case 'wgan-gp':
    case 'wgan-lp':
      return pointsBetween(image, complete, mix);
  }
}

/** @param frozen names of parameters whose gradient is 0: Adam leaves what never moved where it is */
function flatGradient(
  loss: Tensor,
  parameters: FlatParameters,
  frozen: (name: string) => boolean = () => false,
): Tensor {
  const names = parameters.names;
  const moving = parameters.tensors.filter((_, i) => !frozen(names[i]));
  const found = new Map(gradient(loss, moving).map((g, i) => [moving[i], g]));
  const parts = parameters.tensors.map((tensor) => found.get(tensor) ?? loss.graph.constant(tensor.shape, [0]));
  return concat(
    parts.map((g) => reshape(g, [g.elementCount])),
    0,
  );
}

function outputs(graph: Graph, values: Readonly<Record<string, Tensor | null>>): void {
  for (const [name, tensor] of Object.entries(values)) if (tensor !== null) graph.output(name, tensor);
}

/**
 * What the critics say of pictures, to compare training pictures with those that are kept back: image, critic, windows
 * [, augmentation, criticState] -> globalScore, localScore (B,1).
 */
function scoreGraph(shape: StepShape): Graph {
  const graph = new Graph();
  const image = graph.input('image', [shape.batch, 3, shape.side, shape.side]);
  const critics = CriticPair.of(graph, shape);
  for (const kind of CRITIC_KINDS) graph.output(`${kind}Score`, critics.score(kind, critics.view(kind, image)));
  return graph;
}
