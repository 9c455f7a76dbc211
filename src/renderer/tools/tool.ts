import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Point } from '../../shared/geometry';
import type { ShapeSession } from '../canvas/active-gesture';
import type { Cursor, Gesture, Modifiers, PointerSample } from '../canvas/gesture';
import type { AppState } from '../state/app-state';
import type { ObjectMarks } from '../state/document/document-slice';
import type { PlaneName, PlaneTarget } from '../state/document/planes';
import type { StrokeSession } from '../state/document/stroke-session';
import type { ToolId } from '../state/document/tool-id';
import type { PieceDrag } from '../state/fills/inspector';
import type { LineEditor } from '../state/fills/line-editor';
import type { InEveryLanguage } from '../texts';

/** All that a tool may do. */
export interface ToolContext {
  /** Starts a stroke of the brush tip; `name` is how undo calls it. `collected`: it is not filled when the tip is lifted. */
  beginStroke(targets: readonly PlaneTarget[], name: string, collected?: boolean): StrokeSession;
  /** Starts an area on the plane that is chosen to be marked; `on` false takes it away. */
  beginShape(on: boolean, name: string): ShapeSession;
  /** Marks what paint encloses around this place, or takes away the paint that hangs together there. */
  fillRegion(at: Point, on: boolean, name: string): void;
  /** Starts a stroke of the hint with the tip's colour. */
  beginHint(): StrokeSession;
  /** Takes up the colour that the picture shows at a place, for the hint. */
  sampleColour(at: Point): void;
  /** Marks (or takes away) what has the colour of this place. */
  markSimilar(at: Point, on: boolean, name: string): void;
  /** Whether an object is told by a box or by strokes. */
  readonly objectMarks: ObjectMarks;
  /** Starts a box around an object to be marked; `on` false takes it away. */
  beginObjectBox(on: boolean, name: string): ShapeSession;
  /** Starts a stroke on an object, or beside it. */
  beginObjectStroke(isObject: boolean, name: string): StrokeSession;
  /** Takes a found wire at a place away, or marks it again. */
  toggleWire(at: Point): void;
  /** What is at this place of a fill, or at the source that is shown, is not to be copied from: the fill is made again. */
  refuseSource(at: Point): void;
  /** Takes hold of the piece of a fill at a place, or of its source, to be dragged to another one; null without one. */
  pressPiece(at: Point): PieceDrag | null;
  /** The lines that fills continue. */
  readonly lines: Pick<LineEditor, 'sketch' | 'add' | 'at' | 'removeAt' | 'replace'>;
  /** Picture pixels that a CSS pixel of the stage shows. */
  pixelsPerPoint(): number;
  /** From picture pixels to CSS pixels of the stage. */
  toScreen(picture: Point): Point;
  /** Moves the picture on the screen, CSS pixels. */
  panBy(dx: number, dy: number): void;
  /** Selects the fill at this place, if there is one. */
  selectFill(at: Point): void;
  /** Where the last stroke ended, for straight lines; null when there was none in this picture. */
  readonly lastPoint: Point | null;
}

/** What a tool is called, what it does, and how undo calls what it did ("Undo brush stroke"). */
export interface ToolWords {
  readonly title: string;
  /** Under its icon, where there is room for words; the title where that is short enough. */
  readonly caption?: string;
  readonly help: string;
}

/** With the name of its step, for tools whose work is a step of the history. */
export interface StepWords extends ToolWords {
  readonly step: string;
}

/** What can be set of a tool: a control, or the button of an action. */
export type ToolOption =
  | ComponentType
  | {
      /** Id of the action. */
      readonly action: string;
      readonly icon: LucideIcon;
      /** For a button that stays pressed. */
      readonly pressed?: (state: AppState) => boolean;
    };

/** A tool of the rail: all that there is to it stands in its file. */
export interface Tool {
  readonly id: ToolId;
  readonly icon: LucideIcon;
  /** The key that takes it up. */
  readonly key: string;
  readonly words: InEveryLanguage<ToolWords>;
  readonly cursor: Cursor;
  /** What areas mark once it was taken up; left out: what they marked before. */
  readonly marks?: PlaneName;
  /** In the bar above the picture while it is in the hand, from left to right. */
  readonly options?: readonly ToolOption[];
  begin(context: ToolContext, first: PointerSample, modifiers: Modifiers): Gesture;
}
