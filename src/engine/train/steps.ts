/**
 * A training step as graphs: pictures, holes and flat parameter vectors in, losses and flat gradients out. Every runtime
 * executes them as they are; the optimiser is one more graph.
 *
 * Common inputs (B pictures of side S): image (B,3,S,S) in [-1,1]; hole (B,1,S,S); discount (B,1,S,S); windowRows (B,L,S)
 * and windowColumns (B,S,L), which cut the local critic's window of side L out of a picture by two matrix products.
 */
import { gradient } from '../graph/gradient';
import { Graph, type Tensor } from '../graph/graph';
import {
  add,
  clip,
  concat,
  divide,
  matmul,
  meanOf,
  multiply,
  negate,
  reshape,
  slice,
  sqrt,
  square,
  subtract,
  total,
  transpose,
} from '../graph/ops';
import type { Architecture } from '../network/architecture';
import { critic, type CriticKind } from '../network/critics';
import { composite, GeneratorNetwork } from '../network/generator';
import { generatorLayout } from '../network/inference';
import { gradientPenalty, reconstructionLoss, wassersteinLoss } from '../network/losses';
import { FlatParameters, InputParameters, type ParameterLayout, type ParameterSource } from '../network/parameters';

export interface StepShape {
  readonly architecture: Architecture;
  readonly batch: number;
  /** Side of the crops in pixels, a multiple of 16. */
  readonly side: number;
}

export interface LossWeights {
  /** On the hole, refined output. 1.2 in the published code. */
  readonly hole: number;
  /** Further factor on the coarse output's. 1.2. */
  readonly coarse: number;
  /** On the known part, both outputs. 1.2. */
  readonly known: number;
  /** On the critics' verdict; 0 trains without critics. 0.001. */
  readonly adversarial: number;
  /** On the gradient penalty. 10. */
  readonly penalty: number;
}

/** Side of the local critic's window. */
export const windowSide = (side: number): number => side / 2;

/** The two critics' parameters; they depend on the crops' side through the last layer. */
export function criticLayout({ architecture, side }: Pick<StepShape, 'architecture' | 'side'>): ParameterLayout {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  critic(parameters, graph.input('whole', [1, 3, side, side]), 'global', architecture.width);
  critic(parameters, graph.input('window', [1, 3, windowSide(side), windowSide(side)]), 'local', architecture.width);
  return parameters.layout;
}

interface Pictures {
  readonly image: Tensor;
  readonly hole: Tensor;
}

function pictures(graph: Graph, { batch, side }: StepShape): Pictures {
  return { image: graph.input('image', [batch, 3, side, side]), hole: graph.input('hole', [batch, 1, side, side]) };
}

function runGenerator(parameters: ParameterSource, architecture: Architecture, { image, hole }: Pictures) {
  const network = new GeneratorNetwork(architecture, parameters);
  const coarse = network.coarse(image, hole);
  const everywhere = image.graph.constant(hole.shape, [1]);
  const refined = network.refine(image, hole, everywhere, coarse).image;
  return { coarse, refined, complete: composite(image, refined, hole) };
}

/** Both critics over whole pictures: the second sees the window around the hole. */
class Critics {
  private readonly rows: Tensor;
  private readonly columns: Tensor;

  constructor(
    graph: Graph,
    private readonly parameters: ParameterSource,
    private readonly shape: StepShape,
  ) {
    const window = windowSide(shape.side);
    this.rows = graph.input('windowRows', [shape.batch, window, shape.side]);
    this.columns = graph.input('windowColumns', [shape.batch, shape.side, window]);
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
    return critic(this.parameters, view, kind, this.shape.architecture.width);
  }
}

const KINDS: readonly CriticKind[] = ['global', 'local'];

/** Generator alone: image, hole, generator -> coarse, complete (the picture with the hole filled). */
export function fillGraph(shape: StepShape): Graph {
  const graph = new Graph();
  const input = pictures(graph, shape);
  const parameters = new FlatParameters(graph, 'generator', generatorLayout(shape.architecture));
  const { coarse, complete } = runGenerator(parameters, shape.architecture, input);
  graph.output('coarse', coarse);
  graph.output('complete', complete);
  return graph;
}

/**
 * The generator's step: image, hole, discount, generator [, critic, windowRows, windowColumns] -> loss, holeLoss,
 * coarseLoss, knownLoss [, adversarialLoss], gradient (flat, by the generator's parameters), complete.
 */
export function generatorStepGraph(shape: StepShape, weights: LossWeights): Graph {
  const graph = new Graph();
  const { image, hole } = pictures(graph, shape);
  const discount = graph.input('discount', hole.shape);
  const parameters = new FlatParameters(graph, 'generator', generatorLayout(shape.architecture));
  const { coarse, refined, complete } = runGenerator(parameters, shape.architecture, { image, hole });

  const known = subtract(1, hole);
  const holeLoss = reconstructionLoss(refined, image, discount, hole);
  const coarseLoss = reconstructionLoss(coarse, image, discount, hole);
  const knownLoss = add(
    reconstructionLoss(refined, image, known, known),
    reconstructionLoss(coarse, image, known, known),
  );
  let loss = add(
    multiply(add(holeLoss, multiply(coarseLoss, weights.coarse)), weights.hole),
    multiply(knownLoss, weights.known),
  );
  if (weights.adversarial > 0) {
    const critics = new Critics(graph, new FlatParameters(graph, 'critic', criticLayout(shape)), shape);
    const verdicts = KINDS.map((kind) => meanOf(critics.score(kind, critics.view(kind, complete))));
    const adversarialLoss = negate(verdicts.reduce((a, b) => add(a, b)));
    loss = add(loss, multiply(adversarialLoss, weights.adversarial));
    graph.output('adversarialLoss', adversarialLoss);
  }
  outputs(graph, { loss, holeLoss, coarseLoss, knownLoss, gradient: flatGradient(loss, parameters), complete });
  return graph;
}

/**
 * The critics' step: image, complete, hole, mix (B,1,1,1) in [0,1], critic, windows -> loss, distance (the Wasserstein
 * estimate, both critics), penalty, gradientNorm (mean over both), gradient.
 */
export function criticStepGraph(shape: StepShape, weights: LossWeights): Graph {
  const graph = new Graph();
  const { image, hole } = pictures(graph, shape);
  const complete = graph.input('complete', image.shape);
  const mix = graph.input('mix', [shape.batch, 1, 1, 1]);
  const parameters = new FlatParameters(graph, 'critic', criticLayout(shape));
  const critics = new Critics(graph, parameters, shape);
  const mixed = add(image, multiply(mix, subtract(complete, image)));

  const parts = KINDS.map((kind) => {
    // Real and generated pictures in one pass: half the kernel launches, the same numbers.
    const scores = critics.score(kind, concat([critics.view(kind, image), critics.view(kind, complete)], 0));
    return {
      wasserstein: wassersteinLoss(
        slice(scores, [0, 0], [shape.batch, 1]),
        slice(scores, [shape.batch, 0], [shape.batch, 1]),
      ),
      ...gradientPenalty((x) => critics.score(kind, x), critics.view(kind, mixed), critics.view(kind, hole)),
    };
  });
  const sumOf = (pick: (part: (typeof parts)[number]) => Tensor): Tensor => parts.map(pick).reduce((a, b) => add(a, b));
  const wasserstein = sumOf((part) => part.wasserstein);
  const penalty = sumOf((part) => part.penalty);
  const loss = add(wasserstein, multiply(penalty, weights.penalty));
  const gradientNorm = multiply(
    sumOf((part) => part.norm),
    1 / KINDS.length,
  );
  outputs(graph, {
    loss,
    distance: negate(wasserstein),
    penalty,
    gradientNorm,
    gradient: flatGradient(loss, parameters),
  });
  return graph;
}

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  /** Gradients longer than this are shortened to it. */
  readonly clipNorm: number;
}

/**
 * Adam (arXiv 1412.6980) on a flat vector: values, gradient, mean, variance, rate () -> values, mean, variance (each with
 * "New" appended), norm (the gradient's, before clipping). `rate` includes the bias correction
 * sqrt(1 - beta2^t) / (1 - beta1^t), which depends on the step.
 */
export function adamGraph(size: number, { beta1, beta2, clipNorm }: AdamOptions): Graph {
  const graph = new Graph();
  const vector = (name: string): Tensor => graph.input(name, [size]);
  const [values, raw, mean, variance] = [vector('values'), vector('gradient'), vector('mean'), vector('variance')];
  const rate = graph.input('rate', []);
  const norm = sqrt(add(total(square(raw)), 1e-12));
  const clipped = multiply(raw, divide(clipNorm, clip(norm, clipNorm, null)));
  const meanNew = add(multiply(mean, beta1), multiply(clipped, 1 - beta1));
  const varianceNew = add(multiply(variance, beta2), multiply(square(clipped), 1 - beta2));
  const valuesNew = subtract(values, multiply(rate, divide(meanNew, add(sqrt(varianceNew), 1e-8))));
  outputs(graph, { valuesNew, meanNew, varianceNew, norm });
  return graph;
}

function flatGradient(loss: Tensor, parameters: FlatParameters): Tensor {
  return concat(
    gradient(loss, parameters.tensors).map((g) => reshape(g, [g.elementCount])),
    0,
  );
}

function outputs(graph: Graph, values: Readonly<Record<string, Tensor>>): void {
  for (const [name, tensor] of Object.entries(values)) graph.output(name, tensor);
}
