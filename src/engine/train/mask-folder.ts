import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { luma, sampleTo8 } from '../image/planes';
import { readPicture } from '../image/read-picture';
import { isPicturePath } from '../../shared/read-only-formats';
import type { Mask } from './masks';
import type { Random } from '../numeric/random';

/** Brightness from which on a pixel of a mask file is hole. */
const WHITE = 128;

/** A user's own masks, stretched to the crops' side when first drawn. */
export class MaskFolder {
  private readonly masks = new Map<string, Mask | null>();

  private constructor(
    private readonly root: string,
    private readonly files: readonly string[],
    private readonly side: number,
  ) {}

  /** @throws StudioError `training-data` when the folder cannot be read or holds no picture */
  static async open(root: string, side: number): Promise<MaskFolder> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
      throw noMask('mask-folder-unread', root, cause);
    });
    const files = entries
      .filter((entry) => entry.isFile() && isPicturePath(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .sort();
    if (files.length === 0) throw noMask('folder-without-mask', root);
    return new MaskFolder(root, files, side);
  }

  /**
   * A random mask, mirrored left to right by chance. Files that cannot be read, and masks without any hole or without any
   * known pixel at the crops' side, are passed over.
   * @throws StudioError `training-data` when no file is left
   */
  async draw(random: Random): Promise<Mask> {
    const first = random.integer(0, this.files.length - 1);
    const mirrored = random.uniform() < 0.5;
    for (let tried = 0; tried < this.files.length; tried++) {
      const mask = await this.mask(this.files[(first + tried) % this.files.length]);
      if (mask !== null) return mirrored ? mirror(mask, this.side) : mask;
    }
    throw noMask('no-usable-mask', this.root);
  }

  private async mask(file: string): Promise<Mask | null> {
    const known = this.masks.get(file);
    if (known !== undefined) return known;
    const mask = await readSquare(path.join(this.root, file), this.side).catch(() => null);
    const usable = mask !== null && mask.includes(1) && mask.includes(0) ? mask : null;
    this.masks.set(file, usable);
    return usable;
  }
}

/** The nearest pixels: a mask has no shades. */
async function readSquare(file: string, side: number): Promise<Mask> {
  const { width, height, channels, depth, samples } = await readPicture(file);
  const to8 = depth === 16 ? sampleTo8 : (sample: number): number => sample;
  const mask = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const row = Math.floor(((y + 0.5) * height) / side) * width;
    for (let x = 0; x < side; x++) {
      const at = (row + Math.floor(((x + 0.5) * width) / side)) * channels;
      const brightness = luma(to8(samples[at]), to8(samples[at + 1]), to8(samples[at + 2]));
      const opacity = channels === 4 ? to8(samples[at + 3]) / 255 : 1;
      mask[y * side + x] = brightness * opacity >= WHITE ? 1 : 0;
    }
  }
  return mask;
}

function mirror(mask: Mask, side: number): Mask {
  return mask.map((_, i) => mask[i - (i % side) + side - 1 - (i % side)]);
}

function noMask(
  id: 'mask-folder-unread' | 'folder-without-mask' | 'no-usable-mask',
  root: string,
  cause?: unknown,
): StudioError {
  return errorFor(id, { name: path.basename(root) }, { file: root, cause });
}
