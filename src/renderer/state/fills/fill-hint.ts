/** The painted hint of a fill: which one goes with a task, and what of it is sent. */
import type { BitPlane } from '../../../shared/bit-plane';
import type { KeptHint } from '../../../shared/document-model';
import type { FillRequest } from '../../../shared/protocol/fills';
import { takesHints } from '../document/hints';
import type { OpenDocument } from '../document/open-document';
import type { ShellSlice } from '../shell/shell-slice';
import type { FillTask } from './fill-task';

type Choices = Pick<ShellSlice, 'models' | 'settings'>;

/** The task with the hint that is painted in its hole now, where its model can be steered; without one otherwise. */
export function withPaintedHint(task: FillTask, hole: BitPlane, document: OpenDocument, choices: Choices): FillTask {
  const hint = takes(task, choices) ? document.hints.message(hole) : null;
  if (!hint) return { ...task, hint: null, recipe: { ...task.recipe, hintId: null } };
  const hintId = crypto.randomUUID();
  const kept: KeptHint = { hintId, hint, strength: choices.settings.hintStrength };
  return { ...task, hint: kept, recipe: { ...task.recipe, hintId } };
}

/** What is sent of a task's hint, or of one that its recipe names; nothing where its model cannot be steered. */
export function hintFor(
  task: FillTask,
  document: OpenDocument,
  choices: Choices,
): Pick<FillRequest, 'hint' | 'hintStrength'> {
  const kept = task.hint ?? document.keptHints.get(task.recipe.hintId ?? '');
  return kept && takes(task, choices) ? { hint: kept.hint, hintStrength: kept.strength } : {};
}

function takes({ recipe }: FillTask, { models, settings }: Choices): boolean {
  return takesHints({ models, settings: { ...settings, modelId: recipe.modelId } });
}
