import { basename, join } from 'node:path';
import { makeFolderOf } from '../engine/files/results';
import {
  exportBeforeAfter,
  type ExportedLayer,
  exportLayers,
  filledPlane,
  type LayerSize,
} from '../engine/documents/exports';
import { exportLayered, LAYERED_FORMATS } from '../engine/documents/layered-export';
import { PatchStore } from '../engine/documents/patch-store';
import { stackedFills } from '../engine/documents/stacked-fills';
import { framedPicture } from '../engine/image/framed-picture';
import { writeMask } from '../engine/image/mask-file';
import { applyPatches } from '../engine/image/patches';
import type { LaidPatch } from '../engine/image/picture';
import { withScratchFolder } from '../engine/files/scratch-folder';
import { readPicture } from '../engine/image/read-picture';
import { writePicture } from '../engine/image/write-picture';
import { canvasOf, type Manifest } from '../engine/project/manifest';
import { unpackProject } from '../engine/project/unpack-project';
import type { StackedEdit } from '../shared/protocol/saving';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { UsageError } from './failure';
import type { CliContext } from './cli-context';

export interface ExportOptions {
  /** A project file. */
  readonly project: string;
  /** Where each goes; undefined: not wanted. */
  readonly picture: string | undefined;
  readonly layers: string | undefined;
  readonly psd: string | undefined;
  readonly ora: string | undefined;
  readonly mask: string | undefined;
  readonly beforeAfter: string | undefined;
  readonly quality: number | undefined;
  readonly stripMetadata: boolean;
  readonly layerSize: LayerSize;
  readonly json: boolean;
}

/**
 * `export`: takes what is wanted out of a project file. The project is not changed.
 * @throws UsageError when nothing is wanted; StudioError as `unpackProject` and the writers do, out-not-made
 */
export async function runExport(options: ExportOptions, context: CliContext): Promise<ExitCode> {
  const wanted = [options.picture, options.layers, options.psd, options.ora, options.mask, options.beforeAfter];
  if (wanted.every((place) => place === undefined)) {
    throw new UsageError('Say what to write: --picture, --layers, --psd, --ora, --mask or --before-after.');
  }
  const written = await withScratchFolder(async (folder) =>
    exportAll(await unpackProject(options.project, folder), folder, options),
  );
  if (options.json) context.output.write(`${JSON.stringify({ project: options.project, written }, null, 2)}\n`);
  else for (const path of written) context.output.write(`${path}\n`);
  return EXIT_CODES.done.code;
}

/** @returns the paths of what was written */
async function exportAll(manifest: Manifest, folder: string, options: ExportOptions): Promise<string[]> {
  const original = await readPicture(join(folder, manifest.picture.part), { name: manifest.picture.name });
  const canvas = canvasOf(manifest);
  const picture = canvas ? framedPicture(original, canvas) : original;
  const patches = await PatchStore.open(folder);
  const layers = await layersOf(manifest, patches);
  const visible: LaidPatch[] = layers
    .filter((layer) => layer.visible && layer.opacity > 0)
    .flatMap(({ patches, opacity }) => patches.map((patch) => ({ ...patch, opacity })));
  const { quality, stripMetadata, layerSize } = options;
  const write = { ...(quality === undefined ? {} : { quality }), keepMetadata: !stripMetadata };
  const written: string[] = [];
  const result = options.picture ?? options.beforeAfter;
  const samples = result === undefined ? picture.samples : applyPatches(picture, visible);
  if (options.picture !== undefined) {
    await makeFolderOf(options.picture);
    await writePicture(picture, samples, options.picture, write);
    written.push(options.picture);
  }
  if (options.beforeAfter !== undefined) {
    await makeFolderOf(options.beforeAfter);
    await exportBeforeAfter(picture, samples, options.beforeAfter, write);
    written.push(options.beforeAfter);
  }
  if (options.mask !== undefined) {
    await makeFolderOf(options.mask);
    await writeMask(filledPlane(picture, visible), options.mask);
    written.push(options.mask);
  }
  if (options.layers !== undefined) {
    const place = options.layers;
    const files = await exportLayers(picture, basename(options.project), layers, place, layerSize);
    written.push(...files.map((file) => join(place, file)));
  }
  for (const format of LAYERED_FORMATS) {
    const path = options[format];
    if (path === undefined) continue;
    await makeFolderOf(path);
    const fills = stackedFills(manifest.edits.map(stackedEdit), patches);
    const stack = { picture, originalName: 'Original', fills, keepMetadata: !stripMetadata };
    await exportLayered(stack, format, path);
    written.push(path);
  }
  return written;
}

function stackedEdit({ name, number, visible, opacity, variants, chosenId }: Manifest['edits'][number]): StackedEdit {
  const title = name ?? `Fill ${number}`;
  const results = variants.map(({ variantId, patches }, index) => ({
    variantId,
    patches,
    name: `Variant ${index + 1}`,
  }));
  return {
    name: title,
    visible,
    opacity,
    patches: results.find(({ variantId }) => variantId === chosenId)?.patches ?? [],
    others: results.filter(({ variantId }) => variantId !== chosenId),
    othersName: `Other variants of ${title}`,
  };
}

/** The chosen variant of every edit, lowest first. */
async function layersOf({ edits }: Manifest, patches: PatchStore): Promise<ExportedLayer[]> {
  return Promise.all(
    edits.map(async ({ name, number, visible, opacity, variants, chosenId }) => {
      const refs = variants.find(({ variantId }) => variantId === chosenId)?.patches ?? [];
      return {
        name: name ?? `Fill ${number}`,
        visible,
        opacity,
        patches: await Promise.all(refs.map(({ patchId }) => patches.get(patchId))),
      };
    }),
  );
}
