import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Edit } from '../../shared/document-model';
import type { MainEventPayload } from '../../shared/bridge';
import type { ErrorReport } from '../../shared/errors';
import type { MeasuredSurroundings, Proposal } from '../../shared/library';
import type { WindowSettings } from '../../shared/protocol/settings';
import type { DocumentInfo, ModelSummary, RuntimeStatus } from '../../shared/protocol/values';
import type { Leftover } from '../../shared/protocol/window';
import type { ToolId } from '../tools/tool';
import type { AutosaveState } from './document/autosave';
import type { ComparisonState } from './document/comparisons';
import { layersOf } from './document/edits';
import type { TourStep } from './shell/tour';
import { type FillState, IDLE, isBusy } from './fills/fill-machine';
import { FIRST_HINT, type HintChoice } from './document/hint-choice';
import type { Inspected } from './fills/inspector';
import { EMPTY_LIBRARY, type LibraryState } from './library/library-state';
import type { PlaneName } from './document/planes';
import type { Varied } from './fills/variant-plan';

/** Which picture is in the window. The picture that is being opened replaces it only when it is there. */
export type DocumentState =
  | { readonly kind: 'empty' }
  /** Nothing to show, because of this. */
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | { readonly kind: 'open'; readonly info: DocumentInfo };

export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  /** It ended unasked. Main starts another, unless that has failed too often. */
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'restarting'; readonly reason: string };

/** A message beside the work: nothing waits for it. */
export interface Notice {
  readonly noticeId: string;
  readonly kind: 'info' | 'error';
  readonly title: string;
  readonly body: string;
}

/** Several fills in a row: more variants of an edit, or all edits that are out of date. */
export interface BatchState {
  readonly kind: 'variants' | 'refresh';
  /** Whose variants; null for a refresh. */
  readonly editId: string | null;
  /** Of the fill under way, from 0. */
  readonly index: number;
  readonly total: number;
}

export type Answer = 'yes' | 'other' | 'no';

/** A question, and what happens with the answer. */
export interface Question {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly danger: boolean;
  /** A second thing to choose; its button answers 'other'. */
  readonly other?: string;
  readonly answer: (answer: Answer) => void;
}

export type DialogState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'commands' }
  | { readonly kind: 'save-as' }
  | { readonly kind: 'library' }
  | { readonly kind: 'repair'; readonly measured: MeasuredSurroundings; readonly proposals: readonly Proposal[] }
  | { readonly kind: 'recovery'; readonly leftovers: readonly Leftover[] }
  | { readonly kind: 'question'; readonly question: Question };

/** All that the panels show. Pixels, planes and strokes are elsewhere: see OpenDocument and StudioCanvas. */
export interface AppState {
  readonly document: DocumentState;
  readonly opening: boolean;
  /** Whether only an overview of the picture is there: what needs the whole waits until it is decoded. */
  readonly partial: boolean;
  readonly saving: boolean;
  /** Lowest first. */
  readonly edits: readonly Edit[];
  /** The edit whose variants and settings are shown in the panel. */
  readonly selectedEdit: string | null;
  /** The edit whose name is being changed. */
  readonly renaming: string | null;
  /** How many more variants, and what is to differ. */
  readonly variation: { readonly count: number; readonly vary: Varied | 'any' };
  /** The edit whose mask lies on the canvas to be changed; filling makes a variant of it. */
  readonly openMask: string | null;
  /** Several fills one after another. */
  readonly batch: BatchState | null;
  /** The stack of edits as it was when last saved, in the form of `stackKey`. */
  readonly savedStack: string;
  /** Counts the document's changes, of paint and of edits. */
  readonly revision: number;
  readonly autosave: AutosaveState;
  readonly painted: Readonly<Record<PlaneName, boolean>>;
  /** Whether a colour hint is painted. */
  readonly hinted: boolean;
  readonly hint: HintChoice;
  readonly history: { readonly undo: string | null; readonly redo: string | null };
  readonly fill: FillState;
  readonly engine: EngineState;
  readonly runtime: RuntimeStatus | null;
  readonly models: readonly ModelSummary[];
  readonly library: LibraryState;
  /** The runs that are being trained. */
  readonly training: MainEventPayload<'training:changed'>;
  readonly settings: WindowSettings;
  readonly tool: ToolId;
  /** What areas mark, and what inverting, growing and the like work on. */
  readonly target: PlaneName;
  /** How alike colours must be for the magic wand, of 255, and whether they must hang together. */
  readonly wand: { readonly tolerance: number; readonly contiguous: boolean };
  /** Whether patches must come from the photo itself and not from what earlier fills made. */
  readonly freshOnly: boolean;
  /** Width of the ring around the hole that the preset allows, pixels. */
  readonly ringWidth: number;
  /** The allowed source holds hardly a patch for a hole of this size. */
  readonly sourceSmall: boolean;
  /** The soft rim of the softest stroke in the hole, pixels. */
  readonly tipSoftness: number;
  /** By how many pixels a plane grows or shrinks. */
  readonly growth: number;
  /** Display pixels for one pixel of the picture. */
  readonly zoom: number;
  /** Clockwise, degrees. */
  readonly rotation: number;
  /** While held: the original alone. */
  readonly comparing: boolean;
  readonly comparison: ComparisonState;
  /** Whether pixels have borders when they are large, and whether the whole picture is shown in small beside a part. */
  readonly pixelGrid: boolean;
  readonly minimap: boolean;
  /** What is known of where the fill under the pointer came from. */
  readonly inspected: Inspected;
  /** Whether colours over the fills show where they came from, and the distance of the strongest, pixels. */
  readonly flow: boolean;
  readonly flowReach: number;
  /** The step of the tour that is shown; null when it is not on. */
  readonly tour: TourStep | null;
  readonly dialog: DialogState;
  readonly notices: readonly Notice[];
}

export type AppStore = StoreApi<AppState>;

const INITIAL: AppState = {
  document: { kind: 'empty' },
  opening: false,
  partial: false,
  saving: false,
  edits: [],
  selectedEdit: null,
  renaming: null,
  variation: { count: 3, vary: 'any' },
  openMask: null,
  batch: null,
  savedStack: stackKey([]),
  revision: 0,
  autosave: { kind: 'idle' },
  painted: { hole: false, include: false, exclude: false },
  hinted: false,
  hint: FIRST_HINT,
  history: { undo: null, redo: null },
  fill: IDLE,
  engine: { kind: 'starting' },
  runtime: null,
  models: [],
  library: EMPTY_LIBRARY,
  training: [],
  settings: {
    theme: 'system',
    language: 'system',
    tourSeen: false,
    brushSize: 40,
    hardness: 1,
    penPressure: true,
    memoryLimit: 0,
    feather: 0,
    modelId: 'default',
    workingSize: 512,
    detail: 1,
    folded: [],
    editsHeight: 275,
    hintStrength: 0.8,
    stopAtCoarse: false,
  },
  tool: 'brush',
  target: 'hole',
  wand: { tolerance: 24, contiguous: true },
  freshOnly: true,
  ringWidth: 80,
  sourceSmall: false,
  tipSoftness: 0,
  growth: 4,
  zoom: 1,
  rotation: 0,
  comparing: false,
  comparison: { kind: 'none' },
  pixelGrid: true,
  minimap: true,
  inspected: { kind: 'none' },
  flow: false,
  flowReach: 0,
  tour: null,
  dialog: { kind: 'closed' },
  notices: [],
};

export function createAppStore(initial: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({ ...INITIAL, ...initial }));
}

/** What of the edits a saved file holds: two equal keys, two equal pictures. */
export function stackKey(edits: readonly Edit[]): string {
  return JSON.stringify(layersOf(edits).filter(({ visible, opacity }) => visible && opacity > 0));
}

export function documentOf(state: AppState): DocumentInfo | null {
  return state.document.kind === 'open' ? state.document.info : null;
}

/** The edit that the panel shows more of, and that actions on an edit work on. */
export function selectedEdit({ edits, selectedEdit }: AppState): Edit | null {
  return edits.find(({ editId }) => editId === selectedEdit) ?? null;
}

/** Whether closing the document would lose something: a fill, or of a project anything that its file does not hold. */
export function isUnsaved(state: AppState): boolean {
  const info = documentOf(state);
  if (!info) return false;
  return info.project ? info.project.revision !== state.revision : stackKey(state.edits) !== state.savedStack;
}

export function canFill(state: AppState): boolean {
  const { document, engine, fill, batch } = state;
  return document.kind === 'open' && engine.kind === 'ready' && !isBusy(fill) && batch === null;
}

/** A coarse fill waits for its hint. */
export function canRefine({ document, engine, fill }: AppState): boolean {
  return document.kind === 'open' && engine.kind === 'ready' && fill.kind === 'waiting';
}
