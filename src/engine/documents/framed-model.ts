/** A document's model on another canvas: everything moved, and what lies outside cut off. */
import { BitPlane } from '../../shared/bit-plane';
import { borderPlane } from '../../shared/canvas-frame';
import type { DocumentModel, Edit, Marking, Paint, Recipe, Variant } from '../../shared/document-model';
import { intersect, isEmpty, type Point, type Rect, rectOf, type Size } from '../../shared/geometry';
import { HINT_TILE, HintRaster } from '../../shared/hint-raster';
import { planePatchOf } from '../../shared/plane-delta';
import { drawPatch } from '../../shared/plane-patch';
import type { PlanePatch } from '../../shared/protocol/values';
import type { StructureLine } from '../../shared/structure-line';
import { framedHint } from '../inpaint/hint';

/**
 * The border that comes to the canvas is painted as hole, beside what was painted. Fills of which nothing is left go, as do
 * lines that would end outside.
 * @param frame what the canvas covers, in pixels of the old one; must have been checked
 */
export function framedModel(model: DocumentModel, frame: Rect): DocumentModel {
  const old = model.picture;
  const markings = model.markings.flatMap((marking) => framedMarking(marking, frame) ?? []);
  const known = new Set(markings.map(({ markingId }) => markingId));
  const edits = model.edits.flatMap((edit) => framedEdit(edit, known, frame) ?? []);
  const { setAside } = model;
  const open = setAside && edits.some(({ editId }) => editId === setAside.editId);
  const aside = open ? { editId: setAside.editId, paint: framedPaint(setAside.paint, old, frame) } : null;
  const paint = framedPaint(setAside && !open ? setAside.paint : model.paint, old, frame);
  return {
    picture: { width: frame.width, height: frame.height },
    paint: { ...paint, hole: withBorder(paint.hole, old, frame) },
    setAside: aside,
    markings,
    hints: model.hints.flatMap(({ hint, ...kept }) => {
      const moved = framedHint(hint, frame);
      return moved ? [{ ...kept, hint: moved }] : [];
    }),
    edits,
    nextNumber: model.nextNumber,
  };
}

/** A box on the new canvas; null where nothing of it lies there. */
export function framedBox(box: Rect, frame: Rect): Rect | null {
  const kept = intersect(box, frame);
  return isEmpty(kept) ? null : { ...kept, x: kept.x - frame.x, y: kept.y - frame.y };
}

function framedPatch(patch: PlanePatch | null, frame: Rect): PlanePatch | null {
  if (!patch) return null;
  const { box } = patch;
  const to = framedBox(box, frame);
  if (!to) return null;
  const kept = intersect(box, frame);
  const plane = new BitPlane(box.width, box.height, patch.bits.slice());
  const part = plane.crop({ ...kept, x: kept.x - box.x, y: kept.y - box.y });
  const found = planePatchOf(part);
  return found && { box: { ...found.box, x: found.box.x + to.x, y: found.box.y + to.y }, bits: found.bits };
}

function withBorder(hole: PlanePatch | null, old: Size, frame: Rect): PlanePatch | null {
  const plane = borderPlane(old, frame);
  if (hole) drawPatch(plane, hole, true);
  return planePatchOf(plane);
}

function framedPaint({ hint, lines, ...planes }: Paint, old: Size, frame: Rect): Paint {
  const [before, after] = [new HintRaster(old), new HintRaster(frame)];
  for (const { key, pixels } of hint) {
    const { x, y } = before.boxOf(key);
    const moved = framedHint({ box: { x, y, width: HINT_TILE, height: HINT_TILE }, step: 1, pixels }, frame);
    if (moved) after.lay(moved);
  }
  return {
    hole: framedPatch(planes.hole, frame),
    include: framedPatch(planes.include, frame),
    exclude: framedPatch(planes.exclude, frame),
    hint: [...after.painted()],
    lines: framedLines(lines, frame),
  };
}

function framedMarking({ markingId, freshOnly, ...planes }: Marking, frame: Rect): Marking | null {
  const hole = framedPatch(planes.hole, frame);
  if (!hole) return null;
  const [include, exclude] = [framedPatch(planes.include, frame), framedPatch(planes.exclude, frame)];
  return { markingId, freshOnly, hole, include, exclude };
}

function framedEdit(edit: Edit, markings: ReadonlySet<string>, frame: Rect): Edit | null {
  const variants = edit.variants
    .filter(({ markingId }) => markings.has(markingId))
    .map((variant) => framedVariant(variant, frame))
    .filter(({ patches }) => patches.length > 0);
  const chosen = variants.find(({ variantId }) => variantId === edit.chosenId) ?? variants.at(-1);
  return chosen ? { ...edit, variants, chosenId: chosen.variantId } : null;
}

function framedVariant(variant: Variant, frame: Rect): Variant {
  const boxed = <T extends { readonly box: Rect }>(parts: readonly T[]): T[] =>
    parts.flatMap((part) => {
      const box = framedBox(part.box, frame);
      return box ? [{ ...part, box }] : [];
    });
  return {
    ...variant,
    recipe: framedRecipe(variant.recipe, frame),
    patches: boxed(variant.patches),
    seen: variant.seen.flatMap((box) => framedBox(box, frame) ?? []),
    basis: boxed(variant.basis),
    foundLines: framedLines(variant.foundLines, frame),
  };
}

function framedRecipe({ lines, removedLines, pieces, ...recipe }: Recipe, frame: Rect): Recipe {
  const move = ({ x, y }: Point): Point => ({ x: x - frame.x, y: y - frame.y });
  const isOn = ({ x, y }: Point): boolean => x >= 0 && y >= 0 && x < frame.width && y < frame.height;
  const refused = pieces.refused.map(({ at, from }) => ({ at: move(at), from: move(from) }));
  return {
    ...recipe,
    lines: framedLines(lines, frame),
    removedLines: framedLines(removedLines, frame),
    pieces: {
      refused: refused.filter(({ at, from }) => isOn(at) && isOn(from)),
      chosen: pieces.chosen.flatMap(({ area, shift }) => {
        const kept = area.flatMap((box) => framedBox(box, frame) ?? []);
        return kept.length > 0 ? [{ area: kept, shift }] : [];
      }),
    },
  };
}

function framedLines(lines: readonly StructureLine[], frame: Rect): StructureLine[] {
  const { width, height } = rectOf(frame);
  return lines
    .map(({ lineId, points }) => ({ lineId, points: points.map(({ x, y }) => ({ x: x - frame.x, y: y - frame.y })) }))
    .filter(({ points }) => points.every(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height));
}
