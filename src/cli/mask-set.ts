/** Which mask, source region, hint or list of lines belongs to which photo. Looks at names only. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, parse, resolve } from 'node:path';
import { byName, maskNamed, type NamedPhoto } from '../engine/files/photo-list';
import { errorFor } from '../shared/error-texts';
import type { ErrorReport } from '../shared/errors';
import { isPicturePath } from '../shared/read-only-formats';
import { UsageError } from './failure';

const SUFFIXES = ['', '-mask', '_mask'];

/** Files by photo: the same one for all, one of each name, or none. */
export class MaskSet {
  private constructor(
    private readonly path: string | null,
    /** Folder below the path and stem to the files that are called so; null: the path is a file. */
    private readonly files: ReadonlyMap<string, readonly string[]> | null,
    /** Folder below the path and whole name to the file. */
    private readonly named: ReadonlyMap<string, string>,
    private readonly pattern: string | undefined,
    /** By folder and stem, the endings of all photos: another one's file is no photo's. */
    private readonly endings: ReadonlyMap<string, ReadonlySet<string>>,
  ) {}

  /**
   * @param path a file, a folder, or undefined: none, or by the pattern beside the photo
   * @param photos all that there are
   * @param pattern such as {name}_mask.png; undefined: the photo's name, perhaps with -mask or _mask, of any ending
   * @param isOne which files of a folder count
   * @throws UsageError when there is no such file or folder
   */
  static async of(
    path: string | undefined,
    option: string,
    photos: readonly NamedPhoto[],
    {
      pattern,
      isOne = isPicture,
    }: { readonly pattern?: string | undefined; readonly isOne?: (name: string) => boolean } = {},
  ): Promise<MaskSet> {
    const endings = new Map<string, Set<string>>();
    for (const { path: photo } of photos) {
      const { dir, name, ext } = parse(photo);
      const key = join(dir, normal(name));
      endings.set(key, (endings.get(key) ?? new Set()).add(ext.toLowerCase()));
    }
    if (path === undefined) return new MaskSet(null, null, new Map(), pattern, endings);
    const found = await stat(path).catch(() => null);
    if (found === null) throw new UsageError(`${option}: there is no file or folder "${path}".`);
    if (!found.isDirectory()) return new MaskSet(path, null, new Map(), undefined, endings);
    const files = new Map<string, string[]>();
    const named = new Map<string, string>();
    for (const below of new Set(photos.map((photo) => photo.below))) {
      const names = await readdir(join(path, below)).catch(() => []);
      for (const name of names.filter((one) => !one.startsWith('.')).sort(byName)) {
        const stem = join(below, normal(parse(name).name));
        const file = join(path, below, name);
        named.set(join(below, normal(name)), file);
        if (isOne(name)) files.set(stem, [...(files.get(stem) ?? []), file]);
      }
    }
    return new MaskSet(path, files, named, pattern, endings);
  }

  /** null where no mask is used, undefined where the photo's is missing. */
  for({ path: photo, below }: NamedPhoto): string | null | undefined {
    if (this.pattern !== undefined) {
      const name = maskNamed(this.pattern, photo);
      if (this.files === null) return this.path ?? join(dirname(photo), name);
      return this.named.get(join(below, normal(name)));
    }
    if (this.path === null || this.files === null) return this.path;
    const { dir, name, ext } = parse(photo);
    const stem = normal(name);
    for (const suffix of SUFFIXES) {
      const whole = this.files.get(join(below, normal(basename(photo)) + suffix));
      if (whole?.[0] !== undefined) return whole[0];
    }
    const others = this.endings.get(join(dir, stem)) ?? new Set<string>();
    for (const suffix of SUFFIXES) {
      // Of several files of one name the one with the photo's own ending is its; one with another photo's is that one's.
      const files = (this.files.get(join(below, stem + suffix)) ?? []).filter(
        (file) => resolve(file) !== resolve(photo),
      );
      const own = files.find((file) => extname(file).toLowerCase() === ext.toLowerCase());
      const free = files.find((file) => !others.has(extname(file).toLowerCase()));
      const found = own ?? free ?? (others.size > 1 ? undefined : files[0]);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  missing({ path: photo }: NamedPhoto): ErrorReport {
    const file = this.path ?? '';
    const folder = basename(file);
    if (this.pattern !== undefined) {
      return errorFor('mask-of-name-not-found', { folder, name: maskNamed(this.pattern, photo) }, { file }).toReport();
    }
    return errorFor('mask-not-found', { folder, name: parse(photo).name }, { file }).toReport();
  }
}

function isPicture(name: string): boolean {
  return isPicturePath(name);
}

/** File systems differ in how they spell an umlaut; the same name is the same name. */
function normal(name: string): string {
  return name.normalize('NFC');
}
