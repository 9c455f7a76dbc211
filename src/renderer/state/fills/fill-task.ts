/** What there is to be filled, from what is painted or from an edit that was filled before. */
import { BitPlane } from '../../../shared/bit-plane';
import type { Edit, KeptHint, Marking, Recipe, Variant } from '../../../shared/document-model';
import { intersect, type Rect, rectOf, type Size } from '../../../shared/geometry';
import { NO_PIECE_CHOICES, type PieceChoices } from '../../../shared/piece-choice';
import { planePatchOf } from '../../../shared/plane-delta';
import { drawPatch } from '../../../shared/plane-patch';
import type { FillEffort, PatchRef } from '../../../shared/protocol/fills';
import type { WindowSettings } from '../../../shared/protocol/settings';
import { texts } from '../../texts';
import { basisOf, chosenVariant, editsBelow } from '../document/edits';
import type { StructureLine } from '../../../shared/structure-line';
import type { OpenDocument } from '../document/open-document';
import type { Variation } from './variant-plan';

/** Where the result goes. */
type FillTarget =
  /** On top of the stack. */
  | { readonly kind: 'new' }
  /** To an edit, as one more variant. */
  | {
      readonly kind: 'variant';
      readonly editId: string;
      readonly show: Show;
      /** What undo calls its step; left out: filling again. */
      readonly step?: string;
    };

/**
 * Whether a variant is chosen when it arrives: `step`, as a step of the history; `batch`, as a part of a step that whoever
 * runs several will make; `no`, it is left for a person to choose.
 */
type Show = 'step' | 'batch' | 'no';

export interface FillTask {
  readonly target: FillTarget;
  readonly marking: Marking;
  readonly recipe: Recipe;
  /** What was painted for this fill; one that the recipe only names is the document's. */
  readonly hint?: KeptHint | null;
  readonly origin: Variant['origin'];
}

/** A new fill of what is painted now, with the model and the settings of now; null without a hole. */
export function paintedTask(
  { masks, lines }: Pick<OpenDocument, 'masks' | 'lines'>,
  choices: { readonly settings: WindowSettings; readonly freshOnly: boolean; readonly tipSoftness: number },
): FillTask | null {
  const { hole, include, exclude } = masks.painted();
  if (!hole) return null;
  const { modelId, manner, workingSize, detail } = choices.settings;
  return {
    target: { kind: 'new' },
    marking: {
      markingId: crypto.randomUUID(),
      hole,
      include,
      exclude,
      freshOnly: choices.freshOnly,
    },
    recipe: {
      modelId,
      settings: {
        manner,
        workingSize,
        detail,
        feather: featherOf(choices),
        seed: 0,
        attentionScale: null,
        variant: null,
        automaticLines: true,
        guide: 'usual',
        orientation: 'upright',
      },
      region: { kind: 'painted' },
      hintId: null,
      lines: [...lines.all()],
      removedLines: [],
      pieces: NO_PIECE_CHOICES,
    },
    origin: { kind: 'fill' },
  };
}

/** The soft edge that was asked for, or that of the softest stroke when it is wider. Pixels. */
export function featherOf(choices: { readonly settings: WindowSettings; readonly tipSoftness: number }): number {
  return Math.max(choices.settings.feather, choices.tipSoftness);
}

/** An edit's fill again exactly as it was, on what lies below it now. */
export function refreshTask(edit: Edit, marking: Marking): FillTask {
  const { recipe, variantId } = chosenVariant(edit);
  return {
    target: { kind: 'variant', editId: edit.editId, show: 'batch' },
    marking,
    recipe,
    origin: { kind: 'refresh', of: variantId },
  };
}

/** One more variant, to choose or not. */
export function variationTask(edit: Edit, marking: Marking, { recipe, changed }: Variation): FillTask {
  return {
    target: { kind: 'variant', editId: edit.editId, show: 'no' },
    marking,
    recipe,
    origin: { kind: 'variation', of: edit.chosenId, changed },
  };
}

/** The lines that a fill continues, and those that it must not find. */
export type Lines = Pick<Recipe, 'lines' | 'removedLines'>;

/** An edit's fill again with other lines. */
export function linesTask(edit: Edit, marking: Marking, lines: Lines): FillTask {
  const { recipe, variantId } = chosenVariant(edit);
  return {
    target: { kind: 'variant', editId: edit.editId, show: 'step', step: texts.steps.otherLines(edit.number) },
    marking,
    recipe: { ...recipe, ...lines, settings: { ...recipe.settings, manner: 'remove' } },
    origin: { kind: 'variation', of: variantId, changed: 'lines' },
  };
}

/** An edit's fill again with other pieces. @param step what undo calls it */
export function piecesTask(edit: Edit, marking: Marking, pieces: PieceChoices, step: string): FillTask {
  const { recipe, variantId } = chosenVariant(edit);
  return {
    target: { kind: 'variant', editId: edit.editId, show: 'step', step },
    marking,
    recipe: { ...recipe, pieces },
    origin: { kind: 'variation', of: variantId, changed: 'pieces' },
  };
}

/** Whether only the pieces of a fill are to be others. */
export function isOfPieces({ origin }: FillTask): boolean {
  return origin.kind === 'variation' && origin.changed === 'pieces';
}

/** An edit's fill again, without anything from a part of the picture. */
export function elsewhereTask(edit: Edit, marking: Marking, picture: Size, avoid: Rect): FillTask {
  const { recipe, variantId } = chosenVariant(edit);
  const { region } = recipe;
  const exclude = new BitPlane(picture.width, picture.height);
  // What a recipe for everywhere ignored stays ignored.
  if (marking.exclude && region.kind !== 'everywhere') drawPatch(exclude, marking.exclude, true);
  exclude.fillRect(intersect(avoid, rectOf(picture)), true);
  return {
    target: { kind: 'variant', editId: edit.editId, show: 'step', step: texts.steps.notFromThere(edit.number) },
    marking: {
      ...marking,
      markingId: crypto.randomUUID(),
      include: region.kind === 'everywhere' ? null : marking.include,
      exclude: planePatchOf(exclude),
    },
    recipe: { ...recipe, region: region.kind === 'everywhere' ? { kind: 'painted' } : region },
    origin: { kind: 'variation', of: variantId, changed: 'region' },
  };
}

/** The edits that a fill sees as part of the picture. */
export function belowTarget(edits: readonly Edit[], target: FillTarget): readonly Edit[] {
  return target.kind === 'new' ? edits : editsBelow(edits, target.editId);
}

/** What the engine says of a finished fill. */
export interface FillResult {
  readonly patches: PatchRef[];
  readonly seen: Rect[];
  readonly seconds: number;
  /** Edges that were found and continued. */
  readonly foundLines: StructureLine[];
  /** Less than was asked for, since memory did not suffice. */
  readonly reduced?: FillEffort | undefined;
}

export function variantOf(
  variantId: string,
  { marking, recipe, origin }: FillTask,
  below: readonly Edit[],
  { patches, seen, seconds, foundLines }: FillResult,
): Variant {
  const basis = basisOf(below, seen);
  return { variantId, markingId: marking.markingId, recipe, origin, patches, seen, basis, seconds, foundLines };
}
