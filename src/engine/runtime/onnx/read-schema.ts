import protobuf from 'protobufjs';

/**
 * The part of onnx.proto (ONNX IR version 10) that tells what a foreign model wants and whether it is safe to load. Values
 * of tensors are left out, except `raw_data`, which costs nothing (a view): unknown fields are skipped by length.
 */
const FOREIGN_PROTO = `
syntax = "proto3";
package onnx;
message StringStringEntryProto { string key = 1; string value = 2; }
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message TensorProto {
  repeated int64 dims = 1;
  int32 data_type = 2;
  string name = 8;
  bytes raw_data = 9;
  repeated StringStringEntryProto external_data = 13;
  int32 data_location = 14;
}
message SparseTensorProto { TensorProto values = 1; TensorProto indices = 2; repeated int64 dims = 3; }
message AttributeProto {
  string name = 1;
  TensorProto t = 5;
  GraphProto g = 6;
  repeated TensorProto tensors = 10;
  repeated GraphProto graphs = 11;
  SparseTensorProto sparse_tensor = 22;
  repeated SparseTensorProto sparse_tensors = 23;
}
message NodeProto { string op_type = 4; repeated AttributeProto attribute = 5; string domain = 7; }
message TensorShapeProto {
  message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
  repeated Dimension dim = 1;
}
message TypeProto {
  message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; }
  Tensor tensor_type = 1;
}
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message GraphProto {
  repeated NodeProto node = 1;
  string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
  repeated SparseTensorProto sparse_initializer = 15;
}
message FunctionProto { string name = 1; repeated NodeProto node = 7; string domain = 10; }
message ModelProto {
  int64 ir_version = 1;
  string producer_name = 2;
  GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8;
  repeated StringStringEntryProto metadata_props = 14;
  repeated FunctionProto functions = 25;
}
`;

const modelType = protobuf.parse(FOREIGN_PROTO, { keepCase: true }).root.lookupType('onnx.ModelProto');

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
export function decodeForeign(bytes: Uint8Array): RawModel {
  const message = modelType.decode(bytes);
  return modelType.toObject(message, { longs: Number, defaults: true, arrays: true, oneofs: true }) as RawModel;
}
