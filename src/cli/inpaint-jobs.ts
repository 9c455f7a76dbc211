/** From what the command line names to a list of jobs: which photo with which mask goes where. Looks at names only. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, parse, resolve, sep } from 'node:path';
import { errorFor } from '../shared/error-texts';
import type { ErrorReport } from '../shared/errors';
import { extensionOf, formatOfPath, PICTURE_FORMAT_NAMES } from '../shared/picture-formats';
import { UsageError } from './failure';
import type { InpaintOptions } from './inpaint-options';

export interface InpaintJob {
  readonly photo: string;
  /** null: the photo's own transparent pixels. */
  readonly mask: string | null;
  /** null: anywhere outside the hole. */
  readonly source: string | null;
  /** Colours painted into the hole; null: none. */
  readonly hint: string | null;
  /** Edges to continue, a JSON file; null: none. */
  readonly lines: string | null;
  /** What is filled again afterwards, with which model. */
  readonly repairs: readonly { readonly model: string; readonly mask: string }[];
  readonly output: string;
}

/** A photo for which there is nothing to do, and why. */
export interface RefusedPhoto {
  readonly photo: string;
  readonly error: ErrorReport;
}

type Named = Pick<InpaintOptions, 'photos' | 'mask' | 'source' | 'out' | 'format' | 'overwrite'> &
  Partial<Pick<InpaintOptions, 'repairs' | 'hint' | 'lines' | 'variants'>>;

const OUTPUT_SUFFIX = '-inpainted';
const MASK_SUFFIXES = ['', '-mask', '_mask'];
/** How the names of results, of variants among them, and of masks end. */
const DERIVED = /(-inpainted(-\d)?|-mask|_mask)$/;
const ENDINGS = PICTURE_FORMAT_NAMES.map(extensionOf);

/**
 * In a folder of photos, earlier results (NAME-inpainted, NAME-inpainted-2) and masks (NAME-mask, NAME_mask) that belong to another photo
 * there are left out. A mask belongs to a photo when its name is the photo's, with or without such a suffix, whatever
 * its ending.
 * @throws UsageError when the names contradict each other: then nothing is done at all
 */
export async function planJobs(named: Named): Promise<{ jobs: InpaintJob[]; refused: RefusedPhoto[] }> {
  const photos = (await Promise.all(named.photos.map(photosAt))).flat();
  if (photos.length === 0) throw new UsageError(`There is no picture in ${named.photos.join(', ')}.`);
  const masks = await MaskSet.of(named.mask, '--mask');
  const sources = await MaskSet.of(named.source, '--source');
  const hints = await MaskSet.of(named.hint, '--hint');
  const lines = await MaskSet.of(named.lines, '--lines', jsonIn);
  const repairs = await Promise.all(
    (named.repairs ?? []).map(async ({ model, mask }) => ({ model, masks: await MaskSet.of(mask, '--repair') })),
  );
  const outputs = await outputNames(photos, named);

  const jobs: InpaintJob[] = [];
  const refused: RefusedPhoto[] = [];
  photos.forEach((photo, index) => {
    const mask = masks.for(photo);
    const source = sources.for(photo);
    if (mask === undefined) refused.push({ photo, error: masks.missing(photo) });
    else if (source === undefined) refused.push({ photo, error: sources.missing(photo) });
    else {
      // A photo without a hint or lines of its own needs none.
      const steering = { hint: hints.for(photo) ?? null, lines: lines.for(photo) ?? null };
      jobs.push({ photo, mask, source, ...steering, repairs: repairsOf(photo, repairs), output: outputs[index] ?? '' });
    }
  });
  await checkOutputs(jobs, named);
  return { jobs, refused };
}

/** A photo without a mask for a repair needs none. */
function repairsOf(photo: string, repairs: readonly { readonly model: string; readonly masks: MaskSet }[]) {
  return repairs.flatMap(({ model, masks }) => {
    const mask = masks.for(photo);
    return mask == null ? [] : [{ model, mask }];
  });
}

async function photosAt(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path];
  const names = await picturesIn(path);
  const stems = new Set(names.map((name) => parse(name).name));
  return names
    .filter((name) => {
      const stem = parse(name).name;
      const suffix = DERIVED.exec(stem)?.[0];
      return suffix === undefined || !stems.has(stem.slice(0, -suffix.length));
    })
    .map((name) => join(path, name));
}

async function picturesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !name.startsWith('.') && formatOfPath(name) !== undefined).sort(byName);
}

async function jsonIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => extname(name).toLowerCase() === '.json').sort(byName);
}

/** The same order on every machine. */
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Masks by photo: the same one for all, one of each name, or none. */
class MaskSet {
  private constructor(
    private readonly path: string | null,
    /** Stem to file, where the path is a folder. */
    private readonly files: ReadonlyMap<string, string> | null,
  ) {}

  /** @param filesIn what of a folder counts */
  static async of(path: string | undefined, option: string, filesIn = picturesIn): Promise<MaskSet> {
    if (path === undefined) return new MaskSet(null, null);
    const found = await stat(path).catch(() => null);
    if (found === null) throw new UsageError(`${option}: there is no file or folder "${path}".`);
    if (!found.isDirectory()) return new MaskSet(path, null);
    const names = await filesIn(path);
    return new MaskSet(path, new Map(names.map((name) => [normal(parse(name).name), join(path, name)])));
  }

  /** null where no mask is used, undefined where the photo's is missing. */
  for(photo: string): string | null | undefined {
    if (this.path === null || this.files === null) return this.path;
    const stem = normal(parse(photo).name);
    for (const suffix of MASK_SUFFIXES) {
      const file = this.files.get(stem + suffix);
      if (file !== undefined && resolve(file) !== resolve(photo)) return file;
    }
    return undefined;
  }

  missing(photo: string): ErrorReport {
    const { name } = parse(photo);
    return errorFor(
      'mask-not-found',
      { folder: basename(this.path ?? ''), name },
      { file: this.path ?? '' },
    ).toReport();
  }
}

/** File systems differ in how they spell an umlaut; the same name is the same name. */
function normal(name: string): string {
  return name.normalize('NFC');
}

async function outputNames(photos: readonly string[], named: Named): Promise<string[]> {
  const { out, format } = named;
  const folders = await Promise.all(named.photos.map(isFolder));
  const single = photos.length === 1 && !folders.includes(true);
  const outIsFile = out !== undefined && formatOfPath(out) !== undefined && !(await isFolder(out));
  if (outIsFile && !single) throw new UsageError(`--out names one file, "${out}", for several photos; name a folder.`);
  if (out !== undefined && outIsFile) {
    if (format !== undefined && formatOfPath(out) !== format) {
      throw new UsageError(`--format says ${format}, but --out "${basename(out)}" has another ending.`);
    }
    return [out];
  }
  if (
    out !== undefined &&
    !out.endsWith('/') &&
    !out.endsWith(sep) &&
    extname(out) !== '' &&
    single &&
    !(await isFolder(out))
  ) {
    throw new UsageError(
      `"${basename(out)}" does not end like a picture: ${ENDINGS.slice(0, -1).join(', ')} or ${ENDINGS.at(-1)}.`,
    );
  }
  return photos.map((photo) => {
    const { name, ext } = parse(photo);
    const ending = format === undefined || formatOfPath(photo) === format ? ext : extensionOf(format);
    return join(out ?? dirname(photo), `${name}${OUTPUT_SUFFIX}${ending}`);
  });
}

/** Where the second of `count` fills goes, the third, ...: NAME-2, NAME-3 beside NAME. */
export function variantOutputs(output: string, count: number): string[] {
  const { dir, name, ext } = parse(output);
  return Array.from({ length: count - 1 }, (_, i) => join(dir, `${name}-${i + 2}${ext}`));
}

/** No two results in one file, and none over an input. */
async function checkOutputs(jobs: readonly InpaintJob[], { overwrite, variants = 1 }: Named): Promise<void> {
  const inputs = new Map<string, string>();
  for (const { photo, mask, source, hint, lines, repairs } of jobs) {
    for (const file of [photo, mask, source, hint, lines, ...repairs.map((repair) => repair.mask)])
      if (file !== null) inputs.set(await identity(file), file);
  }
  const taken = new Map<string, string>();
  const outputs = jobs.flatMap(({ photo, output: first }) =>
    [first, ...variantOutputs(first, variants)].map((output) => ({ photo, output })),
  );
  for (const { photo, output } of outputs) {
    const key = await identity(output);
    const other = taken.get(key);
    if (other !== undefined) {
      throw new UsageError(
        `"${other}" and "${photo}" would both be written to "${output}"; do them one after the other.`,
      );
    }
    taken.set(key, photo);
    if (inputs.has(key) && !overwrite) {
      throw new UsageError(`"${output}" is one of the inputs; name another --out, or say --overwrite.`);
    }
  }
}

async function identity(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
