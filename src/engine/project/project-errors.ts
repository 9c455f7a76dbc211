import { basename } from 'node:path';
import { StudioError } from '../../shared/errors';

/** For a file that is no project, or not a whole one. `what` ends the sentence "x.inpaint ...". */
export function projectDamaged(path: string, what: string, cause?: unknown): StudioError {
  return new StudioError(
    {
      code: 'file-unreadable',
      message: `The project "${basename(path)}" ${what}.`,
      remedy: 'Copy it again from where it came from, or open an older copy of it.',
      file: path,
    },
    cause === undefined ? undefined : { cause },
  );
}
