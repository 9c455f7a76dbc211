import { refused } from './onnx-refusals';
import type { RawGraph, RawModel, RawNode, RawSparseTensor, RawTensor } from '../runtime/onnx/decode-model';

/** Operator sets that ONNX Runtime brings along. Anything else would need a library of its author's. */
const BUNDLED_DOMAINS = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft']);
/** Operators of those sets that load files, libraries or Python. */
const FORBIDDEN = new Set([
  'EPContext',
  'PythonOp',
  'PythonOpGrad',
  'ATen',
  'ExternalOp',
  'SNPE',
  'Snpe',
  'QnnContext',
]);
/** The opset of ONNX Runtime 1.30 is lower; beyond this the number is nonsense. */
const MAX_OPSET = 40;
const MIN_OPSET = 7;
const MAX_NODES = 200_000;
/** Numbers in all weights together: more than fit the largest file that is read. */
const MAX_PARAMETERS = 1e9;
const MAX_RANK = 16;
/** For constants without a name of their own. */
const UNNAMED = '?';

/** Bytes of an element where it is stored raw; 0 where that varies. */
const ELEMENT_BYTES: Readonly<Record<number, number>> = {
  1: 4,
  2: 1,
  3: 1,
  4: 2,
  5: 2,
  6: 4,
  7: 8,
  9: 1,
  10: 2,
  11: 8,
  12: 4,
  13: 8,
  16: 2,
};
const EXTERNAL = 1;

/**
 * Walks through everything that a model would make a runtime do or load, nested graphs and functions included.
 * @param file for errors
 * @returns how many numbers its weights have
 */
export function checkSafety(model: RawModel, file: string): number {
  const opset = model.opset_import.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  if (opset === undefined) throw refused(file, 'onnx-no-opset', {});
  if (!(opset.version >= MIN_OPSET && opset.version <= MAX_OPSET))
    throw refused(file, 'onnx-opset', { version: opset.version, least: MIN_OPSET, most: MAX_OPSET });
  return new Walk(model, file).weights;
}

class Walk {
  /** Numbers in all weights seen. */
  weights = 0;
  private nodes = 0;
  /** Domains whose operators the model itself defines. */
  private readonly own: ReadonlySet<string>;

  constructor(
    model: RawModel,
    private readonly file: string,
  ) {
    this.own = new Set(model.functions.map(({ domain, name }) => `${domain}:${name}`));
    if (model.graph) this.graph(model.graph);
    for (const { node } of model.functions) node.forEach((each) => this.node(each));
  }

  private graph(graph: RawGraph): void {
    graph.initializer.forEach((tensor) => this.tensor(tensor));
    graph.sparse_initializer.forEach((tensor) => this.sparse(tensor));
    graph.node.forEach((node) => this.node(node));
  }

  private node({ op_type: type, domain, attribute }: RawNode): void {
    this.nodes++;
    if (this.nodes > MAX_NODES) throw refused(this.file, 'onnx-operations', { most: MAX_NODES });
    if (!BUNDLED_DOMAINS.has(domain) && !this.own.has(`${domain}:${type}`))
      throw refused(this.file, 'onnx-foreign-operator', { operator: type, domain });
    if (FORBIDDEN.has(type)) throw refused(this.file, 'onnx-forbidden-operator', { operator: type });
    for (const { t, g, tensors, graphs, sparse_tensor, sparse_tensors } of attribute) {
      for (const tensor of t === null ? tensors : [t, ...tensors]) this.tensor(tensor);
      for (const tensor of sparse_tensor === null ? sparse_tensors : [sparse_tensor, ...sparse_tensors])
        this.sparse(tensor);
      for (const graph of g === null ? graphs : [g, ...graphs]) this.graph(graph);
    }
  }

  private sparse({ values, indices, dims }: RawSparseTensor): void {
    this.count(UNNAMED, dims);
    if (values) this.tensor(values);
    if (indices) this.tensor(indices);
  }

  private tensor({ name, dims, data_type, raw_data, external_data, data_location }: RawTensor): void {
    const called = name === '' ? UNNAMED : name.slice(0, 80);
    if (data_location === EXTERNAL || external_data.length > 0)
      throw refused(this.file, 'onnx-external', { tensor: called });
    const count = this.count(called, dims);
    const size = ELEMENT_BYTES[data_type] ?? 0;
    if (raw_data.length > 0 && size > 0 && raw_data.length !== count * size)
      throw refused(this.file, 'onnx-bytes', { tensor: called, bytes: raw_data.length, wanted: count * size });
    this.weights += count;
    if (this.weights > MAX_PARAMETERS) throw refused(this.file, 'onnx-parameters', {});
  }

  private count(called: string, dims: readonly number[]): number {
    const product = dims.reduce((all, size) => all * size, 1);
    const sound = dims.length <= MAX_RANK && dims.every((size) => Number.isSafeInteger(size) && size >= 0);
    if (!sound || product > MAX_PARAMETERS)
      throw refused(this.file, 'onnx-absurd-shape', { tensor: called, shape: dims.slice(0, MAX_RANK).join(' x ') });
    return product;
  }
}
