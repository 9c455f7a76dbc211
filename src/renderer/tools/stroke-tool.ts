import type { Modifiers, PointerSample } from '../canvas/gesture';
import type { PlaneTarget } from '../state/document/planes';
import type { StrokePlace, StrokeSession } from '../state/document/stroke-session';
import { type InEveryLanguage, spoken } from '../texts';
import { TIP_OPTIONS } from './tip-options';
import type { StepWords, Tool, ToolContext, ToolOption } from './tool';

export interface StrokeToolOptions extends Omit<Tool, 'begin' | 'cursor' | 'options' | 'words'> {
  readonly words: InEveryLanguage<StepWords>;
  readonly targets: (modifiers: Modifiers) => readonly PlaneTarget[];
  /** Beside those of the tip. */
  readonly more?: readonly ToolOption[];
}

/** A tool that paints freehand strokes; with Shift it first draws a straight line from the last stroke's end. */
export function strokeTool({
  targets,
  more = [],
  ...tool
}: StrokeToolOptions): Tool & Pick<StrokeToolOptions, 'words'> {
  return {
    ...tool,
    cursor: 'ring',
    options: [...TIP_OPTIONS, ...more],
    begin: (context, first, modifiers) =>
      strokeGesture(
        context,
        context.beginStroke(targets(modifiers), spoken(tool.words).step, modifiers.ctrl),
        first,
        modifiers,
      ),
  };
}

/** From pressing to releasing, a stroke follows the pointer. */
export function strokeGesture(
  { lastPoint }: Pick<ToolContext, 'lastPoint'>,
  stroke: StrokeSession,
  first: PointerSample,
  { shift }: Modifiers,
) {
  const { pressure } = first;
  stroke.add(shift && lastPoint ? [{ at: lastPoint, pressure }, placeOf(first)] : [placeOf(first)]);
  return {
    move: (samples: readonly PointerSample[]) => stroke.add(samples.map(placeOf)),
    end: () => stroke.commit(),
    cancel: () => stroke.discard(),
  };
}

function placeOf({ picture, pressure }: PointerSample): StrokePlace {
  return { at: picture, pressure };
}
