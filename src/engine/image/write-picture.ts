import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { formatLabels, formatOfPath, PICTURE_FORMATS, type PictureFormat } from '../../shared/picture-formats';
import { writeAside } from '../files/write-aside';
import { encodePicture, type EncodeOptions } from './encode-picture';
import type { Picture, Samples } from './picture';

export interface WriteOptions extends EncodeOptions {
  /** Absent: what the destination's extension says, else the original's. */
  readonly format?: PictureFormat;
  /** Allows the destination to be the file that the picture was read from. Default false. */
  readonly overwrite?: boolean;
}

export interface WrittenPicture {
  readonly path: string;
  readonly format: PictureFormat;
  readonly bytes: number;
  /** What the format could not hold, one sentence each, for a person to read. */
  readonly notes: readonly string[];
}

/**
 * Encodes samples the way the picture's file was encoded (`encodePicture`) and puts the file in place in one step
 * (`writeAside`). The file the picture came from is replaced only when `overwrite` says so.
 * @param samples width x height x channels, of the picture's depth, as from `applyPatches`
 * @throws StudioError file-not-writable, disk-full, format-unsupported, out-of-memory; bad-request when the name's
 * ending is another format's
 */
export async function writePicture(
  picture: Picture,
  samples: Samples,
  destination: string,
  options: WriteOptions = {},
): Promise<WrittenPicture> {
  const format = chooseFormat(picture, destination, options);
  await checkDestination(picture, destination, format, options);
  const encoded = await encodePicture(picture, samples, format, options, destination);
  await writeAside(destination, encoded.bytes);
  return { path: destination, format, bytes: encoded.bytes.length, notes: encoded.notes };
}

function chooseFormat(picture: Picture, destination: string, options: WriteOptions): PictureFormat {
  const named = formatOfPath(destination);
  if (options.format !== undefined && named !== undefined && named !== options.format) {
    throw errorFor(
      'ending-of-another-format',
      {
        name: basename(destination),
        format: PICTURE_FORMATS[named].label,
        asked: PICTURE_FORMATS[options.format].label,
      },
      { file: destination },
    );
  }
  return options.format ?? named ?? picture.origin.format;
}

async function checkDestination(
  picture: Picture,
  destination: string,
  format: PictureFormat,
  options: WriteOptions,
): Promise<void> {
  const { label, longestSide: limit } = PICTURE_FORMATS[format];
  if (Math.max(picture.width, picture.height) > limit) {
    const others = formatLabels(({ longestSide }) => longestSide === Infinity).join(', ');
    const { width, height } = picture;
    throw errorFor(
      'side-too-long-for-format',
      { format: label, most: limit, width, height, others },
      { file: destination },
    );
  }
  const { path, pages = 1 } = picture.origin;
  if (path === '' || (options.overwrite === true && pages === 1)) return;
  if (await isSameFile(destination, path)) {
    if (options.overwrite === true) {
      throw errorFor('would-lose-pages', { name: basename(destination), pages }, { file: destination });
    }
    throw errorFor('is-original', { name: basename(destination) }, { file: destination });
  }
}

/**
 * Whether two paths lead to one file: through links, or by another spelling where upper and lower case are the same.
 */
async function isSameFile(one: string, other: string): Promise<boolean> {
  if (resolve(one) === resolve(other)) return true;
  const identity = async (path: string): Promise<string | null> =>
    stat(path, { bigint: true }).then(
      (found) => `${found.dev}:${found.ino}`,
      () => null,
    );
  const [first, second] = await Promise.all([identity(one), identity(other)]);
  return first !== null && first === second;
}
