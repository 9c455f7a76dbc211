/**
 * What the graphs of a training step share. Common inputs (B pictures of side S): image (B,3,S,S) in [-1,1]; hole (B,1,S,S);
 * discount (B,1,S,S); windowRows (B,L,S) and windowColumns (B,S,L), which cut the local critic's window of side L out of a
 * picture by two matrix products; where learnt features are looked at, the feature network's weights by their own names.
 * Styles have inputs of their own (styles.ts).
 * Critics that remember something from step to step have it as one more flat input, criticState, and as the result
 * criticStateNew of their step.
 */
import { gradient } from '../graph/gradient';
import type { Graph, Tensor } from '../graph/graph';
import { concat, reshape } from '../graph/ops';
import { STAGES } from '../network/inference';
import type { FlatParameters } from '../network/parameters';
import type { CriticShape } from './critics';
import type { StyleTraining } from './styles';

export const TRAINED_STAGES = ['both', ...STAGES, 'styles'] as const;

export interface StepShape extends CriticShape {
  readonly batch: number;
  /** `both` when left out. With `coarse`, the refined output is the coarse one. */
  readonly stages?: (typeof TRAINED_STAGES)[number];
  readonly style?: StyleTraining;
  /** Pictures in the batches of all machines together; `batch` when left out. */
  readonly wholeBatch?: number;
}

interface Pictures {
  readonly image: Tensor;
  readonly hole: Tensor;
}

export function pictures(graph: Graph, { batch, side }: StepShape): Pictures {
  return { image: graph.input('image', [batch, 3, side, side]), hole: graph.input('hole', [batch, 1, side, side]) };
}

export function outputs(graph: Graph, values: Readonly<Record<string, Tensor | null>>): void {
  for (const [name, tensor] of Object.entries(values)) if (tensor !== null) graph.output(name, tensor);
}

/** @param frozen names of parameters whose gradient is 0: Adam leaves what never moved where it is */
export function flatGradient(
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
