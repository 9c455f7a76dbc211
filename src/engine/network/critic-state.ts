import type { Graph, Tensor } from '../graph/graph';
import { concat, reshape } from '../graph/ops';
import type { Shape } from '../graph/shape';
import { FlatParameters, type Initialisation, InputParameters, type ParameterLayout } from './parameters';

/** Name of the graphs' input with the state, and of the vector in a checkpoint. */
export const CRITIC_STATE = 'criticState';
/** Name of the critic step's result with the state after it. */
export const CRITIC_STATE_NEW = 'criticStateNew';

/**
 * What critics remember from step to step besides their parameters, as one flat vector that goes into the step graphs and
 * comes out of the critics' step: a runtime keeps it and needs to know nothing about it. Values are read by name;
 * `write` says what they are after the step.
 */
export class CriticState {
  private readonly written = new Map<string, Tensor>();

  private constructor(private readonly source: InputParameters | FlatParameters) {}

  /** Finds out what is asked for; `layout` then says it. */
  static collecting(graph: Graph): { readonly state: CriticState; readonly layout: ParameterLayout } {
    const source = new InputParameters(graph);
    return { state: new CriticState(source), layout: source.layout };
  }

  /** Adds the graph's input. */
  static of(graph: Graph, layout: ParameterLayout): CriticState {
    return new CriticState(new FlatParameters(graph, CRITIC_STATE, layout));
  }

  read(name: string, shape: Shape, initialisation: Initialisation): Tensor {
    return this.source.parameter(name, shape, initialisation);
  }

  write(name: string, value: Tensor): void {
    this.written.set(name, value);
  }

  /** The state after the step, flat in the layout's order. */
  after({ list }: ParameterLayout): Tensor {
    const parts = list.map(({ name, shape, initialisation }) => {
      const value = this.written.get(name) ?? this.read(name, shape, initialisation);
      return reshape(value, [value.elementCount]);
    });
    return concat(parts, 0);
  }
}
