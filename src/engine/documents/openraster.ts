/** Writes OpenRaster files (https://www.openraster.org, "Baseline"): a zip of PNG layers with a list of how they lie. */
import { join } from 'node:path';
import { rectOf } from '../../shared/geometry';
import { writeAside } from '../files/write-aside';
import { encodePicture } from '../image/encode-picture';
import { applyPatches } from '../image/patches';
import type { LaidPatch, Picture, Samples } from '../image/picture';
import { largestSample, newSamples } from '../image/planes';
import type { LayerRaster, PsdGroup, PsdLayer } from '../image/psd/write-psd';
import { sharp } from '../image/sharp';
import { writeArchive } from '../project/write-archive';

export interface OpenRasterContent {
  readonly picture: Picture;
  /** What lies on it in the merged picture. */
  readonly visible: readonly LaidPatch[];
  /** Lowest first. */
  readonly layers: readonly (PsdLayer | PsdGroup)[];
  readonly keepMetadata: boolean;
}

const MIME = { name: 'mimetype', text: 'image/openraster' };
const STACK = 'stack.xml';
const MERGED = 'mergedimage.png';
const THUMBNAIL = 'Thumbnails/thumbnail.png';
/** Longest side of a thumbnail, pixels. */
const THUMBNAIL_SIDE = 256;

/**
 * Layers are PNGs of the picture's depth with its profile; what their mask hides is transparent in them, as the format has no
 * masks. They are written into `folder` one after the other, and from there into the archive.
 * @throws StudioError disk-full, file-not-writable, out-of-memory
 */
export async function writeOpenRaster(path: string, folder: string, content: OpenRasterContent): Promise<void> {
  const { picture, visible, layers, keepMetadata } = content;
  const files: [name: string, file: string][] = [];
  const keep = async (name: string, bytes: Uint8Array) => {
    const file = String(files.length);
    await writeAside(join(folder, file), bytes);
    files.push([name, file]);
    return join(folder, file);
  };
  const elements: string[] = [];
  for (const layer of layers) elements.push(await elementOf(layer));
  const result = visible.length === 0 ? picture.samples : applyPatches(picture, visible);
  const merged = await keep(MERGED, (await encodePicture(picture, result, 'png', { keepMetadata })).bytes);
  const small = sharp(merged).resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true });
  await keep(THUMBNAIL, await small.toColourspace('srgb').png().toBuffer());
  await keep(STACK, Buffer.from(stackOf(picture, elements)));
  await writeArchive(path, { manifest: { ...MIME, compress: false }, parts: files, folder });

  async function elementOf(layer: PsdLayer | PsdGroup): Promise<string> {
    if (layer.kind === 'group') {
      const inner: string[] = [];
      for (const each of layer.layers) inner.push(await elementOf(each));
      return `<stack${attributes({ name: layer.name, ...seen(layer.visible) })}>${listed(inner)}</stack>`;
    }
    const name = `data/layer${files.length}.png`;
    await keep(name, await encodeLayer(picture, await layer.raster()));
    const { x, y } = layer.box;
    return `<layer${attributes({ name: layer.name, src: name, x, y, opacity: layer.opacity, ...seen(layer.visible) })}/>`;
  }
}

async function encodeLayer(picture: Picture, { block, mask }: LayerRaster): Promise<Uint8Array> {
  const { width, height } = block.box;
  const whole = mask === null;
  const shape = whole ? picture : { ...picture, ...rectOf({ width, height }), channels: 4 as const };
  const samples = whole ? block.samples : seenThrough({ block, mask });
  return (await encodePicture({ ...shape, samples }, samples, 'png', { keepMetadata: false })).bytes;
}

/** The samples with what the mask hides transparent. */
function seenThrough({ block, mask }: LayerRaster): Samples {
  const { box, channels, depth, samples } = block;
  const opaque = largestSample(depth);
  const result = newSamples(box.width * box.height * 4, depth);
  for (let y = 0, from = 0, to = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++, from += channels, to += 4) {
      for (let channel = 0; channel < 3; channel++) result[to + channel] = samples[from + channel];
      if (mask === null || mask.get(x, y)) result[to + 3] = channels === 4 ? samples[from + 3] : opaque;
    }
  }
  return result;
}

function stackOf({ width, height }: Picture, elements: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<image${attributes({ version: '0.0.3', w: width, h: height })}><stack>${listed(elements)}</stack></image>\n`;
}

/** The list begins with the topmost. */
function listed(elements: readonly string[]): string {
  return elements.toReversed().join('');
}

function seen(visible: boolean) {
  return { visibility: visible ? 'visible' : 'hidden' };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll(/\p{C}/gu, ' ').replaceAll(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}
