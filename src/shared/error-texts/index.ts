/**
 * Errors by reason and parameters: the sentences are made where they are shown, from one table for each language. The
 * English ones go along with the error, for the engine, the command line and logs.
 */
import { type ErrorReport, StudioError } from '../errors';
import type { Language } from '../language';
import { de } from './de';
import { en, type Parameters, type ParametersOf, type Reason, type Words } from './en';

export const REASONS = Object.keys(en) as readonly Reason[];

/** `file`: the path of the file concerned; empty or left out: none is. */
export function errorFor<R extends Reason>(
  id: R,
  parameters: ParametersOf<R>,
  { file = '', cause }: { readonly file?: string; readonly cause?: unknown } = {},
): StudioError {
  const { code, words } = en[id] as { code: ErrorReport['code']; words: (parameters: ParametersOf<R>) => Words };
  return new StudioError(
    {
      code,
      ...words(parameters),
      reason: { id, parameters },
      ...(file === '' ? {} : { file }),
    },
    cause === undefined ? undefined : { cause },
  );
}

/** What is said of an error in a language; null for one that carries no reason that is known here. */
export function wordsOf({ reason }: ErrorReport, language: Language): Words | null {
  if (reason === undefined || !Object.hasOwn(en, reason.id)) return null;
  const id = reason.id as Reason;
  const words = (language === 'de' ? de[id] : en[id].words) as (parameters: Parameters) => Words;
  return words(reason.parameters);
}
