/**
 * A model on disk: `model.json` (what it is, where it comes from) and `weights.safetensors` (float32 or float16 tensors by
 * parameter name) in a folder of its own.
 */
import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { wrongPlace } from '../../shared/wrong-place';
import { SPECIALITIES } from '../../shared/speciality';
import { makeFolder } from '../files/make-folder';
import { readRegularFile } from '../files/read-file';
import { sha256 } from '../files/sha256';
import { writeAside } from '../files/write-aside';
import { architectureSchema } from '../network/architecture';
import type { ParameterLayout } from '../network/parameters';
import { onnxFileBytes, ONNX_FILE, type OnnxModel, onnxManifestSchema } from './onnx-folder';
import { decodeTensors, encodeTensors } from '../files/safetensors';

const MANIFEST = 'model.json';
const WEIGHTS = 'weights.safetensors';

/** Larger files are not ours: the widest network of the schema has 58 million parameters. */
const MAX_WEIGHT_BYTES = 512 * 1024 * 1024;
const MAX_MANIFEST_BYTES = 1024 * 1024;

export const modelManifestSchema = z.object({
  format: z.literal('inpaint-studio-model'),
  version: z.literal(1),
  /** For lists: a short name, and a sentence on what it is good at. */
  name: z.string().min(1).max(200),
  description: z.string().max(2000),
  /** What it is good at; left out: nothing in particular. */
  speciality: z.enum(SPECIALITIES).optional(),
  architecture: architectureSchema,
  licence: z.object({
    weights: z.string().max(2000),
    /** Licences of the pictures it was trained on. */
    data: z.array(z.string().max(2000)).max(100),
  }),
  /** How it was trained, in figures and words; shown, never interpreted. */
  training: z.record(z.string(), z.union([z.string().max(4000), z.number()])).default({}),
  weights: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;

export interface ModelFolder {
  /** The folder's name: what `--model` and projects call it. */
  readonly id: string;
  readonly folder: string;
  readonly manifest: ModelManifest;
  /** Size of the weights on disk. */
  readonly bytes: number;
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether a model's folder may be called this: letters, digits, "-" and "_". */
export function isModelId(id: string): boolean {
  return ID.test(id);
}

/** A model of either kind; one with `kind: 'onnx'` was made elsewhere. */
export type AnyModel = ModelFolder | OnnxModel;

export function isImported(model: AnyModel): model is OnnxModel {
  return 'kind' in model;
}

/**
 * Reads what a model of this program's own kind is; its weights are read by `readWeights`.
 * @throws StudioError `model-unknown`, `model-broken`
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  return ownModel(await readAnyModel(folder));
}

/** @throws StudioError `bad-request` for a model that was made elsewhere */
function ownModel(model: AnyModel): ModelFolder {
  if (!isImported(model)) return model;
  throw errorFor('imported-model', { name: model.id });
}

/** Reads what a model of either kind is. @throws StudioError `model-unknown`, `model-broken` */
export async function readAnyModel(folder: string): Promise<AnyModel> {
  const file = path.join(folder, MANIFEST);
  const id = path.basename(folder);
  if (!ID.test(id)) throw errorFor('model-folder-name', { name: id }, { file: folder });
  const size = await stat(file).catch(() => null);
  if (size === null) {
    throw errorFor('no-model-in-folder', { name: id, parts: `${MANIFEST}, ${WEIGHTS}` }, { file: folder });
  }
  if (size.size > MAX_MANIFEST_BYTES) throw broken(folder, 'model-part-too-large', MANIFEST);
  await refuseLinks(folder, [MANIFEST, WEIGHTS, ONNX_FILE]);
  const json = parseJson((await readPart(file)).toString('utf8'));
  if (json === null) throw broken(folder, 'model-manifest-no-json', MANIFEST);
  refuseNewer(folder, json);
  if (typeof json === 'object' && json !== null && 'kind' in json) {
    const manifest = checked(folder, onnxManifestSchema.safeParse(json));
    const bytes = await onnxFileBytes(folder);
    if (bytes === null) throw broken(folder, 'model-part-missing', ONNX_FILE);
    return { kind: 'onnx', id, folder, manifest, bytes };
  }
  const manifest = checked(folder, modelManifestSchema.safeParse(json));
  const weights = await stat(path.join(folder, WEIGHTS)).catch(() => null);
  if (weights === null) throw broken(folder, 'model-part-missing', WEIGHTS);
  return { id, folder, manifest, bytes: weights.size };
}

const newerSchema = z.looseObject({ format: z.literal('inpaint-studio-model'), version: z.number().int() });
/** Of imported models; those of the program's own kind are of format 1. */
const NEWEST = 2;

function refuseNewer(folder: string, json: unknown): void {
  const { data } = newerSchema.safeParse(json);
  if (data === undefined || data.version <= NEWEST) return;
  const { version } = data;
  const about = { file: path.join(folder, MANIFEST) };
  throw errorFor('model-newer', { name: path.basename(folder), version, most: NEWEST }, about);
}

/** A model's files are its own: one that leads out of its folder could show, or change, what is not the model's. */
async function refuseLinks(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const found = await lstat(path.join(folder, name)).catch(() => null);
    if (found?.isSymbolicLink() === true) throw broken(folder, 'model-part-linked', name);
  }
}

function checked<T>(folder: string, result: z.ZodSafeParseResult<T>): T {
  if (result.success) return result.data;
  const place = wrongPlace(result.error);
  const about = { file: path.join(folder, MANIFEST), cause: result.error };
  throw errorFor('model-manifest-wrong', { name: path.basename(folder), part: MANIFEST, place }, about);
}

/** The weights by parameter name, checked against the manifest's checksum and the network's shapes. */
export async function readWeights(model: ModelFolder, layout: ParameterLayout): Promise<Record<string, Float32Array>> {
  const { folder } = model;
  const file = path.join(folder, WEIGHTS);
  const named = { name: model.id, part: WEIGHTS };
  if (model.bytes > MAX_WEIGHT_BYTES) throw broken(folder, 'model-part-too-large', WEIGHTS);
  const bytes = await readPart(file);
  if (sha256(bytes) !== model.manifest.weights.sha256)
    throw errorFor('model-part-changed', { ...named, manifest: MANIFEST }, { file });
  const tensors = tensorsOf(folder, bytes);
  return Object.fromEntries(
    layout.list.map(({ name, shape }) => {
      const tensor = tensors[name];
      if (tensor === undefined) throw errorFor('model-tensor-missing', { ...named, tensor: name }, { file });
      if (tensor.shape.join() !== shape.join()) {
        const shapes = { shape: tensor.shape.join(), wanted: shape.join() };
        throw errorFor('model-tensor-shape', { ...named, tensor: name, ...shapes }, { file });
      }
      if (!areNumbers(tensor.values)) throw errorFor('model-tensor-not-numbers', { ...named, tensor: name }, { file });
      return [name, tensor.values];
    }),
  );
}

/** What a training that ran away has left is NaN, or infinite: a fill of it would be a black hole. */
function areNumbers(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** @throws StudioError file-missing, file-unreadable (also for a pipe or a device), `model-broken` when it is too large */
function readPart(file: string): Promise<Buffer> {
  const tooLarge = () => broken(path.dirname(file), 'model-part-too-large', path.basename(file));
  return readRegularFile(file, MAX_WEIGHT_BYTES, tooLarge);
}

function tensorsOf(folder: string, bytes: Uint8Array): ReturnType<typeof decodeTensors>['tensors'] {
  try {
    return decodeTensors(bytes).tensors;
  } catch (cause) {
    throw broken(folder, 'model-part-damaged', WEIGHTS, cause);
  }
}

/** Writes a model folder; each file aside first, the manifest last, so that a half-written model is none. */
export async function writeModelFolder(
  folder: string,
  manifest: Omit<ModelManifest, 'format' | 'version' | 'weights'>,
  layout: ParameterLayout,
  weights: Readonly<Record<string, Float32Array>>,
  storage: 'F32' | 'F16' = 'F32',
): Promise<void> {
  const tensors = Object.fromEntries(layout.list.map(({ name, shape }) => [name, { shape, values: weights[name] }]));
  const bytes = encodeTensors({ tensors, metadata: { format: 'inpaint-studio-weights' } }, storage);
  const whole = modelManifestSchema.parse({
    format: 'inpaint-studio-model',
    version: 1,
    ...manifest,
    weights: { sha256: sha256(bytes) },
  });
  await makeFolder(folder);
  await writeAside(path.join(folder, WEIGHTS), bytes);
  await writeAside(path.join(folder, MANIFEST), new TextEncoder().encode(`${JSON.stringify(whole, null, 2)}\n`));
}

/** Every usable model below some folders; what cannot be read is listed with its reason. */
export async function listModels(roots: readonly string[]): Promise<{ models: AnyModel[]; broken: StudioError[] }> {
  const models: AnyModel[] = [];
  const unusable: StudioError[] = [];
  for (const root of roots) {
    const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter(isModelEntry).sort((a, b) => a.name.localeCompare(b.name))) {
      try {
        models.push(await readAnyModel(path.join(root, entry.name)));
      } catch (thrown) {
        if (thrown instanceof StudioError) unusable.push(thrown);
        else throw thrown;
      }
    }
  }
  return { models, broken: unusable };
}

/** Folders that are being written have hidden names. */
function isModelEntry(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith('.');
}

/** As `findAnyModel`, for what only a model of this program's own kind can do. */
export async function findModel(idOrFolder: string, roots: readonly string[]): Promise<ModelFolder> {
  return ownModel(await findAnyModel(idOrFolder, roots));
}

/** The model of an id, from the first of the folders that has it; an id may also be a path to a model folder. */
export async function findAnyModel(idOrFolder: string, roots: readonly string[]): Promise<AnyModel> {
  if (/[\\/]/.test(idOrFolder)) return readAnyModel(path.resolve(idOrFolder));
  const { models, broken: unusable } = await listModels(roots);
  const found = models.find((model) => model.id === idOrFolder);
  if (found !== undefined) return found;
  const reason = unusable.find((error) => error.file?.includes(idOrFolder) === true);
  if (reason !== undefined) throw reason;
  const others = models.map((model) => model.id).join(', ');
  throw others === ''
    ? errorFor('no-model-at-all', { name: idOrFolder })
    : errorFor('no-such-model', { name: idOrFolder, others });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type BrokenPart =
  | 'model-part-too-large'
  | 'model-part-missing'
  | 'model-part-linked'
  | 'model-part-damaged'
  | 'model-manifest-no-json';

function broken(folder: string, why: BrokenPart, part: string, cause?: unknown): StudioError {
  return errorFor(why, { name: path.basename(folder), part }, { file: path.join(folder, part), cause });
}
