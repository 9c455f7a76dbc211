/** Filling the edited fill again: what is painted, and what the panel says, is what happens. */
import type { Edit, Marking, Recipe } from '../../../shared/document-model';
import type { WindowSettings } from '../../../shared/protocol/settings';
import { chosenVariant } from '../document/edits';
import type { OpenDocument } from '../document/open-document';
import { sameHints, sameLines, samePlanes } from '../document/paint';
import { withPaintedHint } from './fill-hint';
import { featherOf, type FillTask } from './fill-task';
import type { FillsState } from './fills-slice';

interface Refill {
  readonly task: FillTask;
  /** Whether it is made from anything else than the variant that is shown; else it would be the same. */
  readonly isOther: boolean;
}

/**
 * What the edited fill would be made from now: with the paint, the model and the settings of now, and all else as its shown
 * variant was. Null without a hole.
 */
export function refillOf(edit: Edit, document: OpenDocument, state: FillsState): Refill | null {
  const { masks, hints, lines, markings, workspace } = document;
  const variant = chosenVariant(edit);
  const made = workspace.paintFor(variant);
  const { hole, include, exclude } = masks.painted();
  if (!hole) return null;
  const known = markings.get(variant.markingId);
  const samePaint = samePlanes({ hole, include, exclude }, made) && known?.freshOnly === state.freshOnly;
  const sameMarking = samePaint && variant.recipe.region.kind === 'painted';
  const marking: Marking =
    known && sameMarking
      ? known
      : { markingId: crypto.randomUUID(), hole, include, exclude, freshOnly: state.freshOnly };
  const drawn = lines.all();
  const otherLines = !sameLines(drawn, made.lines);
  const settings = settingsOf(variant.recipe, state);
  // A line is nothing to a restoration.
  const manner = otherLines && drawn.length > 0 ? 'remove' : settings.manner;
  const recipe: Recipe = {
    ...variant.recipe,
    modelId: state.settings.modelId,
    region: { kind: 'painted' },
    settings: { ...settings, manner },
    lines: [...drawn],
  };
  const sameHint = sameHints(hints.painted(), made.hint) && holdsAsBefore(variant.recipe, document, state.settings);
  const origin = samePaint ? ({ kind: 'rerun', of: variant.variantId } as const) : ({ kind: 'fill' } as const);
  const task: FillTask = { target: { kind: 'variant', editId: edit.editId, show: 'step' }, marking, recipe, origin };
  return {
    task: sameHint ? task : withPaintedHint(task, masks.plane('hole').clone(), document, state),
    isOther: !samePaint || !sameHint || otherLines || !sameSettings(recipe, variant.recipe),
  };
}

function settingsOf({ settings: before }: Recipe, state: FillsState): Recipe['settings'] {
  const { manner, workingSize, detail } = state.settings;
  return { ...before, manner, workingSize, detail, feather: featherOf(state) };
}

function holdsAsBefore({ hintId }: Recipe, { keptHints }: OpenDocument, { hintStrength }: WindowSettings): boolean {
  const kept = keptHints.get(hintId ?? '');
  return !kept || kept.strength === hintStrength;
}

function sameSettings(a: Recipe, b: Recipe): boolean {
  const keys = ['manner', 'workingSize', 'detail', 'feather'] as const;
  return a.modelId === b.modelId && keys.every((key) => a.settings[key] === b.settings[key]);
}
