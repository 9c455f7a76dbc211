import type { ErrorCode } from '../../shared/errors';

/** Words for an error; `file`: its name without the folder, empty when none is concerned. */
interface ReportWords {
  readonly message: (file: string) => string;
  readonly remedy: string;
}

/** By code; what has no words stays as it is. */
export type Reports = Readonly<Partial<Record<ErrorCode, ReportWords>>> & {
  /** Before what the error says itself. */
  readonly inParticular: (message: string) => string;
};
