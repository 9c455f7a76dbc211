/**
 * State dictionaries as `torch.save` wrote them before PyTorch 1.6: five pickles, then the values of every storage. A pickle is
 * a program; this reader runs none of it. It knows the few instructions that a dictionary of tensors needs, builds nothing but
 * tensors from them, and refuses everything else.
 */
import { elementCount, type Shape } from '../graph/shape';
import type { NamedTensor } from './safetensors';

/** First pickle of such a file: 0x1950a86a20f9469cfc6c. */
const MAGIC = '6cfc9c46f9206aa85019';
const MAX_VALUES = 1 << 27;

const ITEM_BYTES = { FloatStorage: 4, LongStorage: 8 } as const;
type StorageKind = keyof typeof ITEM_BYTES;

interface Storage {
  readonly storage: string;
  readonly kind: StorageKind;
  readonly count: number;
}

interface Placed {
  readonly in: Storage;
  readonly offset: number;
  readonly shape: Shape;
  /** Values between neighbours along each axis. */
  readonly strides: readonly number[];
}

interface Global {
  readonly global: string;
}

type Value = null | boolean | number | string | Storage | Placed | Global | Value[] | Map<Value, Value>;

const GLOBALS = [
  'collections OrderedDict',
  'torch._utils _rebuild_tensor_v2',
  'torch FloatStorage',
  'torch LongStorage',
];

class Reader {
  private readonly view: DataView;
  at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(count: number): Uint8Array {
    if (count < 0 || this.at + count > this.bytes.length) throw new Error('it is cut off');
    return this.bytes.subarray(this.at, (this.at += count));
  }

  byte = (): number => this.take(1)[0];
  uint16 = (): number => this.view.getUint16(this.skip(2), true);
  int32 = (): number => this.view.getInt32(this.skip(4), true);
  text = (count: number): string => new TextDecoder('utf-8', { fatal: true }).decode(this.take(count));

  count64(): number {
    const count = Number(this.view.getBigInt64(this.skip(8), true));
    if (!(count >= 0 && count <= MAX_VALUES)) throw new Error('one of its counts is out of range');
    return count;
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0 || end - this.at > 200) throw new Error('it is cut off');
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  floats(count: number): Float32Array {
    const start = this.skip(4 * count);
    return Float32Array.from({ length: count }, (_, i) => this.view.getFloat32(start + 4 * i, true));
  }

  private skip(count: number): number {
    const start = this.at;
    this.take(count);
    return start;
  }
}

/**
 * The float tensors by name; counters (int64) are left out.
 * @throws Error in plain words when the bytes are no such file, or ask for more than tensors
 */
export function readTorchCheckpoint(bytes: Uint8Array): Record<string, NamedTensor> {
  const reader = new Reader(bytes);
  if (unpickle(reader) !== MAGIC) throw new Error('it does not begin like a file of torch.save');
  unpickle(reader); // protocol version
  unpickle(reader); // the writer's system
  const state = unpickle(reader);
  const keys = unpickle(reader);
  if (!(state instanceof Map) || !Array.isArray(keys)) throw new Error('it holds no dictionary of tensors');

  const kinds = new Map([...state.values()].filter(isPlaced).map(({ in: storage }) => [storage.storage, storage]));
  const storages = new Map<string, Float32Array>();
  for (const key of keys) {
    const storage = typeof key === 'string' ? kinds.get(key) : undefined;
    if (storage === undefined) throw new Error('it has values of a tensor that it does not name');
    if (reader.count64() !== storage.count) throw new Error('one of its tensors has another length than it says');
    if (storage.kind === 'FloatStorage') storages.set(storage.storage, reader.floats(storage.count));
    else reader.take(ITEM_BYTES[storage.kind] * storage.count);
  }

  const tensors: [string, NamedTensor][] = [];
  for (const [name, tensor] of state) {
    if (typeof name !== 'string' || !isPlaced(tensor)) throw new Error('it holds something else than named tensors');
    if (tensor.in.kind !== 'FloatStorage') continue;
    const storage = storages.get(tensor.in.storage);
    if (storage === undefined) throw new Error(`the values of "${name}" are missing`);
    tensors.push([name, { shape: tensor.shape, values: gathered(tensor, storage) }]);
  }
  return Object.fromEntries(tensors);
}

const isPlaced = (value: Value): value is Placed =>
  value !== null && typeof value === 'object' && 'in' in value && 'shape' in value;

/** The tensor's values in row-major order, whatever their order in the storage. */
function gathered({ offset, shape, strides }: Placed, storage: Float32Array): Float32Array {
  const last = shape.reduce((at, size, axis) => at + (size - 1) * strides[axis], offset);
  const count = elementCount(shape);
  if (count > storage.length || last >= storage.length) throw new Error('it has a tensor beyond its values');
  const values = new Float32Array(count);
  const place = shape.map(() => 0);
  for (let i = 0, at = offset; i < count; i++) {
    values[i] = storage[at];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis];
      if (++place[axis] < shape[axis]) break;
      at -= shape[axis] * strides[axis];
      place[axis] = 0;
    }
  }
  return values;
}

/** Runs one pickle (protocol 2) on a stack of values. */
function unpickle(reader: Reader): Value {
  const stack: Value[] = [];
  const marks: number[] = [];
  const memo = new Map<number, Value>();
  const pop = (): Value => {
    const value = stack.pop();
    if (value === undefined) throw new Error('its instructions do not fit together');
    return value;
  };
  const sinceMark = (): Value[] => {
    const mark = marks.pop();
    if (mark === undefined || mark > stack.length) throw new Error('its instructions do not fit together');
    return stack.splice(mark);
  };
  const top = (): Value => stack[stack.length - 1] ?? null;
  const dictionary = (): Map<Value, Value> => {
    const under = top();
    if (!(under instanceof Map)) throw new Error('its instructions do not fit together');
    return under;
  };
  const recall = (index: number): void => {
    const value = memo.get(index);
    if (value === undefined) throw new Error('its instructions do not fit together');
    stack.push(value);
  };

  for (;;) {
    const code = String.fromCharCode(reader.byte());
    switch (code) {
      case '\x80': // PROTO
        if (reader.byte() !== 2) throw new Error('it is of another version of pickle');
        break;
      case '.': // STOP
        return pop();
      case '\x8a': // LONG1, only the magic number
        stack.push(Buffer.from(reader.take(reader.byte())).toString('hex'));
        break;
      case 'K':
        stack.push(reader.byte());
        break;
      case 'M':
        stack.push(reader.uint16());
        break;
      case 'J':
        stack.push(reader.int32());
        break;
      case '\x88':
      case '\x89':
        stack.push(code === '\x88');
        break;
      case 'N':
        stack.push(null);
        break;
      case 'X': // BINUNICODE
        stack.push(reader.text(reader.int32()));
        break;
      case '}':
        stack.push(new Map());
        break;
      case ']':
      case ')':
        stack.push([]);
        break;
      case '(':
        marks.push(stack.length);
        break;
      case 't':
        stack.push(sinceMark());
        break;
      case '\x85':
        stack.push([pop()]);
        break;
      case '\x86': {
        const second = pop();
        stack.push([pop(), second]);
        break;
      }
      case 'e': {
        const items = sinceMark();
        const list = top();
        if (!Array.isArray(list)) throw new Error('its instructions do not fit together');
        list.push(...items);
        break;
      }
      case 's': {
        const value = pop();
        const key = pop();
        dictionary().set(key, value);
        break;
      }
      case 'u': {
        const items = sinceMark();
        const into = dictionary();
        for (let i = 0; i + 1 < items.length; i += 2) into.set(items[i], items[i + 1]);
        break;
      }
      case 'q':
        memo.set(reader.byte(), top());
        break;
      case 'r':
        memo.set(reader.int32(), top());
        break;
      case 'h':
        recall(reader.byte());
        break;
      case 'j':
        recall(reader.int32());
        break;
      case 'c': {
        const name = `${reader.line()} ${reader.line()}`;
        if (!GLOBALS.includes(name)) throw new Error(`it asks for ${name}, which is no part of a tensor`);
        stack.push({ global: name });
        break;
      }
      case 'Q': // BINPERSID
        stack.push(storageOf(pop()));
        break;
      case 'R': {
        const operands = pop();
        stack.push(reduce(pop(), operands));
        break;
      }
      case 'b': // BUILD: the dictionary's own notes on versions
        pop();
        break;
      default:
        throw new Error('it has instructions that no dictionary of tensors needs');
    }
  }
}

function storageOf(value: Value): Storage {
  const [word, type, key, , count] = Array.isArray(value) ? value : [];
  const kind = isGlobal(type) ? type.global.replace('torch ', '') : '';
  if (word !== 'storage' || typeof key !== 'string' || typeof count !== 'number' || !(kind in ITEM_BYTES))
    throw new Error('it has values of an unknown kind');
  if (count < 0 || count > MAX_VALUES) throw new Error('one of its counts is out of range');
  return { storage: key, kind: kind as StorageKind, count };
}

const isGlobal = (value: Value | undefined): value is Global =>
  value !== null && typeof value === 'object' && 'global' in value;

function reduce(callee: Value, operands: Value): Value {
  if (!isGlobal(callee) || !Array.isArray(operands)) throw new Error('its instructions do not fit together');
  if (callee.global === 'collections OrderedDict' && operands.length === 0) return new Map();
  if (callee.global !== 'torch._utils _rebuild_tensor_v2') throw new Error('it builds something else than tensors');
  const [storage, offset, shape, stride] = operands;
  const sizes = wholes(shape);
  if (
    storage === null ||
    typeof storage !== 'object' ||
    !('storage' in storage) ||
    typeof offset !== 'number' ||
    offset < 0
  )
    throw new Error('it has a tensor without values');
  const strides = wholes(stride);
  if (strides.length !== sizes.length) throw new Error('it has a tensor without a shape');
  return { in: storage, offset, shape: sizes, strides };
}

function wholes(value: Value | undefined): number[] {
  if (!Array.isArray(value)) throw new Error('it has a tensor without a shape');
  return value.map((size) => {
    if (typeof size !== 'number' || size < 0 || size > MAX_VALUES) throw new Error('it has a tensor without a shape');
    return size;
  });
}
