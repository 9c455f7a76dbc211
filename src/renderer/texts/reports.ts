import { type ErrorReport, StudioError } from '../../shared/errors';
import { wordsOf } from '../../shared/error-texts';
import type { Language } from '../../shared/language';
import { spokenLanguage } from '.';
import { deReports } from './de-reports';
import type { Reports } from './report-words';

/** English is what the other processes speak by themselves. */
const REPORTS: Readonly<Record<Language, Reports | null>> = { en: null, de: deReports };

/** What another process reports, as the window throws it: in the language spoken; one that carries no reason is followed by its own words. */
export function spokenError(report: ErrorReport): StudioError {
  const own = wordsOf(report, spokenLanguage());
  if (own) return new StudioError({ ...report, ...own });
  const reports = REPORTS[spokenLanguage()];
  const words = reports?.[report.code];
  if (!reports || !words) return new StudioError(report);
  const message = words.message(report.file?.split(/[\\/]/).at(-1) ?? '');
  const remedy = [words.remedy, reports.inParticular(report.message)].filter((part) => part !== '').join(' ');
  return new StudioError({ ...report, message, remedy });
}
