import protobuf from 'protobufjs';

/** The part of onnx.proto (ONNX IR version 8) that a model made here uses; field numbers are ONNX's own. */
const ONNX_PROTO = `
syntax = "proto3";
package onnx;
message AttributeProto {
  enum AttributeType { UNDEFINED = 0; FLOAT = 1; INT = 2; STRING = 3; FLOATS = 6; INTS = 7; }
  string name = 1;
  float f = 2;
  int64 i = 3;
  bytes s = 4;
  repeated float floats = 7;
  repeated int64 ints = 8;
  AttributeType type = 20;
}
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  string name = 3;
  string op_type = 4;
  repeated AttributeProto attribute = 5;
  string domain = 7;
}
message StringStringEntryProto { string key = 1; string value = 2; }
message ModelProto {
  int64 ir_version = 1;
  string producer_name = 2;
  string producer_version = 3;
  GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8;
  repeated StringStringEntryProto metadata_props = 14;
}
message GraphProto {
  repeated NodeProto node = 1;
  string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
}
message TensorProto {
  repeated int64 dims = 1;
  int32 data_type = 2;
  string name = 8;
  bytes raw_data = 9;
}
message TensorShapeProto {
  message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
  repeated Dimension dim = 1;
}
message TypeProto {
  message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; }
  Tensor tensor_type = 1;
}
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
`;

const model = protobuf.parse(ONNX_PROTO, { keepCase: true }).root.lookupType('onnx.ModelProto');

/** ONNX element types. */
export const FLOAT = 1;
export const INT64 = 7;

export type Attribute =
  | { readonly name: string; readonly type: 1; readonly f: number }
  | { readonly name: string; readonly type: 2; readonly i: number }
  | { readonly name: string; readonly type: 3; readonly s: Uint8Array }
  | { readonly name: string; readonly type: 7; readonly ints: readonly number[] };

export interface OnnxNode {
  readonly name: string;
  readonly op_type: string;
  /** Of the operator; ONNX's own when left out. */
  readonly domain?: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly Attribute[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data_type: typeof FLOAT | typeof INT64;
  readonly raw_data: Uint8Array;
}

export interface OnnxValue {
  readonly name: string;
  /** A name in place of a size leaves that to the caller. */
  readonly shape: readonly (number | string)[];
  /** ONNX element type; float32 when left out. */
  readonly element?: number;
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Opset of every model written here. */
export const OPSET = 17;

/** The bytes of an .onnx file. */
export function encodeModel(parts: OnnxModel): Uint8Array {
  const size = (side: number | string) => (typeof side === 'number' ? { dim_value: side } : { dim_param: side });
  const value = ({ name, shape, element = FLOAT }: OnnxValue) => ({
    name,
    type: { tensor_type: { elem_type: element, shape: { dim: shape.map(size) } } },
  });
  const others = [...new Set(parts.nodes.map(({ domain }) => domain).filter((domain) => domain !== undefined))];
  return model
    .encode({
      ir_version: 8,
      producer_name: 'Inpaint Studio',
      graph: {
        name: 'inpaint-studio',
        node: parts.nodes,
        initializer: parts.initializers,
        input: parts.inputs.map(value),
        output: parts.outputs.map(value),
      },
      opset_import: [{ domain: '', version: OPSET }, ...others.map((domain) => ({ domain, version: 1 }))],
      metadata_props: Object.entries(parts.metadata ?? {}).map(([key, text]) => ({ key, value: text })),
    })
    .finish();
}
