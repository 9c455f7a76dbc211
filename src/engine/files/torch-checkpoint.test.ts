import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTorchCheckpoint } from './torch-checkpoint';

const text = (value: string): number[] => {
  const bytes = [...Buffer.from(value)];
  return [0x58, bytes.length, 0, 0, 0, ...bytes];
};
const line = (value: string): number[] => [...Buffer.from(`${value}\n`)];
const global = (module: string, name: string): number[] => [0x63, ...line(module), ...line(name)];
const pickle = (...instructions: number[]): number[] => [0x80, 2, ...instructions, 0x2e];
const MAGIC = pickle(0x8a, 10, ...Buffer.from('6cfc9c46f9206aa85019', 'hex'));
const [MARK, TUPLE, REDUCE, EMPTY_TUPLE, SETITEM, NONE, FALSE] = [0x28, 0x74, 0x52, 0x29, 0x73, 0x4e, 0x89];
const PERSISTENT = 0x51;

/** One tensor called "kernels" of shape [2, 3], as torch.save wrote it before PyTorch 1.6. */
function saved({ call = global('torch._utils', '_rebuild_tensor_v2'), strides = [3, 1], count = 6 } = {}): Uint8Array {
  const storage = [
    MARK,
    ...text('storage'),
    ...global('torch', 'FloatStorage'),
    ...text('a'),
    ...text('cpu'),
    ...[0x4b, count, NONE, TUPLE, PERSISTENT],
  ];
  const tensor = [
    ...call,
    MARK,
    ...storage,
    ...[0x4b, 0, MARK, 0x4b, 2, 0x4b, 3, TUPLE, MARK, ...strides.flatMap((n) => [0x4b, n]), TUPLE, FALSE],
    ...global('collections', 'OrderedDict'),
    ...[EMPTY_TUPLE, REDUCE, TUPLE, REDUCE],
  ];
  const state = pickle(
    ...global('collections', 'OrderedDict'),
    ...[EMPTY_TUPLE, REDUCE],
    ...text('kernels'),
    ...tensor,
    SETITEM,
  );
  const keys = pickle(0x5d, MARK, ...text('a'), 0x65);
  const values = Buffer.alloc(8 + 24);
  values.writeBigInt64LE(6n);
  [1, -2, 3, 0.5, 5, 6].forEach((value, i) => values.writeFloatLE(value, 8 + 4 * i));
  return Uint8Array.from([...MAGIC, ...pickle(0x4d, 0xe9, 0x03), ...pickle(0x7d), ...state, ...keys, ...values]);
}

describe('reading what torch.save wrote', () => {
  it('finds the tensors with their shapes', () => {
    const { kernels } = readTorchCheckpoint(saved());
    expect(kernels?.shape).toEqual([2, 3]);
    expect([...(kernels?.values ?? [])]).toEqual([1, -2, 3, 0.5, 5, 6]);
  });

  it('calls nothing that is no part of a tensor', () => {
    expect(() => readTorchCheckpoint(saved({ call: global('os', 'system') }))).toThrow('it asks for os system');
  });

  it('puts transposed values into the order of the axes', () => {
    const { kernels } = readTorchCheckpoint(saved({ strides: [1, 2] }));
    expect([...(kernels?.values ?? [])]).toEqual([1, 3, 5, -2, 0.5, 6]);
  });

  it('refuses strides that lead beyond the values, and counts that do not agree', () => {
    expect(() => readTorchCheckpoint(saved({ strides: [4, 1] }))).toThrow('beyond its values');
    expect(() => readTorchCheckpoint(saved({ strides: [3] }))).toThrow('without a shape');
    expect(() => readTorchCheckpoint(saved({ count: 7 }))).toThrow('another length');
  });

  it('refuses a file that is cut off anywhere', () => {
    const whole = saved();
    for (let length = 0; length < whole.length; length++) {
      expect(() => readTorchCheckpoint(whole.subarray(0, length))).toThrow();
    }
  });

  it('ends with tensors or a plain error, whatever byte is damaged', () => {
    fc.assert(
      fc.property(fc.nat(saved().length - 1), fc.integer({ min: 0, max: 255 }), (place, byte) => {
        const damaged = saved();
        damaged[place] = byte;
        try {
          expect(Object.keys(readTorchCheckpoint(damaged)).length).toBeLessThan(2);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Error);
          expect((thrown as Error).message).not.toMatch(/undefined|not a function|not iterable/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
