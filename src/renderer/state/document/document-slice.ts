import type { Edit } from '../../../shared/document-model';
import type { ErrorReport } from '../../../shared/errors';
import type { Rect } from '../../../shared/geometry';
import type { Photo } from '../../../shared/protocol/photos';
import type { DocumentInfo } from '../../../shared/protocol/values';
import type { ShellSlice } from '../shell/shell-slice';
import type { Store } from '../store';
import { layersOf } from './edits';
import { FIRST_HINT, type HintChoice } from './hint-choice';
import type { PlaneName } from './planes';
import { FIRST_TOOL, type ToolId } from './tool-id';

/** Which picture is in the window. The picture that is being opened replaces it only when it is there. */
export type DocumentState =
  | { readonly kind: 'empty' }
  /** Nothing to show, because of this. */
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | { readonly kind: 'open'; readonly info: DocumentInfo };

/** Whether what was done is on the disk. */
export type AutosaveState =
  /** Nothing was done yet. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'kept'; readonly at: Date; readonly revision: number }
  | { readonly kind: 'failing'; readonly error: ErrorReport };

/** One of two looks that are compared: a view of the document, and what the person calls it. */
export interface ComparedView {
  readonly view: string;
  readonly name: string;
}

/** How two looks of the picture are shown against each other. */
export type ComparisonState =
  | { readonly kind: 'none' }
  /** Left and right of a line; `at`: its place, as a part of the stage's width. */
  | { readonly kind: 'split'; readonly left: ComparedView; readonly right: ComparedView; readonly at: number }
  /** Their difference, times `gain`. */
  | { readonly kind: 'difference'; readonly one: ComparedView; readonly other: ComparedView; readonly gain: number };

/** What has become of a photo of the film strip that is not open. */
export type PhotoWork =
  /** Nothing was filled in it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saved' }
  /** It could not be opened. */
  | { readonly kind: 'failed'; readonly error: ErrorReport };

/** A photo of the film strip. */
export interface StripPhoto extends Photo {
  /** The document that it is open as, or that keeps its work while another is open; null: there is none. */
  readonly documentId: string | null;
  /** As it was left. */
  readonly work: PhotoWork;
  /** The file that it was filled to with the others; null: it was not. */
  readonly filledAs: string | null;
  /** The saved stack of the document that keeps its work. */
  readonly savedStack: string;
}

export const OBJECT_MARKS = ['box', 'strokes'] as const;
export type ObjectMarks = (typeof OBJECT_MARKS)[number];

/** The picture that is open and what is done to it by hand. Its pixels, planes and strokes are OpenDocument's. */
export interface DocumentSlice {
  readonly document: DocumentState;
  readonly opening: boolean;
  /** Whether that can be cancelled: a file is read. */
  readonly openingFile: boolean;
  /** Whether only an overview of the picture is there: what needs the whole waits until it is decoded. */
  readonly partial: boolean;
  readonly saving: boolean;
  /** Lowest first. */
  readonly edits: readonly Edit[];
  /** The fill that is being edited: its hole, source, hint and lines are what is painted. Null: the new one is. Set by Workspace. */
  readonly selectedEdit: string | null;
  /** Whether what is painted is other than what the edited fill was made from. */
  readonly changedPaint: boolean;
  /** Fills that are not being edited and whose paint was changed and not filled. */
  readonly changedEdits: readonly string[];
  /** The edit whose name is being changed. */
  readonly renaming: string | null;
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
  readonly tool: ToolId;
  /** What areas mark, and what inverting, growing and the like work on. */
  readonly target: PlaneName;
  /** How alike colours must be for the magic wand, of 255, and whether they must hang together. */
  readonly wand: { readonly tolerance: number; readonly contiguous: boolean };
  /** How the object is told that is to be selected. */
  readonly objectMarks: ObjectMarks;
  /** The soft rim of the softest stroke in the hole, pixels. */
  readonly tipSoftness: number;
  /** By how many pixels a plane grows or shrinks. */
  readonly growth: number;
  /** Whether paint, outlines and lines are seen over the picture. */
  readonly overlays: boolean;
  /** What the canvas is to cover, in the picture's pixels, while that is being changed; null: it is not. */
  readonly canvasFrame: Rect | null;
  /** The photos that are worked on one after the other, in the order in which they came. */
  readonly photos: readonly StripPhoto[];
  /** While held: the original alone. */
  readonly comparing: boolean;
  readonly comparison: ComparisonState;
}

export type DocumentStore = Store<ShellSlice & DocumentSlice>;

/** What a document starts with that nothing was done to. */
export const UNTOUCHED = {
  edits: [],
  selectedEdit: null,
  renaming: null,
  changedPaint: false,
  changedEdits: [],
  savedStack: stackKey([]),
  history: { undo: null, redo: null },
  overlays: true,
  comparing: false,
  comparison: { kind: 'none' },
  canvasFrame: null,
  // What the last picture's source was marked with would mark this one's hole: a mask that is imported came in green.
  target: 'hole',
} as const satisfies Partial<DocumentSlice>;

/** The saved stack of a document that is in no file: no stack has this key. */
export const NEVER_SAVED = '';

/** What is there of a document while none is open. */
export const NOTHING_OPEN = {
  ...UNTOUCHED,
  partial: false,
  painted: { hole: false, include: false, exclude: false },
  hinted: false,
  autosave: { kind: 'idle' },
} as const satisfies Partial<DocumentSlice>;

export const INITIAL_DOCUMENT: DocumentSlice = {
  ...NOTHING_OPEN,
  document: { kind: 'empty' },
  opening: false,
  openingFile: false,
  saving: false,
  revision: 0,
  hint: FIRST_HINT,
  tool: FIRST_TOOL,
  target: 'hole',
  wand: { tolerance: 24, contiguous: true },
  objectMarks: 'box',
  tipSoftness: 0,
  growth: 4,
  photos: [],
};

/** What of the edits a saved file holds: two equal keys, two equal pictures. */
export function stackKey(edits: readonly Edit[]): string {
  return JSON.stringify(layersOf(edits).filter(({ visible, opacity }) => visible && opacity > 0));
}

export function documentOf({ document }: Pick<DocumentSlice, 'document'>): DocumentInfo | null {
  return document.kind === 'open' ? document.info : null;
}

/** The photo of the strip that is open; null: none is, or a picture that is none of them. */
export function openPhoto({ document, photos }: Pick<DocumentSlice, 'document' | 'photos'>): StripPhoto | null {
  const info = documentOf({ document });
  return photos.find(({ documentId }) => info !== null && documentId === info.documentId) ?? null;
}

/** Whether there are several to go on to: then the strip is shown, and what is left keeps its work without a question. */
export function isStripShown({ photos }: Pick<DocumentSlice, 'photos'>): boolean {
  return photos.length > 1;
}

/** The work in the picture that is open. */
export function workInHand(state: DocumentSlice): PhotoWork {
  if (isUnsaved(state)) return { kind: 'unsaved' };
  return { kind: state.edits.length > 0 ? 'saved' : 'none' };
}

/** The edit that the panel shows more of, and that actions on an edit work on. */
export function selectedEdit({ edits, selectedEdit }: Pick<DocumentSlice, 'edits' | 'selectedEdit'>): Edit | null {
  return edits.find(({ editId }) => editId === selectedEdit) ?? null;
}

/** Whether anything was done to the document that would be missed. */
export function hasWork({ edits, painted, hinted }: DocumentSlice): boolean {
  return edits.length > 0 || hinted || Object.values(painted).some(Boolean);
}

/** Whether something is painted for a fill, and was not filled yet. */
export function isUnfilled({ selectedEdit, painted, changedPaint }: DocumentSlice): boolean {
  return selectedEdit === null ? painted.hole : changedPaint;
}

/** Whether closing the document would lose something: a fill, or of a project anything that its file does not hold. */
export function isUnsaved(state: DocumentSlice): boolean {
  const info = documentOf(state);
  if (!info) return false;
  return info.project ? info.project.revision !== state.revision : stackKey(state.edits) !== state.savedStack;
}
