import { basename } from 'node:path';
import { errorFor, type ParametersOf, type Reason } from '../../shared/error-texts';
import type { StudioError } from '../../shared/errors';

/** Reasons that name an ONNX file and why it is refused, or does not do. */
type Refusal = Extract<Reason, `onnx-${string}` | `trial-${string}`>;
/** Those of them that say no more than that. */
export type PlainRefusal = { [R in Refusal]: keyof ParametersOf<R> extends 'name' ? R : never }[Refusal];
type Rest<R extends Refusal> = Omit<ParametersOf<R>, 'name'>;

export function refused<R extends Refusal>(file: string, id: R, parameters: Rest<R>, cause?: unknown): StudioError {
  return errorFor(id, { ...parameters, name: basename(file) } as unknown as ParametersOf<R>, { file, cause });
}
