import type { ErrorReport } from '../../../shared/errors';
import type { Stage } from '../../network/inference';
import type { Values } from '../runtime';

/** What the inference process is asked. Both ends are this program, of one build; typed arrays travel by structured clone. */
export type InferenceRequest =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly provider: string;
      readonly modelFolder: string;
      readonly stage: Stage;
      readonly width: number;
      readonly height: number;
      readonly feeds: Values;
    }
  | { readonly kind: 'providers'; readonly id: number }
  | { readonly kind: 'probe'; readonly id: number; readonly provider: string };

export type InferenceAnswer =
  | { readonly id: number; readonly ok: true; readonly values: Values }
  | { readonly id: number; readonly ok: true; readonly providers: readonly string[] }
  | { readonly id: number; readonly ok: true; readonly probe: ProbeResult }
  | { readonly id: number; readonly ok: false; readonly error: ErrorReport };

/** An execution provider that gave the CPU's numbers on a small convolution. */
export interface ProbeResult {
  readonly label: string;
  /** Milliseconds of one run after the first. */
  readonly milliseconds: number;
  /** Largest difference from the CPU relative to the largest value. */
  readonly deviation: number;
}
