import { type ErrorReport, StudioError } from '../shared/errors';
import { toErrorReport } from '../shared/error-texts';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import type { CliContext } from './cli-context';

/** The command line contradicts itself or names something that is not there. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One line: what happened, where, what to do. */
export function errorLine({ message, remedy, file }: ErrorReport, subject?: string): string {
  const where = file === undefined || file === subject || message.includes(file) ? '' : ` (${file})`;
  const line = [`${message}${where}`, remedy].filter((part) => part !== '').join(' ');
  return `${subject === undefined ? '' : `${subject}: `}${line}`.replaceAll(/\s*\n\s*/g, ' ');
}

/** Says what ended a command, and with which status the program ends for it. */
export function reportFailure(thrown: unknown, context: CliContext, verbose: boolean): ExitCode {
  const { messages, signal } = context;
  if (signal.aborted || (thrown instanceof StudioError && thrown.code === 'cancelled')) {
    messages.write('Stopped.\n');
    return EXIT_CODES.cancelled.code;
  }
  if (thrown instanceof UsageError) {
    messages.write(`inpaint-studio: ${thrown.message.replaceAll(/\s+/g, ' ')}\n`);
    return EXIT_CODES.usage.code;
  }
  const report = toErrorReport(thrown);
  messages.write(`inpaint-studio: ${errorLine(report)}\n`);
  if (verbose && thrown instanceof Error) messages.write(`${stackOf(thrown)}\n`);
  if (report.code === 'internal') return EXIT_CODES.fault.code;
  return report.code === 'bad-request' ? EXIT_CODES.usage.code : EXIT_CODES.unusable.code;
}

/** The stack of an error and of what caused it, for --verbose. */
export function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? String(error)}${cause}`;
}
