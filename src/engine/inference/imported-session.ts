/** Sessions of imported ONNX files, in the inference process. */
import { type FileSession, openFileSession, type TensorData } from '../runtime/onnx/file-session';
import { sha256 } from '../files/sha256';
import { readImported, summarise } from './imported-model';
import { refused } from './onnx-refusals';

/** Models kept loaded, as long as their files together have at most so many bytes. */
const MAX_KEPT = 2;
const MAX_KEPT_BYTES = 512 * 1024 * 1024;

export interface ImportedRun {
  readonly provider: string;
  readonly file: string;
  /** Of the file, as it was imported. */
  readonly sha256: string;
  readonly feeds: Readonly<Record<string, TensorData>>;
  readonly output: string;
}

interface Loaded {
  readonly session: FileSession;
  readonly bytes: number;
}

/** By provider, file and checksum; the least recently used goes first. */
const loaded = new Map<string, Loaded>();

/**
 * Loads the file when it is not loaded yet: checked against its checksum and for safety each time, since files change.
 * @throws StudioError `model-broken`
 */
export async function runImported({ provider, file, sha256, feeds, output }: ImportedRun): Promise<TensorData> {
  const session = await sessionOf(provider, file, sha256);
  const value = await session.run(feeds, output).catch((cause: unknown) => {
    if (isAllocation(cause)) throw cause;
    throw refused(file, 'onnx-not-run', { why: plainly(cause) }, cause);
  });
  if (value === null) throw refused(file, 'onnx-lacks-output', { output });
  if (typeof value === 'string') throw refused(file, 'onnx-output-type', { type: value });
  return value;
}

async function sessionOf(provider: string, file: string, expected: string): Promise<FileSession> {
  const key = [provider, file, expected].join('|');
  const known = loaded.get(key);
  if (known !== undefined) {
    loaded.delete(key);
    loaded.set(key, known);
    return known.session;
  }
  const bytes = await readImported(file);
  if (sha256(bytes) !== expected) throw refused(file, 'onnx-changed', {});
  summarise(file, bytes);
  await makeRoom(bytes.length);
  const session = await openFileSession(bytes, provider).catch((cause: unknown) => {
    if (isAllocation(cause)) throw cause;
    throw refused(file, 'onnx-not-loaded', { why: plainly(cause) }, cause);
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
