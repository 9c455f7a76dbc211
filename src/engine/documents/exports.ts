/** What of a document can be taken to other programs, besides the picture: layers, the mask of the fills, a comparison. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BitPlane } from '../../shared/bit-plane';
import { type Rect, rectOf, union } from '../../shared/geometry';
import { insertPngChunk } from '../image/containers';
import { encodePicture } from '../image/encode-picture';
import { writingFailed } from '../files/file-errors';
import { layPatch, type SampleBlock } from '../image/patches';
import type { Patch, Picture, Samples } from '../image/picture';
import { largestSample, newSamples } from '../image/planes';
import { writeAside } from '../files/write-aside';
import { writePicture, type WriteOptions } from '../image/write-picture';

/** An edit to be written as a picture of its own. */
export interface ExportedLayer {
  readonly name: string;
  readonly visible: boolean;
  /** 0..1 */
  readonly opacity: number;
  readonly patches: readonly Patch[];
}

/** Whether layers are as large as what they hold, or as the picture. */
export type LayerSize = 'cropped' | 'full';

export const LAYER_LIST = 'layers.json';

/**
 * Writes each edit as a PNG with transparency, of the picture's depth and colour profile, lowest first, and a list of
 * them. Laid on the original at their places, the visible ones give the picture: the alpha channel holds hole and
 * opacity. A cropped layer's place is in its `oFFs` chunk (PNG extensions 1.2.0, pixels) and in the list.
 * @returns the names of the layers' files, lowest first
 * @throws StudioError disk-full, file-not-writable
 */
export async function exportLayers(
  picture: Picture,
  name: string,
  layers: readonly ExportedLayer[],
  folder: string,
  size: LayerSize,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true }).catch((thrown: unknown) => {
    throw writingFailed(folder, thrown);
  });
  const digits = String(layers.length).length;
  const list: object[] = [];
  const files: string[] = [];
  for (const [index, layer] of layers.entries()) {
    if (layer.patches.length === 0) continue;
    const file = `${String(index + 1).padStart(digits, '0')} ${fileName(layer.name)}.png`;
    const box = size === 'full' ? rectOf(picture) : layer.patches.map((patch) => patch.box).reduce(union);
    await writeAside(join(folder, file), await encodeLayer(picture, layer, box));
    const { visible, opacity } = layer;
    list.push({ file, name: layer.name, visible, opacity, ...box });
    files.push(file);
  }
  const { width, height } = picture;
  const text = JSON.stringify({ picture: { name, width, height }, layers: list }, null, 2);
  await writeAside(join(folder, LAYER_LIST), `${text}\n`);
  return files;
}

/** A layer as PNG bytes: the colours inside its holes, transparent elsewhere. */
async function encodeLayer(picture: Picture, { patches, opacity }: ExportedLayer, box: Rect): Promise<Buffer> {
  const { depth, origin } = picture;
  const { width, height } = box;
  const samples = newSamples(width * height * 4, depth);
  const block: SampleBlock = { box, channels: 4, depth, samples };
  // On nothing, a hole becomes as opaque as its patch is.
  for (const patch of patches) layPatch(block, patch, origin.grey);
  for (let at = 3; at < samples.length; at += 4) samples[at] = Math.round(opacity * samples[at]);
  const carrier: Picture = { ...picture, width, height, channels: 4, samples };
  const { bytes } = await encodePicture(carrier, samples, 'png', { keepMetadata: false });
  const offset = Buffer.alloc(9);
  offset.writeInt32BE(box.x, 0);
  offset.writeInt32BE(box.y, 4);
  return insertPngChunk(bytes, 'oFFs', offset);
}

/** The pixels that patches have replaced. */
export function filledPlane(picture: Picture, patches: readonly Patch[]): BitPlane {
  const plane = new BitPlane(picture.width, picture.height);
  for (const { hole, box } of patches) plane.combine(hole, 'or', box.x, box.y);
  return plane;
}

/** Of the picture's width. */
const GAP_SHARE = 0.01;
const LEAST_GAP = 2;

/**
 * Writes original and result side by side, with a white gap between them, as one picture with the original's colour
 * profile. Errors: those of `writePicture`.
 */
export async function exportBeforeAfter(
  picture: Picture,
  result: Samples,
  path: string,
  options: WriteOptions,
): Promise<void> {
  const { width, height, channels, depth } = picture;
  const gap = Math.max(LEAST_GAP, Math.round(width * GAP_SHARE));
  const whole = 2 * width + gap;
  const samples = newSamples(whole * height * channels, depth);
  samples.fill(largestSample(depth));
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    samples.set(picture.samples.subarray(y * row, (y + 1) * row), y * whole * channels);
    samples.set(result.subarray(y * row, (y + 1) * row), (y * whole + width + gap) * channels);
  }
  const both: Picture = { ...picture, width: whole, samples };
  await writePicture(both, samples, path, { ...options, keepMetadata: false });
}

/** A name that every file system takes. */
function fileName(name: string): string {
  const plain = name
    .replaceAll(/[\p{C}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/\.+$/, '');
  return plain === '' ? 'layer' : plain.slice(0, 80);
}
