/** From what the command line names to a list of jobs: which photo with which mask goes where. Looks at names only. */
import { basename, dirname, extname, join, parse, sep } from 'node:path';
import { isFolder, type NamedPhoto, type PassedOver, photosNamed } from '../engine/files/photo-list';
import { identity, resultPath } from '../engine/files/results';
import type { ErrorReport } from '../shared/errors';
import { extensionOf, formatOfPath, PICTURE_FORMAT_NAMES } from '../shared/picture-formats';
import { UsageError } from './failure';
import type { InpaintOptions } from './inpaint-options';
import { MaskSet } from './mask-set';

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
  Partial<Pick<InpaintOptions, 'repairs' | 'hint' | 'lines' | 'variants' | 'recursive' | 'maskName'>>;

const ENDINGS = PICTURE_FORMAT_NAMES.map(extensionOf);

/** What is to be done, and what of that which was named is not. */
export interface Plan {
  readonly jobs: InpaintJob[];
  readonly refused: RefusedPhoto[];
  readonly passedOver: readonly PassedOver[];
}

/**
 * Folders are looked into by `photosNamed`, masks found by `MaskSet`.
 * @throws UsageError when the names contradict each other: then nothing is done at all
 */
export async function planJobs(named: Named): Promise<Plan> {
  const { recursive = false, maskName } = named;
  const { photos, passedOver } = await photosNamed(named.photos, recursive, maskName);
  if (photos.length === 0) {
    const others = passedOver.map((passed) => ` ${basename(passed.path)}: ${whyPassedOver(passed)}.`).join('');
    throw new UsageError(`There is no picture in ${named.photos.join(', ')}.${others}`);
  }
  const masks = await MaskSet.of(named.mask, '--mask', photos, { pattern: maskName });
  const sources = await MaskSet.of(named.source, '--source', photos);
  const hints = await MaskSet.of(named.hint, '--hint', photos);
  const lines = await MaskSet.of(named.lines, '--lines', photos, { isOne: isJson });
  const repairs = await Promise.all(
    (named.repairs ?? []).map(async ({ model, mask }) => ({
      model,
      masks: await MaskSet.of(mask, '--repair', photos),
    })),
  );
  const outputs = await outputNames(photos, named);

  const jobs: InpaintJob[] = [];
  const refused: RefusedPhoto[] = [];
  photos.forEach((photo, index) => {
    const mask = masks.for(photo);
    const source = sources.for(photo);
    if (mask === undefined) refused.push({ photo: photo.path, error: masks.missing(photo) });
    else if (source === undefined) refused.push({ photo: photo.path, error: sources.missing(photo) });
    else {
      // A photo without a hint or lines of its own needs none.
      const steering = { hint: hints.for(photo) ?? null, lines: lines.for(photo) ?? null };
      const output = outputs[index] ?? '';
      jobs.push({ photo: photo.path, mask, source, ...steering, repairs: repairsOf(photo, repairs), output });
    }
  });
  await checkOutputs(jobs, named);
  return { jobs, refused, passedOver };
}

/** A photo without a mask for a repair needs none. */
function repairsOf(photo: NamedPhoto, repairs: readonly { readonly model: string; readonly masks: MaskSet }[]) {
  return repairs.flatMap(({ model, masks }) => {
    const mask = masks.for(photo);
    return mask == null ? [] : [{ model, mask }];
  });
}

/** Why something of a folder was not taken, for a person. */
export function whyPassedOver({ path, kind }: PassedOver): string {
  if (kind === 'folder') return 'a folder; --recursive takes what is in it';
  return `${extname(path).slice(1).toUpperCase()} is not read; convert it first`;
}

function isJson(name: string): boolean {
  return extname(name).toLowerCase() === '.json';
}

async function outputNames(photos: readonly NamedPhoto[], named: Named): Promise<string[]> {
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
  return photos.map(({ path, below }) =>
    resultPath(path, out === undefined ? dirname(path) : join(out, below), format),
  );
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
