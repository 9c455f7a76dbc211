import { rm, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { contains, rectOf } from '../../shared/geometry';
import { HINT_TILE_BYTES } from '../../shared/hint-raster';
import { writingFailed } from '../files/file-errors';
import { pngFileSize } from '../image/png-size';
import { LIMITS } from './limits';
import { MANIFEST_NAME } from '../../shared/session-folder';
import { optionalPartsOf, type Manifest, partsOf, patchPart, planesOf, readManifest } from './manifest';
import { projectDamaged } from './project-errors';
import { Archive } from './read-archive';

/** Of 16 bits; its opacity and its hole besides. */
const PATCH_BYTES_A_PIXEL = 7.2;
/** Of the machine's memory; the picture itself needs some, too. */
const SHOWN_SHARE = 0.6;

export interface UnpackOptions {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Memory of the machine that it is to be opened on. */
  readonly machineBytes?: number;
}

/**
 * Unpacks a project file into an empty session folder, where it is as if the program had kept it there. Only parts that
 * the manifest names are unpacked, each checked against its checksum; on failure nothing of it stays.
 * @throws StudioError file-missing, file-unreadable (damaged, incomplete or hostile), format-unsupported (a newer
 * version), disk-full, file-not-writable, cancelled
 */
export async function unpackProject(
  path: string,
  folder: string,
  { signal, machineBytes = totalmem() }: UnpackOptions = {},
): Promise<Manifest> {
  const archive = await Archive.open(path);
  const unpacked: string[] = [];
  try {
    const text = await archive.text(MANIFEST_NAME, LIMITS.manifestBytes);
    const manifest = readManifest(text, path);
    const optional = optionalPartsOf(manifest).filter((part) => Object.hasOwn(manifest.parts, part));
    for (const part of [...partsOf(manifest), ...optional]) {
      const digest = Object.hasOwn(manifest.parts, part) ? manifest.parts[part] : undefined;
      if (!digest) throw projectDamaged(path, 'project-part-undescribed', { part });
      const destination = join(folder, part);
      unpacked.push(destination);
      await archive.unpack(part, destination, digest, signal);
    }
    await checkPatches(manifest, folder, path);
    if (shownBytes(manifest) > SHOWN_SHARE * machineBytes) throw projectDamaged(path, 'project-paints-absurdly', {});
    await checkPainted(manifest, folder, path);
    const destination = join(folder, MANIFEST_NAME);
    unpacked.push(destination);
    await writeFile(destination, text).catch((thrown: unknown) => {
      throw writingFailed(destination, thrown);
    });
    return manifest;
  } catch (thrown) {
    await Promise.all(unpacked.map((file) => rm(file, { force: true })));
    throw thrown;
  } finally {
    archive.close();
  }
}

/** Patches are decoded later, one by one, when they are shown: what each claims to be must be true and fit the picture. */
async function checkPatches(manifest: Manifest, folder: string, path: string): Promise<void> {
  const whole = rectOf(manifest.picture);
  const patches = manifest.edits.flatMap(({ variants }) => variants.flatMap((variant) => variant.patches));
  for (const patch of patches) {
    const size = await pngFileSize(join(folder, patchPart(patch)));
    const fits = contains(whole, patch.box) && size?.width === patch.box.width && size.height === patch.box.height;
    if (!fits) throw projectDamaged(path, 'project-part-damaged', { part: patchPart(patch) });
  }
}

/** Bytes of memory that the fills take which are seen when the project is opened: all of them are decoded then, and kept. */
function shownBytes({ edits }: Pick<Manifest, 'edits'>): number {
  const shown = edits
    .filter(({ visible, opacity }) => visible && opacity > 0)
    .flatMap(({ variants, chosenId }) => variants.filter(({ variantId }) => variantId === chosenId));
  const boxes = new Map(shown.flatMap(({ patches }) => patches.map(({ patchId, box }) => [patchId, box] as const)));
  return [...boxes.values()].reduce((bytes, box) => bytes + PATCH_BYTES_A_PIXEL * box.width * box.height, 0);
}

/** What is painted is decoded when the project is opened: what all of it claims to be must fit the picture and the memory. */
async function checkPainted(manifest: Manifest, folder: string, path: string): Promise<void> {
  const { picture, paint, setAside, hints } = manifest;
  let bytes = 0;
  for (const part of planesOf(manifest)) {
    const size = await pngFileSize(join(folder, part));
    if (!size || size.width > picture.width || size.height > picture.height)
      throw projectDamaged(path, 'project-part-damaged', { part });
    bytes += Math.ceil(size.width / 8) * size.height;
  }
  for (const [index, { box, step }] of hints.entries()) {
    if (!contains(rectOf(picture), box))
      throw projectDamaged(path, 'project-manifest-wrong', { place: `hints.${index}.box` });
    bytes += 4 * Math.ceil(box.width / step) * Math.ceil(box.height / step);
  }
  for (const { hint } of setAside ? [paint, setAside.paint] : [paint])
    bytes += (hint?.keys.length ?? 0) * HINT_TILE_BYTES;
  if (bytes > LIMITS.paintedBytes) throw projectDamaged(path, 'project-paints-absurdly', {});
}
