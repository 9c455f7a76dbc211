/** Pictures of formats that are only read, as PNGs of the same samples: all that follows knows them as these. */
import type { Metadata } from 'sharp';
import { errorFor } from '../../../shared/error-texts';
import { READ_ONLY_FORMATS, type ReadOnlyFormat } from '../../../shared/read-only-formats';
import { notAPicture } from '../picture-errors';
import { psdClaims, readMergedPsd, UnreadPsd } from '../psd/read-psd';
import { rawSamples, sharp } from '../sharp';
import { bmpHeader, readBmp } from './bmp';
import { readHeic } from './heic';
import { asPng, type PlainPicture } from './plain-picture';

export interface ReadOnlyFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Throws where a picture is too large, by what its file claims and before any of it is decoded. */
export type CheckSize = (width: number, height: number) => void;

/**
 * @returns the PNG, and what reading left out
 * @throws StudioError file-unreadable (damaged), format-unsupported; and what `check` throws
 */
export async function readOnlyAsPng(
  file: ReadOnlyFile,
  format: ReadOnlyFormat,
  check: CheckSize,
): Promise<{ readonly bytes: Buffer; readonly notes: readonly string[] }> {
  const picture = await READERS[format](file, check);
  return { bytes: await asPng(picture), notes: picture.notes };
}

const READERS: Readonly<Record<ReadOnlyFormat, (file: ReadOnlyFile, check: CheckSize) => Promise<PlainPicture>>> = {
  gif: async ({ bytes }, check) => {
    const about = await aboutOf(bytes);
    check(about.width, about.height);
    const pages = about.pages ?? 1;
    const notes = pages > 1 ? [`Only the first of its ${pages} pages or frames was opened.`] : [];
    const frame = sharp(bytes, { limitInputPixels: false, failOn: 'error' });
    // Most say that a colour is transparent and do not use it.
    const opaque = about.hasAlpha && (await frame.clone().stats()).isOpaque;
    const fewColours = about.isPalette ?? false;
    return { ...(await rawSamples(opaque ? frame.removeAlpha() : frame, 8)), fewColours, notes };
  },
  bmp: (file, check) => {
    const header = bmpHeader(file.bytes);
    if (!header) throw notAPicture(file.path, file.name, 'BMP of an unusual form');
    check(header.width, header.height);
    return Promise.resolve(readBmp(file.bytes, header) ?? damaged(file, 'bmp'));
  },
  heic: async (file, check) => {
    const about = await aboutOf(file.bytes);
    check(about.width, about.height);
    return (await readHeic(file.bytes, about)) ?? damaged(file, 'heic');
  },
  psd: (file, check) => {
    const { path, name, bytes } = file;
    try {
      const { width, height } = psdClaims(bytes);
      check(width, height);
      const { channels, samples, information, more } = readMergedPsd(bytes);
      const notes = [
        'Its layers are not opened, only what they show together.',
        ...(more ? ['Its saved selections are not kept.'] : []),
      ];
      return Promise.resolve({ width, height, channels, samples, notes, ...information });
    } catch (thrown) {
      if (!(thrown instanceof UnreadPsd)) throw thrown;
      if (thrown.why.kind === 'colours') throw notAPicture(path, name, `PSD (${thrown.why.name})`);
      if (thrown.why.kind === 'no-merged') throw errorFor('psd-without-picture', { name }, { file: path });
      return damaged(file, 'psd');
    }
  },
};

function damaged({ path, name }: ReadOnlyFile, format: ReadOnlyFormat): never {
  throw errorFor('damaged', { name, format: READ_ONLY_FORMATS[format].label }, { file: path });
}

function aboutOf(bytes: Buffer): Promise<Metadata> {
  return sharp(bytes, { limitInputPixels: false, failOn: 'error' }).metadata();
}
