import type { Point, Rect } from '../../../shared/geometry';
import type { MaskFault } from '../../../shared/protocol/values';
import type { WindowSettings } from '../../../shared/protocol/settings';
import type { SourcePlace } from '../../../shared/source-map';
import type { DocumentSlice } from '../document/document-slice';
import type { ShellSlice } from '../shell/shell-slice';
import type { Store } from '../store';
import { type FillState, IDLE, isBusy } from './fill-machine';
import type { PhotoBatchState } from './photo-batch-state';
import type { Varied } from './variant-plan';

/** Several fills in a row: more variants of an edit, or all edits that are out of date. */
export interface BatchState {
  readonly kind: 'variants' | 'refresh';
  /** Whose variants; null for a refresh. */
  readonly editId: string | null;
  /** Of the fill under way, from 0. */
  readonly index: number;
  readonly total: number;
}

/** What is known of the fill under the pointer. */
export type Inspected =
  | { readonly kind: 'none' }
  /** It took nothing from the picture there; `isComposed`: while it is made of pieces otherwise. */
  | { readonly kind: 'unknown'; readonly editId: string; readonly number: number; readonly isComposed: boolean }
  | {
      readonly kind: 'piece';
      readonly editId: string;
      readonly number: number;
      /** A place in it, and the way from there to its source: whole picture pixels. */
      readonly at: Point;
      readonly shift: Point;
      readonly box: Rect;
      /** It was pressed, and stays shown. */
      readonly held: boolean;
      /** It is being dragged to another source, or cut again from there. */
      readonly dragged: boolean;
    }
  | ({ readonly kind: 'known'; readonly editId: string; readonly number: number } & SourcePlace);

export const NOT_INSPECTED: Inspected = { kind: 'none' };

/** The four steps of the tour to a first fill, in order; each is over when the person has really done it. */
export const TOUR_STEPS = ['paint', 'source', 'fill', 'keep'] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

export type CopiedSettings = Pick<WindowSettings, 'modelId' | 'manner' | 'workingSize' | 'detail' | 'feather'>;

/** What of the settings is a fill's. */
export function copyable({ modelId, manner, workingSize, detail, feather }: CopiedSettings): CopiedSettings {
  return { modelId, manner, workingSize, detail, feather };
}

/** What is filled, from where, and what became of it. */
export interface FillsSlice {
  readonly fill: FillState;
  /** Several fills one after another. */
  readonly batch: BatchState | null;
  /** All photos of the strip that are filled with one mask. */
  readonly photoBatch: PhotoBatchState;
  /** How many more variants, and what is to differ. */
  readonly variation: { readonly count: number; readonly vary: Varied | 'any' };
  /** Whether patches must come from the photo itself and not from what earlier fills made. */
  readonly freshOnly: boolean;
  /** Width of the ring around the hole that the preset allows, pixels. */
  readonly ringWidth: number;
  /** The allowed source holds hardly a patch for a hole of this size. */
  readonly sourceSmall: boolean;
  /** Fill would make the edited fill from something else than it was made from. */
  readonly refills: boolean;
  /** What a fill was made with, to be put onto another one. */
  readonly copiedSettings: CopiedSettings | null;
  /** What the painted hole leaves over of what it is to cover, and the pixels that it must grow by; null: nothing was seen. */
  readonly maskFault: { readonly fault: MaskFault; readonly grow: number } | null;
  /** What is known of where the fill under the pointer came from. */
  readonly inspected: Inspected;
  /** Whether colours over the fills show where they came from, and the distance of the strongest, pixels. */
  readonly flow: boolean;
  readonly flowReach: number;
  /** The step of the tour that is shown; null when it is not on. */
  readonly tour: TourStep | null;
}

/** What the controllers of fills see of the state. */
export type FillsState = ShellSlice & DocumentSlice & FillsSlice;
export type FillsStore = Store<FillsState>;

export const INITIAL_FILLS: FillsSlice = {
  fill: IDLE,
  batch: null,
  photoBatch: { kind: 'none' },
  variation: { count: 3, vary: 'any' },
  freshOnly: true,
  ringWidth: 80,
  sourceSmall: false,
  refills: false,
  copiedSettings: null,
  maskFault: null,
  inspected: NOT_INSPECTED,
  flow: false,
  flowReach: 0,
  tour: null,
};

export function canFill({ document, engine, fill, batch }: FillsState): boolean {
  return document.kind === 'open' && engine.kind === 'ready' && !isBusy(fill) && batch === null;
}

/** A coarse fill waits for its hint. */
export function canRefine({ document, engine, fill }: FillsState): boolean {
  return document.kind === 'open' && engine.kind === 'ready' && fill.kind === 'waiting';
}
