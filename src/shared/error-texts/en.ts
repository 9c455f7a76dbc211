import type { ErrorCode } from '../errors';

/** What happened, and what the person can do about it; a sentence each. */
export interface Words {
  readonly message: string;
  readonly remedy: string;
}

/** What a sentence is made of. Names are without their folder. */
export type Parameters = Readonly<Record<string, string | number>>;

const reason = <P extends Parameters>(code: ErrorCode, words: (parameters: P) => Words) => ({ code, words });
interface Named extends Parameters {
  readonly name: string;
}
interface Format extends Parameters {
  readonly format: string;
}
/** `others`: labels of formats, as a list in English; `listIn` says it otherwise. */
interface FormatWithOthers extends Format {
  readonly others: string;
}

/** Every reason for an error, with the code that programs go by and the English words: those of the engine and the command line. */
export const en = {
  'no-such-file': reason('file-missing', ({ name }: Named) => ({
    message: `There is no file "${name}".`,
    remedy: 'Check whether it was moved, renamed or deleted.',
  })),
  'may-not-be-read': reason('file-unreadable', ({ name }: Named) => ({
    message: `"${name}" may not be read.`,
    remedy: 'Give yourself permission to read it, or copy it to another folder.',
  })),
  'folder-for-picture': reason('file-unreadable', ({ name }: Named) => ({
    message: `"${name}" is a folder, not a picture.`,
    remedy: 'Choose a file inside it.',
  })),
  'not-read': reason('file-unreadable', ({ name }: Named) => ({
    message: `"${name}" could not be read.`,
    remedy: 'Check the disk or the connection to it.',
  })),
  'file-empty': reason('file-unreadable', ({ name }: Named) => ({
    message: `"${name}" is empty.`,
    remedy: 'Copy or download it again.',
  })),
  'changed-while-opened': reason('file-unreadable', ({ name }: Named) => ({
    message: `"${name}" was changed by another program while it was being opened.`,
    remedy: 'Open it again.',
  })),
  'no-room-left': reason('disk-full', ({ name }: Named) => ({
    message: `There is no room left to write "${name}".`,
    remedy: 'Free some space or save to another disk.',
  })),
  'no-such-folder': reason('file-not-writable', ({ name }: Named) => ({
    message: `The folder for "${name}" does not exist.`,
    remedy: 'Choose another folder.',
  })),
  'may-not-be-written': reason('file-not-writable', ({ name }: Named) => ({
    message: `"${name}" may not be written there.`,
    remedy: 'Close other programs that use the file, or save to another folder.',
  })),
  'folder-in-the-way': reason('file-not-writable', ({ name }: Named) => ({
    message: `"${name}" is a folder.`,
    remedy: 'Choose another name.',
  })),
  'name-too-long': reason('file-not-writable', ({ name }: Named) => ({
    message: `"${name}" is too long a name.`,
    remedy: 'Choose a shorter one.',
  })),
  'not-written': reason('file-not-writable', ({ name }: Named) => ({
    message: `"${name}" could not be written.`,
    remedy: 'Save to another folder or disk.',
  })),
  'is-original': reason('file-not-writable', ({ name }: Named) => ({
    message: `"${name}" is the original picture.`,
    remedy: 'Choose another name, or say that the original is to be overwritten.',
  })),
  'no-memory-to-open': reason('out-of-memory', ({ name }: Named) => ({
    message: `There is not enough memory for "${name}".`,
    remedy: 'Close other pictures or programs, or open a smaller version of it.',
  })),
  'no-memory-to-write': reason('out-of-memory', ({ format }: Format) => ({
    message: `There is not enough memory to write the picture as ${format}.`,
    remedy: 'Close other pictures or programs and try again.',
  })),
  damaged: reason('file-unreadable', ({ name, format }: Named & Format) => ({
    message: `"${name}" is damaged or incomplete: it begins as ${format}, but can't be decoded to its end.`,
    remedy: 'Copy or download it again, or open another copy.',
  })),
  'no-picture': reason('format-unsupported', ({ name, others }: Named & { others: string }) => ({
    message: `"${name}" is not a picture of a known kind.`,
    remedy: `Pictures can be ${listIn('and', others)}; convert it to one of these.`,
  })),
  'unread-kind': reason('format-unsupported', ({ name, kind, others }: Named & { kind: string; others: string }) => ({
    message: `"${name}" is a picture of kind ${kind}, which can't be read.`,
    remedy: `Pictures can be ${listIn('and', others)}; convert it to one of these.`,
  })),
  'not-encoded': reason('format-unsupported', ({ format, others }: FormatWithOthers) => ({
    message: `The picture could not be encoded as ${format}.`,
    remedy: `Save it as ${listIn('or', others)}.`,
  })),
  'holds-no-alpha': reason('format-unsupported', ({ format, others }: FormatWithOthers) => ({
    message: `The picture has transparent pixels, which ${format} can't hold.`,
    remedy: `Save it as ${listIn('or', others)}.`,
  })),
  'side-too-long-for-format': reason(
    'format-unsupported',
    ({ format, others, most, width, height }: FormatWithOthers & { most: number; width: number; height: number }) => ({
      message: `${format} holds at most ${most} pixels a side; the picture has ${width} x ${height}.`,
      remedy: `Save it as ${listIn('or', others)}.`,
    }),
  ),
  'ending-of-another-format': reason('bad-request', ({ name, format, asked }: Named & Format & { asked: string }) => ({
    message: `"${name}" has the ending of a ${format} file, but ${asked} was asked for.`,
    remedy: 'Change the name or the format.',
  })),
  'file-too-large': reason('picture-too-large', ({ name }: Named) => ({
    message: `"${name}" is larger than 2 GB.`,
    remedy: CUT_OR_SHRINK,
  })),
  'side-too-long': reason(
    'picture-too-large',
    ({ name, width, height, most }: Named & { width: number; height: number; most: number }) => ({
      message: `"${name}" has ${width} x ${height} pixels; a side can have at most ${most}.`,
      remedy: CUT_OR_SHRINK,
    }),
  ),
  'too-many-pixels': reason(
    'picture-too-large',
    ({ name, megapixels, most }: Named & { megapixels: number; most: number }) => ({
      message: `"${name}" has ${megapixels} megapixels; the limit is ${most}.`,
      remedy: CUT_OR_SHRINK,
    }),
  ),
  'features-not-fetched': reason('runtime-unavailable', ({ command }: { command: string }) => ({
    message:
      'The perceptual loss and the critics of learnt features need a feature network that is not on this machine.',
    remedy: `Fetch it once with "${command}", or choose a goal without them.`,
  })),
} as const;

const CUT_OR_SHRINK = 'Cut the part to be worked on out of it, or open a smaller version.';

/** Words of a list that is given with commas alone: the last two are joined by `last`. */
export function listIn(last: string, commas: string): string {
  return commas.replace(/, ([^,]*)$/, ` ${last} $1`);
}

export type Reason = keyof typeof en;
export type ParametersOf<R extends Reason> = Parameters_<(typeof en)[R]['words']>;
type Parameters_<F> = F extends (parameters: infer P) => Words ? P : never;
