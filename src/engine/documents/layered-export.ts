/** A document as one file with layers for other editors: the original, every fill with its mask, other variants hidden. */
import { BitPlane } from '../../shared/bit-plane';
import { type Rect, rectOf } from '../../shared/geometry';
import { withScratchFolder } from '../files/scratch-folder';
import { writeAside } from '../files/write-aside';
import { uprightExif } from '../image/exif';
import { cropSamples } from '../image/patches';
import type { LaidPatch, Patch, Picture } from '../image/picture';
import type { PsdInformation } from '../image/psd/resources';
import { type LayerRaster, type PsdGroup, type PsdLayer, writePsd } from '../image/psd/write-psd';
import { sharp } from '../image/sharp';
import { writeOpenRaster } from './openraster';

export const LAYERED_FORMATS = ['psd', 'ora'] as const;
export type LayeredFormat = (typeof LAYERED_FORMATS)[number];

/** A result of a hole, read when it is written. */
export interface StackedResult {
  readonly name: string;
  /** Around its patches. */
  readonly box: Rect;
  readonly patches: () => Promise<readonly Patch[]>;
}

export interface StackedFill extends StackedResult {
  readonly visible: boolean;
  /** 0..1 */
  readonly opacity: number;
  /** Those that were not chosen. */
  readonly others: readonly StackedResult[];
  /** What their group is called. */
  readonly othersName: string;
}

export interface LayerStack {
  readonly picture: Picture;
  /** What the lowest layer is called. */
  readonly originalName: string;
  /** Lowest first. */
  readonly fills: readonly StackedFill[];
  readonly keepMetadata: boolean;
}

/**
 * Writes a stack as a Photoshop or an OpenRaster file, of the picture's depth and with its profile, in one step. Laid over each
 * other, the visible layers give the picture; where it has transparency that a fill takes away in part, other programs lay more
 * of the fill over what was there.
 * @throws StudioError disk-full, file-not-writable; format-unsupported when it is too large for the format
 */
export async function exportLayered(stack: LayerStack, format: LayeredFormat, path: string): Promise<void> {
  const layers = layersOf(stack);
  const { picture } = stack;
  const visible = await visiblePatches(stack);
  if (format === 'psd') {
    const { width, height, depth, channels, origin } = picture;
    const information = await informationOf(stack);
    const merged = (box: Rect) => cropSamples(picture, box, visible);
    const shape = { width, height, depth, grey: origin.grey, alpha: channels === 4 };
    await writeAside(path, (file) => writePsd(file, { ...shape, information, layers, merged }));
    return;
  }
  await withScratchFolder((folder) =>
    writeOpenRaster(path, folder, { picture, visible, layers, keepMetadata: stack.keepMetadata }),
  );
}

function layersOf({ picture, originalName, fills }: LayerStack): readonly (PsdLayer | PsdGroup)[] {
  const box = rectOf(picture);
  const { samples, channels, depth } = picture;
  const original: PsdLayer = {
    kind: 'layer',
    name: originalName,
    visible: true,
    opacity: 1,
    box,
    masked: false,
    raster: () => Promise.resolve({ block: { box, samples, channels, depth }, mask: null }),
  };
  return [
    original,
    ...fills.flatMap((fill) => {
      const { visible, opacity, others, othersName } = fill;
      const layer = layerOf(picture, fill, visible, opacity);
      if (others.length === 0) return [layer];
      const layers = others.map((other) => layerOf(picture, other, true, opacity));
      return [{ kind: 'group', name: othersName, visible: false, layers } as const, layer];
    }),
  ];
}

function layerOf(picture: Picture, result: StackedResult, visible: boolean, opacity: number): PsdLayer {
  const { name, box, patches } = result;
  const raster = async () => rasterOf(picture, box, await patches());
  return { kind: 'layer', name, visible, opacity, box, masked: true, raster };
}

/** Around its holes a layer holds the photo, so that its mask can be widened later. */
function rasterOf(picture: Picture, box: Rect, patches: readonly Patch[]): LayerRaster {
  const mask = new BitPlane(box.width, box.height);
  for (const { hole, box: at } of patches) mask.combine(hole, 'or', at.x - box.x, at.y - box.y);
  return { block: cropSamples(picture, box, patches), mask };
}

async function visiblePatches({ fills }: LayerStack): Promise<readonly LaidPatch[]> {
  const lists = await Promise.all(
    fills
      .filter(({ visible, opacity }) => visible && opacity > 0)
      .map(async ({ opacity, patches }) => (await patches()).map((patch) => ({ ...patch, opacity }))),
  );
  return lists.flat();
}

/** What the picture's file said of it, as far as a Photoshop file has a place for it; IPTC captions stand in its XMP, if at all. */
async function informationOf({ picture, keepMetadata }: LayerStack): Promise<PsdInformation> {
  const { metadata } = picture.origin;
  if (!metadata) return {};
  const { icc, xmp } = await sharp(metadata.carrier).metadata();
  const exif = metadata.exif && keepMetadata ? uprightExif(metadata.exif, picture) : null;
  return {
    ...(metadata.density === undefined ? {} : { density: metadata.density }),
    ...(icc && metadata.hasProfile ? { profile: icc } : {}),
    ...(exif ? { exif } : {}),
    ...(xmp && keepMetadata ? { xmp } : {}),
  };
}
