import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import { visible } from '../shared/visible';

export const LOG_LEVELS = ['error', 'warning', 'info'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A file is put aside when it is longer, bytes. */
const LONGEST = 1_000_000;
/** Files that are kept besides the one that is written: inpaint-studio.log.1 is the youngest. */
const KEPT = 3;
/** Of one entry: a log is read by people. */
const LONGEST_ENTRY = 10_000;

/** What the program noticed, on this machine alone. Writing never stops the program: on a full disk entries are lost. */
export class LogFile {
  /** @param verbose whether `info` is written, and everything shown on standard error too */
  constructor(
    readonly path: string,
    private readonly verbose: boolean,
    private readonly now: () => Date = () => new Date(),
  ) {}

  write(level: LogLevel, message: string, cause?: unknown): void {
    if (level === 'info' && !this.verbose) return;
    const reason =
      cause === undefined ? '' : `: ${cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause)}`;
    const entry = `${message}${reason}`.slice(0, LONGEST_ENTRY).replaceAll('\n', '\n  ');
    // Names of files stand in it, and both standard error and the file are looked at in terminals.
    const line = visible(`${this.now().toISOString()} ${level} ${entry}\n`);
    if (this.verbose || level !== 'info') process.stderr.write(line);
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      this.rotate();
      appendFileSync(this.path, line, { mode: 0o600 });
    } catch {
      // It stands on standard error.
    }
  }

  private rotate(): void {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size < LONGEST) return;
    for (let number = KEPT; number > 0; number--) {
      const from = number === 1 ? this.path : `${this.path}.${number - 1}`;
      if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${this.path}.${number}`);
    }
  }
}
