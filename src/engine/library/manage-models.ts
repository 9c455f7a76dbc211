/** What can be done to a model in a folder of models: each change happens whole or not at all. */
import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import type { Speciality } from '../../shared/speciality';
import { writeAside } from '../files/write-aside';
import { exportFolder } from './export-model';
import { type AnyModel, isImported, isModelId } from '../models/model-folder';
import { type OnnxManifest, type OnnxModel, writeOnnxManifest } from '../models/onnx-folder';

/** Moves the folder out of sight first: a removal that is interrupted leaves no half of a model. */
export async function removeModel({ folder, id }: AnyModel): Promise<void> {
  const hidden = path.join(path.dirname(folder), `.removed-${randomBytes(6).toString('hex')}`);
  await rename(folder, hidden).catch((cause: unknown) => {
    throw notChanged(id, folder, cause);
  });
  await rm(hidden, { recursive: true, force: true });
}

/**
 * Changes the name that lists show, or the id, or both. Projects know a model by its id.
 * @throws StudioError `bad-request` for an id that cannot be or is taken
 */
export async function renameModel(
  { folder, id }: AnyModel,
  { name, newId }: { readonly name?: string | undefined; readonly newId?: string | undefined },
): Promise<void> {
  if (newId !== undefined && newId !== id) await checkFree(path.dirname(folder), newId);
  if (name !== undefined) {
    if (name === '' || name.length > 200) throw badName(name);
    await changeManifest(folder, { name });
  }
  if (newId === undefined || newId === id) return;
  await rename(folder, path.join(path.dirname(folder), newId)).catch((cause: unknown) => {
    throw notChanged(id, folder, cause);
  });
}

/** States what a model is good at. */
export function stateSpeciality({ folder }: AnyModel, speciality: Speciality): Promise<void> {
  return changeManifest(folder, { speciality });
}

/** Whatever else the file says stays as it is. */
async function changeManifest(folder: string, change: object): Promise<void> {
  const file = path.join(folder, 'model.json');
  const json = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeAside(file, new TextEncoder().encode(`${JSON.stringify({ ...json, ...change }, null, 2)}\n`));
}

/**
 * Copies a model into the last of some folders of models, under another name and an id that none of them has.
 * @returns the copy's id
 */
export async function duplicateModel(model: AnyModel, roots: readonly string[], name: string): Promise<string> {
  const id = await freeModelId(model.id, roots);
  const folder = path.join(roots.at(-1) ?? '', id);
  await exportFolder(model.folder, folder);
  await changeManifest(folder, { name });
  return id;
}

/** An id like the one wanted that no model in these folders has: with a number where it is taken. */
export async function freeModelId(wanted: string, roots: readonly string[]): Promise<string> {
  const stem =
    wanted
      .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 58) || 'model';
  for (let number = 1; ; number++) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    const taken = await Promise.all(roots.map((root) => stat(path.join(root, id)).catch(() => null)));
    if (taken.every((found) => found === null)) return id;
  }
}

export interface Origin {
  readonly licence?: string | undefined;
  readonly source?: string | undefined;
  readonly commercialUse?: boolean | undefined;
}

/**
 * States where an imported model comes from and what it may be used for.
 * @throws StudioError `bad-request` for a model of this program's own kind, and for commercial use without licence or source
 */
export async function stateOrigin(model: AnyModel, origin: Origin): Promise<OnnxModel> {
  if (!isImported(model)) {
    throw errorFor('model-trained-here', { name: model.id });
  }
  const { manifest } = model;
  const licence = origin.licence ?? manifest.licence.weights;
  const source = origin.source ?? manifest.source;
  const commercialUse = origin.commercialUse ?? manifest.commercialUse;
  if (commercialUse && (licence === '' || source === '')) {
    throw errorFor('commercial-use-unproved', {});
  }
  const changed: OnnxManifest = {
    ...manifest,
    licence: { ...manifest.licence, weights: licence },
    source,
    commercialUse,
  };
  await writeOnnxManifest(model.folder, changed);
  return { ...model, manifest: changed };
}

async function checkFree(root: string, id: string): Promise<void> {
  if (!isModelId(id)) throw badName(id);
  if ((await stat(path.join(root, id)).catch(() => null)) === null) return;
  throw errorFor('model-id-taken', { name: id });
}

function badName(name: string): StudioError {
  return errorFor('not-a-model-name', { name: name.slice(0, 80) });
}

function notChanged(id: string, folder: string, cause: unknown): StudioError {
  return errorFor('model-not-changed', { name: id }, { file: folder, cause });
}
