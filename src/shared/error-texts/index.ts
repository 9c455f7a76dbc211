/**
 * Errors by reason and parameters: the sentences are made where they are shown. The tables hold every language side by side,
 * a file a subject. The English sentences go along with the error, for the engine, the command line and logs.
 */
import { z } from 'zod';
import { type ErrorReport, StudioError } from '../errors';
import type { Language } from '../language';
import { wrongPlace } from '../wrong-place';
import { commandLine } from './command-line';
import { documents } from './documents';
import { files } from './files';
import { fills } from './fills';
import { lab } from './lab';
import { measures } from './measures';
import { models } from './models';
import { onnx } from './onnx';
import { pictures } from './pictures';
import { processes } from './processes';
import type { Parameters, Reason as Row } from './reason';
import { runs } from './runs';
import { runtimes } from './runtimes';
import { reasonOfSystem, systemErrorOf } from './system-errors';
import { training } from './training';
import { window } from './window';
import { workers } from './workers';

export const TABLES = {
  ...{ files, pictures, documents, fills, measures, models, onnx },
  ...{ runtimes, runs, training, processes, workers, window, commandLine, lab },
};

const reasons = {
  ...{ ...files, ...pictures, ...documents, ...fills, ...measures, ...models, ...onnx },
  ...{ ...runtimes, ...runs, ...training, ...processes, ...workers, ...window, ...commandLine, ...lab },
};
export type Reason = keyof typeof reasons;
export type ParametersOf<R extends Reason> = (typeof reasons)[R] extends Row<infer P> ? P : never;
export const REASONS = Object.keys(reasons) as readonly Reason[];

/** Longest text that is taken into a sentence, characters: words from elsewhere can be a whole log. */
const LONGEST = 600;

/** `file`: the path of the file concerned; empty or left out: none is. */
export function errorFor<R extends Reason>(
  id: R,
  parameters: ParametersOf<R>,
  { file = '', cause }: { readonly file?: string; readonly cause?: unknown } = {},
): StudioError {
  return made(id, parameters, file, cause);
}

/**
 * Turns anything thrown into a report. What the system says of a file becomes a reason for it; whatever else is not a
 * `StudioError` becomes `internal`, with its message but no stack.
 */
export function toErrorReport(thrown: unknown): ErrorReport {
  if (thrown instanceof StudioError) return thrown.toReport();
  const system = systemErrorOf(thrown);
  if (system !== null) {
    const name = system.path.split(/[\\/]/).at(-1) ?? '';
    return errorFor(reasonOfSystem(system), { name }, { file: system.path, cause: thrown }).toReport();
  }
  return errorFor('internal', { what: whatIsThrown(thrown) }).toReport();
}

/** In one line; what a schema says is a page of JSON, of which its first place is enough. */
function whatIsThrown(thrown: unknown): string {
  if (thrown instanceof z.ZodError) return wrongPlace(thrown);
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The same error of another file: its path and, where the sentences say a name, that. */
export function aboutFile(error: StudioError, file: string, name: string): StudioError {
  const { reason } = error;
  if (reason === undefined || !isKnown(reason.id))
    return new StudioError({ ...error.toReport(), file }, { cause: error });
  return made(reason.id, 'name' in reason.parameters ? { ...reason.parameters, name } : reason.parameters, file, error);
}

/** What is said of an error in a language; null for one that carries no reason that is known here. */
export function wordsOf({ reason }: ErrorReport, language: Language): Pick<ErrorReport, 'message' | 'remedy'> | null {
  if (reason === undefined || !isKnown(reason.id)) return null;
  return said(reason.id, reason.parameters, language);
}

function made(id: Reason, given: Parameters, file: string, cause: unknown): StudioError {
  const parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, cut(value)]));
  const report = { code: reasons[id].code, ...said(id, parameters, 'en'), reason: { id, parameters } };
  return new StudioError({ ...report, ...(file === '' ? {} : { file }) }, cause === undefined ? undefined : { cause });
}

function said(id: Reason, parameters: Parameters, language: Language): Pick<ErrorReport, 'message' | 'remedy'> {
  const words = reasons[id].words[language] as Row<Parameters>['words'][Language];
  const [message, remedy] = words(parameters);
  return { message, remedy };
}

function cut(value: string | number): string | number {
  return typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value;
}

function isKnown(id: string): id is Reason {
  return Object.hasOwn(reasons, id);
}
