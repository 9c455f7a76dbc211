/**
 * Errors a person can act on. Everything that can go wrong because of the outside world (a file, a model, a machine)
 * is a `StudioError`: it says what happened, to which file, and what to do. Anything else that is thrown is a bug.
 */

export const ERROR_CODES = [
  'bad-request',
  'cancelled',
  'disk-full',
  'document-unknown',
  'engine-stopped',
  'file-missing',
  'file-not-writable',
  'file-unreadable',
  'format-unsupported',
  'hole-empty',
  'hole-everything',
  'internal',
  'line-in-hole',
  'mask-size-mismatch',
  'model-broken',
  'model-question',
  'model-unknown',
  'out-of-memory',
  'picture-too-large',
  'runtime-unavailable',
  'source-too-small',
  'training-data',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The plain-data form in which an error crosses a process boundary. */
export interface ErrorReport {
  readonly code: ErrorCode;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What the person can do about it, in one sentence; empty when there is nothing to do. */
  readonly remedy: string;
  /** The file concerned, as the user knows it. */
  readonly file?: string;
  /** What both sentences are made of in any language (`error-texts`); left out: there is none but the English. */
  readonly reason?: { readonly id: string; readonly parameters: Readonly<Record<string, string | number>> } | undefined;
}

export class StudioError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly file: string | undefined;
  readonly reason: ErrorReport['reason'];

  constructor(report: ErrorReport, options?: ErrorOptions) {
    super(report.message, options);
    this.name = 'StudioError';
    this.code = report.code;
    this.remedy = report.remedy;
    this.file = report.file;
    this.reason = report.reason;
  }

  toReport(): ErrorReport {
    return {
      code: this.code,
      message: this.message,
      remedy: this.remedy,
      ...(this.file === undefined ? {} : { file: this.file }),
      ...(this.reason === undefined ? {} : { reason: this.reason }),
    };
  }
}
