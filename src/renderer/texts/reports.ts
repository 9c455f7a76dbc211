import { errorFor, type ParametersOf, type Reason, toErrorReport, wordsOf } from '../../shared/error-texts';
import { type ErrorReport, StudioError } from '../../shared/errors';
import { spokenLanguage } from '.';

/** What another process reports, as the window throws it: in the language spoken, where its reason is known. */
export function spokenError(report: ErrorReport): StudioError {
  return new StudioError({ ...report, ...wordsOf(report, spokenLanguage()) });
}

/** What was thrown, in the language spoken. */
export function spokenReport(thrown: unknown): ErrorReport {
  return spokenError(toErrorReport(thrown)).toReport();
}

/** An error of the window's own, in the language spoken. */
export function windowError<R extends Reason>(id: R, parameters: ParametersOf<R>): StudioError {
  return spokenError(errorFor(id, parameters).toReport());
}
