import path from 'node:path';
import { errorFor, toErrorReport } from '../../shared/error-texts';
import { StudioError } from '../../shared/errors';
import { sampleTo8 } from '../image/planes';
import { readPicture } from '../image/read-picture';
import { findPictures, type SkippedFile } from './picture-files';

/** A decoded picture for training: interleaved 8-bit RGB. */
export interface TrainingPicture {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

/**
 * The pictures of a folder and everything below it, decoded when asked for and kept as far as the memory given allows.
 * A file that cannot be read, or is too small, is left out and listed; the run goes on without it.
 */
export class PictureFolder {
  /** Files left out so far. */
  readonly skipped: SkippedFile[] = [];
  private readonly cache = new Map<string, TrainingPicture>();
  private readonly unusable = new Set<string>();
  private cachedBytes = 0;
  /** That a photo was left out for want of room among the temporary files: no fault of the photo's. */
  private withoutRoom: StudioError | null = null;

  private constructor(
    readonly root: string,
    /** Paths below the folder, sorted: the order that random draws refer to. */
    readonly files: readonly string[],
    private readonly smallestSide: number,
    private readonly cacheBytes: number,
    private readonly onSkipped?: (skipped: SkippedFile) => void,
  ) {}

  /**
   * @param smallestSide pixels; smaller pictures are left out
   * @param onSkipped told of each file that is left out, when that is found out
   * @throws StudioError `training-data` when the folder cannot be read or holds no picture
   */
  static async open(
    root: string,
    smallestSide: number,
    cacheMegabytes: number,
    onSkipped?: (skipped: SkippedFile) => void,
  ): Promise<PictureFolder> {
    const { files, skipped } = await findPictures(root).catch((cause: unknown) => {
      throw errorFor('photo-folder-unread', { name: path.basename(root) }, { file: root, cause });
    });
    if (files.length === 0) throw errorFor('folder-without-photo', { name: path.basename(root) }, { file: root });
    const folder = new PictureFolder(root, files, smallestSide, cacheMegabytes * 1e6, onSkipped);
    for (const each of skipped) folder.tell(each);
    return folder;
  }

  /** The pictures of this folder for which a test on their path below it holds; null where there is none. */
  subset(holds: (file: string) => boolean): PictureFolder | null {
    const files = this.files.filter(holds);
    if (files.length === 0) return null;
    return new PictureFolder(this.root, files, this.smallestSide, this.cacheBytes, this.onSkipped);
  }

  /** The picture at a place of the list, or null when that file is left out. */
  async picture(index: number): Promise<TrainingPicture | null> {
    const file = this.files[index];
    if (file === undefined || this.unusable.has(file)) return null;
    const cached = this.cache.get(file);
    if (cached !== undefined) {
      this.cache.delete(file);
      this.cache.set(file, cached); // the most recently used stands last
      return cached;
    }
    try {
      const picture = await decode(path.join(this.root, file));
      const side = Math.min(picture.width, picture.height);
      if (side < this.smallestSide)
        throw errorFor('smaller-than-crops', { width: picture.width, height: picture.height, side: this.smallestSide });
      this.keep(file, picture);
      return picture;
    } catch (thrown) {
      // Not the photo's fault: left out now, it would be missing from a run that is to be the same whenever it is stopped.
      if (thrown instanceof StudioError && thrown.reason?.id === 'decoder-not-started') throw thrown;
      this.leaveOut(file, thrown);
      return null;
    }
  }

  private leaveOut(file: string, cause: unknown): void {
    this.unusable.add(file);
    this.tell({ file, error: toErrorReport(cause) });
    if (cause instanceof StudioError && cause.reason?.id === 'no-scratch-folder') this.withoutRoom = cause;
    if (this.unusable.size === this.files.length)
      throw (
        this.withoutRoom ??
        errorFor('no-usable-photo', { name: path.basename(this.root), picture: file }, { file: this.root, cause })
      );
  }

  private tell(skipped: SkippedFile): void {
    this.skipped.push(skipped);
    this.onSkipped?.(skipped);
  }

  private keep(file: string, picture: TrainingPicture): void {
    this.cache.set(file, picture);
    this.cachedBytes += picture.samples.length;
    for (const [oldest, { samples }] of this.cache) {
      if (this.cachedBytes <= this.cacheBytes || oldest === file) break;
      this.cache.delete(oldest);
      this.cachedBytes -= samples.length;
    }
  }
}

async function decode(file: string): Promise<TrainingPicture> {
  const { width, height, channels, samples, depth } = await readPicture(file);
  if (channels === 3 && samples instanceof Uint8Array) return { width, height, samples };
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      const sample = samples[pixel * channels + c];
      rgb[pixel * 3 + c] = depth === 8 ? sample : sampleTo8(sample);
    }
  }
  return { width, height, samples: rgb };
}
