/** Sessions of ONNX files that this program did not write: their tensors as they are, whatever they hold. */
import { InferenceSession, Tensor } from './onnxruntime';

/** Values of a model's input or output, as it wants them. `float16` are the bits of half-precision numbers. */
export interface TensorData {
  readonly element: 'float32' | 'float16' | 'uint8';
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint16Array | Uint8Array;
}

export interface FileSession {
  /**
   * @param output name of the only one that is computed
   * @returns its values; the name of its element type where that is none of `TensorData`; null where there is no such output
   * @throws Error in ONNX Runtime's words
   */
  run(feeds: Readonly<Record<string, TensorData>>, output: string): Promise<TensorData | string | null>;
  release(): Promise<void>;
}

/** @param model bytes of the file @throws Error in ONNX Runtime's words */
export async function openFileSession(model: Uint8Array, provider: string): Promise<FileSession> {
  const session = await InferenceSession.create(model, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    enableCpuMemArena: false,
    logSeverityLevel: 4,
    extra: { session: { set_denormal_as_zero: '1' } },
  });
  return {
    run: async (feeds, output) => {
      const tensors = Object.fromEntries(Object.entries(feeds).map(([name, given]) => [name, toTensor(given)]));
      const results = await session.run(tensors, [output]);
      const value = results[output];
      return value === undefined ? null : fromTensor(value);
    },
    release: () => session.release(),
  };
}

function toTensor({ element, data, shape }: TensorData): Tensor {
  // The three element types have one constructor with three signatures.
  if (element === 'float32') return new Tensor('float32', data as Float32Array, shape);
  if (element === 'uint8') return new Tensor('uint8', data as Uint8Array, shape);
  return new Tensor('float16', data as Uint16Array, shape);
}

function fromTensor({ type, data, dims }: Tensor): TensorData | string {
  if (type === 'float32' && data instanceof Float32Array) return { element: type, data, shape: dims };
  if (type === 'uint8' && data instanceof Uint8Array) return { element: type, data, shape: dims };
  // Half floats come as numbers of their own kind where the language has one: their bits are wanted.
  if (type === 'float16' && ArrayBuffer.isView(data))
    return { element: type, data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2), shape: dims };
  return type;
}
