import { basename } from 'node:path';
import { errorFor, type ParametersOf, type Reason } from '../../shared/error-texts';
import type { StudioError } from '../../shared/errors';

/** Reasons that name a project and what is wrong with it. */
type Damage = Exclude<Extract<Reason, `project-${string}`>, 'project-newer'>;

/** For a file that is no project, or not a whole one. */
export function projectDamaged<R extends Damage>(
  path: string,
  id: R,
  parameters: Omit<ParametersOf<R>, 'name'>,
  cause?: unknown,
): StudioError {
  return errorFor(id, { ...parameters, name: basename(path) } as unknown as ParametersOf<R>, { file: path, cause });
}
