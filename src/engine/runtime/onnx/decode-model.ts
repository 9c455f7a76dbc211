/** Reading ONNX files: what tells what a model made elsewhere wants, and whether it is safe to load. */
import { modelProto } from './onnx-proto';

/** Nobody asks for these, and a hostile file may hold any number of them; `raw_data` costs nothing, being a view. */
const modelType = modelProto({
  NodeProto: ['input', 'output', 'name'],
  AttributeProto: ['f', 'i', 's', 'floats', 'ints', 'type'],
  GraphProto: ['name'],
});

export interface RawTensor {
  readonly dims: readonly number[];
  readonly data_type: number;
  readonly name: string;
  readonly raw_data: Uint8Array;
  readonly external_data: readonly unknown[];
  readonly data_location: number;
}

export interface RawSparseTensor {
  readonly values: RawTensor | null;
  readonly indices: RawTensor | null;
  readonly dims: readonly number[];
}

export interface RawNode {
  readonly op_type: string;
  readonly domain: string;
  readonly attribute: readonly {
    readonly t: RawTensor | null;
    readonly g: RawGraph | null;
    readonly tensors: readonly RawTensor[];
    readonly graphs: readonly RawGraph[];
    readonly sparse_tensor: RawSparseTensor | null;
    readonly sparse_tensors: readonly RawSparseTensor[];
  }[];
}

export interface RawDimension {
  readonly value?: 'dim_value' | 'dim_param';
  readonly dim_value: number;
  readonly dim_param: string;
}

export interface RawValue {
  readonly name: string;
  /** null for what is no tensor: a sequence, a map. */
  readonly type: {
    readonly tensor_type: {
      readonly elem_type: number;
      readonly shape: { readonly dim: readonly RawDimension[] } | null;
    } | null;
  } | null;
}

export interface RawGraph {
  readonly node: readonly RawNode[];
  readonly initializer: readonly RawTensor[];
  readonly sparse_initializer: readonly RawSparseTensor[];
  readonly input: readonly RawValue[];
  readonly output: readonly RawValue[];
}

export interface RawModel {
  readonly ir_version: number;
  readonly producer_name: string;
  readonly graph: RawGraph | null;
  readonly opset_import: readonly { readonly domain: string; readonly version: number }[];
  readonly metadata_props: readonly { readonly key: string; readonly value: string }[];
  readonly functions: readonly { readonly name: string; readonly domain: string; readonly node: readonly RawNode[] }[];
}

/**
 * Every field is there, of the type the schema gives it, whatever the bytes say: protobufjs sees to that.
 * @throws Error when the bytes are no protobuf of this kind, are cut off, or nest too deeply
 */
export function decodeModel(bytes: Uint8Array): RawModel {
  const message = modelType.decode(bytes);
  return modelType.toObject(message, { longs: Number, defaults: true, arrays: true, oneofs: true }) as RawModel;
}
