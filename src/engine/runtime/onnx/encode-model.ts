/** Writing ONNX files. */
import { modelProto } from './onnx-proto';

const model = modelProto();

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
