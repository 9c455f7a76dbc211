/** "-" as the name of a file: one input from standard input, the one result to standard output. */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { writingFailed } from '../engine/files/file-errors';
import { withScratchFolder } from '../engine/files/scratch-folder';
import { errorFor } from '../shared/error-texts';
import { extensionOf, formatOfBytes, formatOfPath } from '../shared/picture-formats';
import { readableLabels, readOnlyFormatOfBytes } from '../shared/read-only-formats';
import { type CliContext, type ProgressEvent, stopIf } from './cli-context';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { UsageError } from './failure';
import type { InpaintOptions } from './inpaint-options';
import { linesTooLong, MOST_LINES_BYTES } from './lines-file';
import { STANDARD_STREAM } from './standard-stream-name';

/** More than any picture that can be opened takes, bytes: what has no end must not fill the disk. */
const MOST_INPUT = 2 * 2 ** 30;
/** Of the first bytes, by which a format is told. */
const HEAD = 64;
const INPUT_NAME = 'standard input';

/**
 * Does the command with files in the place of standard input and output, and removes them.
 * @throws UsageError for more than one input or more than one result; StudioError when the input is too long or empty
 */
export async function withStandardStreams(
  options: InpaintOptions,
  context: CliContext,
  inpaint: (options: InpaintOptions, context: CliContext) => Promise<ExitCode>,
): Promise<ExitCode> {
  const inputs = inputsOf(options);
  const fromInput = inputs.filter((name) => name === STANDARD_STREAM).length;
  const toOutput =
    options.out === STANDARD_STREAM || (options.out === undefined && options.photos.includes(STANDARD_STREAM));
  if (fromInput === 0 && !toOutput) return inpaint(options, context);
  if (fromInput > 1) throw new UsageError('Only one of the inputs can be - (standard input).');
  if (toOutput) refuseSeveralResults(options);
  return withScratchFolder(async (folder) => {
    const input =
      fromInput === 0 ? STANDARD_STREAM : await readInput(folder, options.lines === STANDARD_STREAM, context);
    const result = toOutput ? join(folder, `result${endingOf(options, input)}`) : null;
    const names = new Map<string, string>();
    if (fromInput > 0) names.set(input, INPUT_NAME);
    if (result !== null) names.set(result, 'standard output');
    const code = await inpaint(withFiles(options, input, result), saying(context, names));
    if (result !== null && code === EXIT_CODES.done.code) await context.writeBytes(await readFile(result));
    return code;
  });
}

function inputsOf({ photos, mask, source, hint, lines, repairs }: InpaintOptions): readonly (string | undefined)[] {
  return [...photos, mask, source, hint, lines, ...repairs.map((repair) => repair.mask)];
}

function withFiles(options: InpaintOptions, input: string, result: string | null): InpaintOptions {
  const file = (name: string) => (name === STANDARD_STREAM ? input : name);
  const optional = (name: string | undefined) => (name === undefined ? undefined : file(name));
  return {
    ...options,
    photos: options.photos.map(file),
    mask: optional(options.mask),
    source: optional(options.source),
    hint: optional(options.hint),
    lines: optional(options.lines),
    repairs: options.repairs.map(({ model, mask }) => ({ model, mask: file(mask) })),
    out: result ?? options.out,
  };
}

function refuseSeveralResults({ photos, variants, json }: InpaintOptions): void {
  if (photos.length !== 1) throw new UsageError('To standard output (-) goes one photo.');
  if (variants > 1) throw new UsageError('To standard output (-) goes one fill; name a folder for several --variants.');
  if (json) throw new UsageError('--json writes to standard output; name a file with --out, or say --progress json.');
}

/** As the result is asked for, else as the photo is. */
function endingOf({ format, photos }: InpaintOptions, input: string): string {
  if (format !== undefined) return extensionOf(format);
  const [photo = ''] = photos;
  return extensionOf(formatOfPath(photo === STANDARD_STREAM ? input : photo) ?? 'png');
}

async function readInput(folder: string, json: boolean, { input, signal }: CliContext): Promise<string> {
  const part = join(folder, 'input');
  let head = Buffer.alloc(0);
  let length = 0;
  const file = await open(part, 'wx', 0o600);
  try {
    for await (const bytes of input) {
      stopIf(signal);
      if (head.length < HEAD) {
        head = Buffer.concat([head, bytes.subarray(0, HEAD)]);
        if (!json && head.length >= HEAD) requirePicture(head);
      }
      length += bytes.length;
      if (json && length > MOST_LINES_BYTES) throw linesTooLong(INPUT_NAME);
      if (length > MOST_INPUT) throw errorFor('input-too-long', { most: MOST_INPUT / 2 ** 30 });
      await file.writeFile(bytes).catch((thrown: unknown) => {
        throw writingFailed(part, thrown);
      });
    }
  } finally {
    await file.close();
  }
  if (length === 0) throw errorFor('input-empty', {});
  const format = formatOfBytes(head);
  const path = `${part}${json ? '.json' : format === undefined ? '' : extensionOf(format)}`;
  await rename(part, path);
  return path;
}

/** What never ends is mostly no picture, and is not waited for. @throws StudioError format-unsupported */
function requirePicture(head: Uint8Array): void {
  if (formatOfBytes(head) !== undefined || readOnlyFormatOfBytes(head) !== undefined) return;
  throw errorFor('no-picture', { name: INPUT_NAME, others: readableLabels().join(', ') });
}

/** Nobody knows the files by their temporary names. */
function saying(context: CliContext, names: ReadonlyMap<string, string>): CliContext {
  const { write, event, ...terminal } = context.messages;
  const said = (text: string) => [...names].reduce((line, [file, name]) => line.replaceAll(file, name), text);
  const saidOf = (_key: string, value: unknown) => (typeof value === 'string' ? said(value) : value);
  return {
    ...context,
    messages: {
      ...terminal,
      write: (text) => write(said(text)),
      ...(event && { event: (what) => event(JSON.parse(JSON.stringify(what), saidOf) as ProgressEvent) }),
    },
  };
}
