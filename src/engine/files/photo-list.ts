/** Which photos were named: files, and what folders hold. Looks at names only. */
import { readdir, stat } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { isPicturePath } from '../../shared/read-only-formats';

export interface NamedPhoto {
  readonly path: string;
  /** The folder below the named one that it lies in; empty: directly in it, or named itself. */
  readonly below: string;
}

/** What of a folder is not taken: a picture of a format that is not read, or a folder that was not to be looked into. */
export interface PassedOver {
  readonly path: string;
  readonly kind: 'format' | 'folder';
}

export interface PhotoList {
  readonly photos: readonly NamedPhoto[];
  readonly passedOver: readonly PassedOver[];
}

/** How the names of results, of variants among them, and of masks end. */
const DERIVED = /(-inpainted(-\d)?|-mask|_mask)$/;
/** Endings of pictures that are not read. */
const OTHER_PICTURES =
  /^\.(jxl|jp2|j2k|jpx|xcf|kra|ora|tga|pcx|ppm|pgm|pbm|pnm|hdr|exr|svg|ico|cr2|cr3|nef|arw|dng|raf|orf|rw2|pef|srw|raw)$/i;

/**
 * In a folder, earlier results (NAME-inpainted, NAME-inpainted-2) and masks (NAME-mask, NAME_mask, or as the pattern says) that
 * belong to another photo there are left out.
 * @param recursive whether folders inside are looked into; links to folders never are
 * @param maskName a pattern, see `MaskSet`
 */
export async function photosNamed(
  names: readonly string[],
  recursive: boolean,
  maskName: string | undefined,
): Promise<PhotoList> {
  const lists = await Promise.all(
    names.map(async (path): Promise<PhotoList> => {
      if (!(await isFolder(path))) return { photos: [{ path, below: '' }], passedOver: [] };
      return photosIn(path, '', recursive, maskName);
    }),
  );
  return { photos: lists.flatMap(({ photos }) => photos), passedOver: lists.flatMap(({ passedOver }) => passedOver) };
}

async function photosIn(
  root: string,
  below: string,
  recursive: boolean,
  maskName: string | undefined,
): Promise<PhotoList> {
  const folder = join(root, below);
  const entries = (await readdir(folder, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => byName(a.name, b.name));
  const pictures = entries.filter((entry) => !entry.isDirectory() && isPicturePath(entry.name));
  const stems = new Set(pictures.map(({ name }) => parse(name).name));
  const masks = new Set(maskName === undefined ? [] : pictures.map(({ name }) => maskNamed(maskName, name)));
  const photos = pictures
    .filter(({ name }) => {
      const stem = parse(name).name;
      const suffix = DERIVED.exec(stem)?.[0];
      return !masks.has(name) && (suffix === undefined || !stems.has(stem.slice(0, -suffix.length)));
    })
    .map(({ name }) => ({ path: join(folder, name), below }));
  const passedOver = entries.flatMap(({ name }): PassedOver[] => {
    const other = !isPicturePath(name) && OTHER_PICTURES.test(extname(name));
    return other ? [{ path: join(folder, name), kind: 'format' }] : [];
  });
  const folders = entries.filter((entry) => entry.isDirectory());
  if (!recursive) {
    const closed = folders.map(({ name }) => ({ path: join(folder, name), kind: 'folder' }) as const);
    return { photos, passedOver: [...passedOver, ...closed] };
  }
  const inside = await Promise.all(folders.map(({ name }) => photosIn(root, join(below, name), recursive, maskName)));
  return {
    photos: [...photos, ...inside.flatMap((list) => list.photos)],
    passedOver: [...passedOver, ...inside.flatMap((list) => list.passedOver)],
  };
}

/** A photo's mask by a pattern: {name} is the photo's name without its ending, {ext} the ending without its dot. */
export function maskNamed(pattern: string, photo: string): string {
  const { name, ext } = parse(photo);
  return pattern.replaceAll('{name}', name).replaceAll('{ext}', ext.slice(1));
}

/** The same order on every machine. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
