import type { ErrorReport } from '../../shared/errors';
import type { Stage } from '../network/inference';
import type { TensorData } from '../runtime/onnx/file-session';
import type { ForeignModel } from './imported-model';
import type { ForeignRun } from './imported-session';
import type { Values } from '../runtime/runtime';

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
      /** Instead of the model's own factor on the attention's scores. */
      readonly attentionScale?: number;
      readonly feeds: Values;
    }
  | ({ readonly kind: 'foreign'; readonly id: number } & ForeignRun)
  | { readonly kind: 'inspect'; readonly id: number; readonly file: string }
  | { readonly kind: 'providers'; readonly id: number }
  | { readonly kind: 'probe'; readonly id: number; readonly provider: string; readonly thorough: boolean };

export type InferenceAnswer =
  | { readonly id: number; readonly ok: true; readonly values: Values }
  | { readonly id: number; readonly ok: true; readonly tensor: TensorData }
  | { readonly id: number; readonly ok: true; readonly foreign: ForeignModel }
  | { readonly id: number; readonly ok: true; readonly providers: readonly string[] }
  | { readonly id: number; readonly ok: true; readonly probe: ProbeResult }
  | { readonly id: number; readonly ok: false; readonly error: ErrorReport };

/** An execution provider that gave the CPU's numbers on a small convolution. */
export interface ProbeResult {
  readonly label: string;
  /** Of a generator of the default model's shape, both stages, at 256 x 256. */
  readonly milliseconds: number;
  /** The same at 512 x 512; only where it was asked for. */
  readonly milliseconds512?: number | undefined;
  /** Largest difference from the CPU relative to the largest value. */
  readonly deviation: number;
}
