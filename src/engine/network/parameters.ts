import type { Graph, Tensor } from '../graph/graph';
import { reshape, slice } from '../graph/ops';
import { elementCount, type Shape } from '../graph/shape';

/** How a parameter starts. */
export type Initialisation =
  /** Normal with variance `gain` / fan-in, of a kernel (outputs, inputs, height, width) or a matrix (inputs, outputs). */
  { readonly kind: 'fan-in'; readonly gain: number } | { readonly kind: 'constant'; readonly value: number };

export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly initialisation: Initialisation;
}

/** Hands out a network's parameters while it is built. */
export interface ParameterSource {
  /** The tensor of a parameter; asking twice for a name with equal shapes gives the same tensor. */
  parameter(name: string, shape: Shape, initialisation: Initialisation): Tensor;
}

/** Parameters in the order in which a network first asks for them: the layout of its flat vector. */
export class ParameterLayout {
  private readonly specs = new Map<string, ParameterSpec>();

  add(spec: ParameterSpec): void {
    const known = this.specs.get(spec.name);
    if (known === undefined) this.specs.set(spec.name, spec);
    else if (known.shape.join() !== spec.shape.join())
      throw new Error(`parameter "${spec.name}" is asked for in two shapes`);
  }

  get list(): readonly ParameterSpec[] {
    return [...this.specs.values()];
  }

  /** Number of single values. */
  get size(): number {
    return this.list.reduce((total, spec) => total + elementCount(spec.shape), 0);
  }

  /** The parts of a flat vector by name (views, not copies). */
  split(flat: Float32Array): Record<string, Float32Array> {
    let at = 0;
    return Object.fromEntries(
      this.list.map((spec) => {
        const part = flat.subarray(at, (at += elementCount(spec.shape)));
        return [spec.name, part];
      }),
    );
  }

  /** @throws Error naming the parameter that is missing or has another length */
  join(parts: Readonly<Record<string, Float32Array>>): Float32Array {
    const flat = new Float32Array(this.size);
    let at = 0;
    for (const { name, shape } of this.list) {
      const part = parts[name];
      const count = elementCount(shape);
      if (part === undefined) throw new Error(`the weights lack "${name}"`);
      if (part.length !== count) throw new Error(`"${name}" has ${part.length} values instead of ${count}`);
      flat.set(part, at);
      at += count;
    }
    return flat;
  }
}

/** Each parameter is an input of the graph by its own name: for inference, where the weights are fixed at compile time. */
export class InputParameters implements ParameterSource {
  readonly layout = new ParameterLayout();
  private readonly tensors = new Map<string, Tensor>();

  constructor(private readonly graph: Graph) {}

  parameter(name: string, shape: Shape, initialisation: Initialisation): Tensor {
    this.layout.add({ name, shape, initialisation });
    const known = this.tensors.get(name);
    if (known !== undefined) return known;
    const tensor = this.graph.input(name, shape);
    this.tensors.set(name, tensor);
    return tensor;
  }

  detached(name: string, shape: Shape): Tensor {
    const known = this.tensors.get(name);
    if (known === undefined) throw new Error(`no parameter "${name}" has been asked for`);
    return reshape(known, shape);
  }
}

/** All parameters are parts of one flat input vector: for training, where one optimiser step moves them all. */
export class FlatParameters implements ParameterSource {
  private readonly offsets = new Map<string, number>();
  private readonly vector: Tensor;
  /** In the layout's order: what to differentiate by. */
  readonly tensors: Tensor[] = [];
  /** Of the tensors, in the same order. */
  readonly names: readonly string[];

  constructor(graph: Graph, inputName: string, layout: ParameterLayout) {
    this.vector = graph.input(inputName, [layout.size]);
    this.names = layout.list.map(({ name }) => name);
    let at = 0;
    for (const { name, shape } of layout.list) {
      this.offsets.set(name, at);
      const count = elementCount(shape);
      this.tensors.push(reshape(slice(this.vector, [at], [count]), shape));
      at += count;
    }
  }

  parameter(name: string, shape: Shape): Tensor {
    const offset = this.offsets.get(name);
    if (offset === undefined) throw new Error(`the layout has no parameter "${name}"`);
    return reshape(slice(this.vector, [offset], [elementCount(shape)]), shape);
  }

  /** The same values as other nodes than `tensors`: gradients by those do not see what is made of these. */
  detached(name: string, shape: Shape): Tensor {
    return reshape(reshape(this.parameter(name, [elementCount(shape)]), [1, ...shape]), shape);
  }
}

/** A source of normally distributed numbers with a seed. */
export type NormalSource = () => number;

/** Fresh values for a layout, as one flat vector. */
export function initialise(layout: ParameterLayout, normal: NormalSource): Float32Array {
  const flat = new Float32Array(layout.size);
  let at = 0;
  for (const { shape, initialisation } of layout.list) {
    const count = elementCount(shape);
    if (initialisation.kind === 'constant') {
      flat.fill(initialisation.value, at, at + count);
    } else {
      const fanIn = count / (shape.length === 2 ? shape[1] : shape[0]);
      const deviation = Math.sqrt(initialisation.gain / fanIn);
      for (let i = at; i < at + count; i++) flat[i] = deviation * normal();
    }
    at += count;
  }
  return flat;
}
