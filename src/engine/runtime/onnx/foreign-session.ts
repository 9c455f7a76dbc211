/** Sessions of foreign ONNX files, in the inference process. */
import { createHash } from 'node:crypto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readForeign, refused, summarise } from './foreign-model';
import type { TensorData } from './inference-protocol';

/** Models kept loaded, as long as their files together have at most so many bytes. */
const MAX_KEPT = 2;
const MAX_KEPT_BYTES = 512 * 1024 * 1024;

export interface ForeignRun {
  readonly provider: string;
  readonly file: string;
  /** Of the file, as it was imported. */
  readonly sha256: string;
  readonly feeds: Readonly<Record<string, TensorData>>;
  readonly output: string;
}

interface Loaded {
  readonly session: InferenceSession;
  readonly bytes: number;
}

/** By provider, file and checksum; the least recently used goes first. */
const loaded = new Map<string, Loaded>();

/**
 * Loads the file when it is not loaded yet: checked against its checksum and for safety each time, since files change.
 * @throws StudioError `model-broken`
 */
export async function runForeign({ provider, file, sha256, feeds, output }: ForeignRun): Promise<TensorData> {
  const session = await sessionOf(provider, file, sha256);
  const tensors = Object.fromEntries(
    Object.entries(feeds).map(([name, { element, data, shape }]) => [name, toTensor(element, data, shape)]),
  );
  const results = await session.run(tensors, [output]).catch((cause: unknown) => {
    if (isAllocation(cause)) throw cause;
    throw refused(file, `ONNX Runtime cannot run it (${plainly(cause)})`, cause);
  });
  const value = results[output];
  if (value === undefined) throw refused(file, `it has no output "${output}"`);
  return fromTensor(file, value);
}

async function sessionOf(provider: string, file: string, sha256: string): Promise<InferenceSession> {
  const key = [provider, file, sha256].join('|');
  const known = loaded.get(key);
  if (known !== undefined) {
    loaded.delete(key);
    loaded.set(key, known);
    return known.session;
  }
  const bytes = await readForeign(file);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw refused(file, 'it is not the file that was imported: its checksum differs');
  summarise(file, bytes);
  await makeRoom(bytes.length);
  const session = await InferenceSession.create(bytes, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    enableCpuMemArena: false,
    logSeverityLevel: 4,
    extra: { session: { set_denormal_as_zero: '1' } },
  }).catch((cause: unknown) => {
    if (isAllocation(cause)) throw cause;
    throw refused(file, `ONNX Runtime cannot load it (${plainly(cause)})`, cause);
  });
  loaded.set(key, { session, bytes: bytes.length });
  return session;
}

async function makeRoom(bytes: number): Promise<void> {
  const total = () => [...loaded.values()].reduce((sum, model) => sum + model.bytes, bytes);
  for (const [key, { session }] of [...loaded]) {
    if (loaded.size < MAX_KEPT && total() <= MAX_KEPT_BYTES) return;
    loaded.delete(key);
    await session.release();
  }
}

function toTensor(element: TensorData['element'], data: TensorData['data'], shape: readonly number[]): Tensor {
  // The three element types have one constructor with three signatures.
  if (element === 'float32') return new Tensor('float32', data as Float32Array, shape);
  if (element === 'uint8') return new Tensor('uint8', data as Uint8Array, shape);
  return new Tensor('float16', data as Uint16Array, shape);
}

function fromTensor(file: string, { type, data, dims }: Tensor): TensorData {
  if (type === 'float32' && data instanceof Float32Array) return { element: type, data, shape: dims };
  if (type === 'uint8' && data instanceof Uint8Array) return { element: type, data, shape: dims };
  // Half floats come as numbers of their own kind where the language has one: their bits are wanted.
  if (type === 'float16' && ArrayBuffer.isView(data))
    return { element: type, data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2), shape: dims };
  throw refused(file, `its output is of the type ${type}`);
}

function isAllocation(thrown: unknown): boolean {
  return thrown instanceof Error && /bad_alloc|failed to allocate|out of memory/i.test(thrown.message);
}

/** ONNX Runtime's own words, without the source files they name. */
function plainly(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message
    .replaceAll(/\S*onnxruntime[\\/]\S+\s*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
