import type { AnyNode, GraphNode, OpAttributes, OpKind } from './node';
import { elementCount, formatShape, type Shape } from './shape';

/** A value of a graph: the output of one node. Made and combined by the functions of ops.ts. */
export class Tensor {
  constructor(
    readonly graph: Graph,
    readonly id: number,
    readonly shape: Shape,
  ) {}

  get elementCount(): number {
    return elementCount(this.shape);
  }
}

/** A shape that does not fit: a fault in the code that builds a network, never in a user's file. */
export class GraphShapeError extends Error {
  constructor(op: string, scope: string, shapes: readonly Shape[], expectation: string) {
    const where = scope === '' ? '' : ` in ${scope}`;
    super(
      `${op}${where}: ${expectation}; got ${shapes.map(formatShape).join(' and ') || 'nothing'}, made at ${callSite()}`,
    );
    this.name = 'GraphShapeError';
  }
}

/** @throws GraphShapeError when the operands of `op` don't fit */
export function check(condition: boolean, op: string, operands: readonly Tensor[], expectation: string): void {
  if (condition) return;
  throw new GraphShapeError(
    op,
    operands[0]?.graph.scope ?? '',
    operands.map((t) => t.shape),
    expectation,
  );
}

/**
 * A static-shape tensor graph. Nodes are only ever appended; equal operations on equal inputs are made once
 * (hash-consing), so the gradient code may ask for the same value again without cost.
 */
export class Graph {
  readonly nodes: AnyNode[] = [];
  private readonly known = new Map<string, number>();
  private readonly inputNames = new Map<string, number>();
  private readonly outputIds = new Map<string, number>();
  private readonly scopes: string[] = [];

  /** Name of the part of the network being built. */
  get scope(): string {
    return this.scopes.join('/');
  }

  /** Builds with a name pushed onto the scope. */
  within<T>(name: string, build: () => T): T {
    this.scopes.push(name);
    try {
      return build();
    } finally {
      this.scopes.pop();
    }
  }

  /** A value fed at run time. */
  input(name: string, shape: Shape): Tensor {
    if (this.inputNames.has(name)) throw new Error(`the graph has an input "${name}" already`);
    const tensor = this.append('input', [], { name }, shape);
    this.inputNames.set(name, tensor.id);
    return tensor;
  }

  constant(shape: Shape, values: readonly number[]): Tensor {
    const count = elementCount(shape);
    if (values.length !== 1 && values.length !== count) {
      throw new GraphShapeError('constant', this.scope, [shape], `${count} values or one, not ${values.length}`);
    }
    return this.append('constant', [], { values }, shape);
  }

  scalar(value: number): Tensor {
    return this.constant([], [value]);
  }

  /** Declares a result under a name. */
  output(name: string, tensor: Tensor): void {
    if (this.outputIds.has(name)) throw new Error(`the graph has an output "${name}" already`);
    this.outputIds.set(name, tensor.id);
  }

  get inputs(): ReadonlyMap<string, number> {
    return this.inputNames;
  }

  get outputs(): ReadonlyMap<string, number> {
    return this.outputIds;
  }

  node(id: number): AnyNode {
    const node = this.nodes[id];
    if (node === undefined) throw new RangeError(`the graph has no node ${id}`);
    return node;
  }

  tensor(id: number): Tensor {
    return new Tensor(this, id, this.node(id).shape);
  }

  inputTensor(name: string): Tensor {
    const id = this.inputNames.get(name);
    if (id === undefined) throw new Error(`the graph has no input "${name}"`);
    return this.tensor(id);
  }

  /** Appends a node whose shape has been worked out by ops.ts. Use the functions there. */
  append<K extends OpKind>(op: K, inputs: readonly Tensor[], attributes: OpAttributes[K], shape: Shape): Tensor {
    for (const tensor of inputs) {
      if (tensor.graph !== this) throw new Error(`${op}: an operand belongs to another graph`);
    }
    if (shape.some((size) => !Number.isInteger(size) || size < 1)) {
      throw new GraphShapeError(
        op,
        this.scope,
        inputs.map((t) => t.shape),
        `every axis must be at least 1, not ${formatShape(shape)}`,
      );
    }
    const key = `${op}(${inputs.map((t) => t.id).join()})${JSON.stringify(attributes, onlyFinite)}${shape.join()}`;
    const existing = this.known.get(key);
    if (existing !== undefined) return new Tensor(this, existing, this.node(existing).shape);
    const node: GraphNode<K> = {
      id: this.nodes.length,
      op,
      inputs: inputs.map((t) => t.id),
      attributes,
      shape,
      scope: this.scope,
    };
    // A GraphNode<K> is one of the union's members; the compiler cannot see it while K is open.
    this.nodes.push(node as unknown as AnyNode);
    this.known.set(key, node.id);
    return new Tensor(this, node.id, shape);
  }

  /** Nodes that some nodes (the outputs when left out) depend on, in order. Inputs that nothing needs are left out. */
  reachable(from: Iterable<number> = this.outputIds.values()): AnyNode[] {
    const needed = new Set<number>(from);
    for (let id = this.nodes.length - 1; id >= 0; id--) {
      if (needed.has(id)) for (const input of this.node(id).inputs) needed.add(input);
    }
    return this.nodes.filter((node) => needed.has(node.id));
  }
}

/** JSON writes NaN and infinities alike, as null: they would be taken for one another here and lost in a file. */
function onlyFinite(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`a graph holds finite numbers only, not ${value}`);
  return value;
}

/** The first stack frame outside this folder: the line of network code that made a node. */
function callSite(): string {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  Error.stackTraceLimit = usual;
  const inside = /[\\/]engine[\\/]graph[\\/][\w-]+\.[jt]s:|<anonymous>\)?$|\(native/;
  return (frames.find((frame) => !inside.test(frame)) ?? 'an unknown place').trim().replace(/^at /, '');
}
