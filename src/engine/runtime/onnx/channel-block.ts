import { InferenceSession, Tensor } from './onnxruntime';
import { ModelBuilder, NCHWC } from './builder';
import { encodeModel } from './encode-model';

let found: Promise<number | null> | null = null;

/**
 * How many channels ONNX Runtime's direct convolutions take together on this processor (16 with AVX-512, 8 with AVX2); null
 * where it has none.
 */
export function channelBlock(): Promise<number | null> {
  found ??= measure().catch(() => null);
  return found;
}

/** Four channels are filled up to one block. */
async function measure(): Promise<number | null> {
  const builder = new ModelBuilder();
  builder.op('ReorderInput', ['x'], {}, { output: 'y', domain: NCHWC });
  const model = encodeModel({
    nodes: builder.nodes,
    initializers: [],
    inputs: [{ name: 'x', shape: [1, 4, 1, 1] }],
    outputs: [{ name: 'y', shape: [1, 'channels', 1, 1] }],
  });
  const session = await InferenceSession.create(model, { logSeverityLevel: 4 });
  try {
    const { y } = await session.run({ x: new Tensor('float32', new Float32Array(4), [1, 4, 1, 1]) });
    return y.dims[1] >= 8 ? y.dims[1] : null;
  } finally {
    await session.release();
  }
}
