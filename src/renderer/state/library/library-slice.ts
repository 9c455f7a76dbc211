/** What the library of models shows: plain data; its pictures are in ModelLibrary. */
import type { ErrorReport } from '../../../shared/errors';
import type { Asked, ChosenModel, StatedByUser } from '../../../shared/protocol/models';
import type { DocumentSlice } from '../document/document-slice';
import type { ShellSlice } from '../shell/shell-slice';
import type { Store } from '../store';

type ImportStage = 'waiting' | 'copying' | 'reading' | 'trying';

/** Where an import stands. One at a time. */
export type ImportState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly jobId: string;
      readonly file: ChosenModel;
      readonly stage: ImportStage;
      readonly fraction: number;
      readonly secondsLeft: number | null;
    }
  /** What no test tells has to be stated first. */
  | {
      readonly kind: 'question';
      readonly file: ChosenModel;
      readonly asked: readonly Asked[];
      /** What was stated before. */
      readonly stated: StatedByUser;
    }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | { readonly kind: 'done'; readonly modelId: string };

/** A standard fill with a model: what it looks like is in ModelLibrary, what it took is here. */
export type TrialState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'trying' }
  | { readonly kind: 'done'; readonly seconds: number; readonly provider: string; readonly measuredAt: number }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export interface LibraryState {
  /** The model whose details are shown; null: the one that fills. */
  readonly selected: string | null;
  readonly import: ImportState;
  readonly trials: Readonly<Record<string, TrialState>>;
  /** What was done last, or went wrong. */
  readonly message: { readonly kind: 'info' | 'error'; readonly text: string } | null;
}

export interface LibrarySlice {
  readonly library: LibraryState;
}

export type LibraryStore = Store<ShellSlice & DocumentSlice & LibrarySlice>;

export const INITIAL_LIBRARY: LibrarySlice = {
  library: { selected: null, import: { kind: 'idle' }, trials: {}, message: null },
};

/** Whether a dropped file is a model to import rather than a picture. */
export function isModelFile({ name }: { readonly name: string }): boolean {
  return /\.onnx$/i.test(name);
}
