import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { StudioError } from '../../shared/errors';
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
    throw new StudioError({
      code: 'bad-request',
      message: `"${basename(destination)}" has the ending of a ${PICTURE_FORMATS[named].label} file, but ${PICTURE_FORMATS[options.format].label} was asked for.`,
      remedy: 'Change the name or the format.',
      file: destination,
    });
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
    throw new StudioError({
      code: 'format-unsupported',
      message: `${label} holds at most ${limit} pixels a side; the picture has ${picture.width} x ${picture.height}.`,
      remedy: `Save it as ${formatLabels(({ longestSide }) => longestSide === Infinity).join(' or ')}.`,
      file: destination,
    });
  }
  if (options.overwrite === true || picture.origin.path === '') return;
  if (await isSameFile(destination, picture.origin.path)) {
    throw new StudioError({
      code: 'file-not-writable',
      message: `"${basename(destination)}" is the original picture.`,
      remedy: 'Choose another name, or say that the original is to be overwritten.',
      file: destination,
    });
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
