import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StudioError } from '../../shared/errors';
import { aboutFile, errorFor } from '../../shared/error-texts';
import type { Speciality } from '../../shared/speciality';
import { asideName, removeLeftovers } from '../files/write-aside';
import type { InferenceProcess } from '../inference/inference-process';
import { guessAdapters, ModelQuestion, type Stated } from './adapter-guess';
import { FAMILIES } from '../models/families';
import { confirmAdapter } from './adapter-trial';
import { isModelId } from '../models/model-folder';
import {
  ONNX_FILE,
  type OnnxManifest,
  type OnnxModel,
  onnxManifestSchema,
  writeOnnxManifest,
} from '../models/onnx-folder';

export interface OnnxImport {
  readonly file: string;
  /** The folder of models that it goes into; made when it is not there. */
  readonly root: string;
  /** The model's id; made from the file's name when left out. */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly licence?: string | undefined;
  readonly source?: string | undefined;
  readonly commercialUse?: boolean | undefined;
  /** What the user knows about how the model is talked to. */
  readonly stated: Stated;
  readonly speciality?: Speciality | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: ImportStage, fraction: number) => void) | undefined;
}

export type ImportStage = 'copying' | 'reading' | 'trying';

/** Shares of an import's time up to the end of a stage: for a LaMa export on two cores. */
const COPIED = 0.25;
const READ = 0.35;

/**
 * Copies an ONNX file into a model folder, looks at it, finds out how it wants to be talked to, and keeps that with its
 * checksum. The folder appears whole or not at all.
 * @throws StudioError `model-broken` with the reason it is refused for, `model-question` when something must be stated,
 *  `bad-request`, `file-missing`, `file-unreadable`, `file-not-writable`, `out-of-memory`, `cancelled`
 */
export async function importOnnx(
  request: OnnxImport,
  inference: InferenceProcess,
  provider: string,
): Promise<OnnxModel> {
  const id = await freeId(request);
  requireOrigin(request);
  await requireFile(request.file);
  await removeLeftovers(request.root);
  const aside = path.join(request.root, await asideName('import'));
  try {
    await mkdir(aside, { recursive: true }).catch((cause: unknown) => {
      throw notWritable(request.root, cause);
    });
    const copy = path.join(aside, ONNX_FILE);
    const { sha256, bytes } = await copyHashed(request.file, copy, request);
    const manifest = await understand(request, { copy, sha256, bytes }, inference, provider);
    await writeOnnxManifest(aside, manifest);
    const folder = path.join(request.root, id);
    await rename(aside, folder).catch((cause: unknown) => {
      throw notWritable(folder, cause);
    });
    return { kind: 'onnx', id, folder, manifest, bytes };
  } catch (thrown) {
    throw aboutOriginal(thrown, request.file);
  } finally {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function understand(
  request: OnnxImport,
  { copy, sha256, bytes }: { readonly copy: string; readonly sha256: string; readonly bytes: number },
  inference: InferenceProcess,
  provider: string,
): Promise<OnnxManifest> {
  const { stated, signal, onProgress } = request;
  onProgress?.('reading', COPIED);
  const found = await inference.inspect(copy, signal);
  const guesses = guessAdapters(copy, found, stated);
  const run = (feeds: Parameters<InferenceProcess['runImported']>[0]['feeds'], output: string) =>
    inference.runImported({ provider, file: copy, sha256, feeds, output }, signal);
  const { family, adapter } = await confirmAdapter(copy, guesses, run, stated.colours !== undefined, (tried) =>
    onProgress?.('trying', READ + (1 - READ) * tried),
  );
  const metadata = (key: string) => found.metadata[key]?.slice(0, 2000) ?? '';
  return onnxManifestSchema.parse({
    format: 'inpaint-studio-model',
    version: 2,
    kind: 'onnx',
    name: (request.name ?? path.parse(request.file).name).slice(0, 200),
    description: request.description ?? `${FAMILIES[family]}, imported from an ONNX file.`,
    family,
    ...(request.speciality === undefined ? {} : { speciality: request.speciality }),
    adapter,
    parameters: found.parameters,
    licence: { weights: request.licence ?? metadata('licence'), data: [] },
    source: request.source ?? '',
    commercialUse: request.commercialUse ?? false,
    file: { sha256, bytes },
  } satisfies OnnxManifest);
}

async function freeId({ id, file, root }: OnnxImport): Promise<string> {
  const stem = path
    .parse(file)
    .name.replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const wanted = id ?? (stem.slice(0, 60) || 'imported');
  if (!isModelId(wanted)) {
    throw errorFor('not-a-model-id', { name: wanted });
  }
  if ((await stat(path.join(root, wanted)).catch(() => null)) === null) return wanted;
  throw errorFor('model-id-taken', { name: wanted });
}

/** Said before a large file is copied, not after. */
function requireOrigin({ commercialUse, licence = '', source = '' }: OnnxImport): void {
  if (commercialUse !== true || (licence !== '' && source !== '')) return;
  throw errorFor('commercial-use-unproved', {});
}

async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() === true) return;
  throw errorFor(found === null ? 'no-such-file' : 'folder-for-onnx', { name: path.basename(file) }, { file });
}

/** Piece by piece, so that a file of any size costs little memory and lets other work go on. */
async function copyHashed(
  from: string,
  to: string,
  { signal, onProgress }: Pick<OnnxImport, 'signal' | 'onProgress'>,
): Promise<{ sha256: string; bytes: number }> {
  const { size } = await stat(from);
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      onProgress?.('copying', COPIED * Math.min(1, bytes / size));
      done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), measure, createWriteStream(to, { flags: 'wx' }), { signal });
  } catch (cause) {
    if (signal?.aborted === true) throw errorFor('cancelled', {});
    throw notWritable(to, cause);
  }
  return { sha256: hash.digest('hex'), bytes };
}

function notWritable(file: string, cause: unknown): StudioError {
  return errorFor('model-not-copied', { name: path.basename(path.dirname(file)) }, { file, cause });
}

/** Names the file that the user knows, and says that a dying process died of the model. */
function aboutOriginal(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof StudioError)) return thrown;
  const name = path.basename(file);
  if (thrown.code === 'engine-stopped') return errorFor('onnx-process-ended', { name }, { file, cause: thrown });
  // What has a file of its own, such as a folder that may not be written, says so.
  if (thrown.file !== undefined && path.basename(thrown.file) !== ONNX_FILE) return thrown;
  const named = aboutFile(thrown, file, name);
  return thrown instanceof ModelQuestion ? new ModelQuestion(named.toReport(), thrown.asked) : named;
}
