/**
 * What a document is besides its picture: the planes as they are painted now, and the stack of edits with everything
 * that a fill was asked for, so that any of them can be run again. It is plain data, checked wherever it is read: the
 * window keeps it, a project file is written from it. Pixels are not in it; they are patches, which the engine keeps and
 * which never change once they are there, and the model names them by their ids.
 *
 * Light and heavy are apart: `editSchema` holds a few hundred bytes and lives in the window's state; bit planes are in
 * `markingSchema`, of which several variants of an edit share one.
 */
import { z } from 'zod';
import { contains, rectOf, type Size } from './geometry';
import { HINT_TILE, HINT_TILE_BYTES } from './hint-raster';
import { pieceChoicesSchema } from './piece-choice';
import { fillSettingsSchema, patchRefSchema } from './protocol/fills';
import { bytesSchema, hintSchema, idSchema, planePatchSchema, rectSchema } from './protocol/values';
import { type StructureLine, structureLinesSchema } from './structure-line';

const plane = planePatchSchema.nullable();

/** A tile of colours that were painted, by its key: see HintRaster. */
export const hintTileSchema = z.object({
  key: z.number().int().min(0),
  pixels: bytesSchema.refine(({ length }) => length === HINT_TILE_BYTES, 'pixels do not fit the tile'),
});
/** So many tiles at most: painted all over, they are 400 megapixels. */
export const MOST_HINT_TILES = 100_000;

/** All that is painted: planes, null where nothing is on, colours, and lines to continue. */
const paintSchema = z.object({
  hole: plane,
  include: plane,
  exclude: plane,
  hint: z.array(hintTileSchema).max(MOST_HINT_TILES),
  lines: structureLinesSchema,
});
export type Paint = z.infer<typeof paintSchema>;

/** The fill that is being edited, whose paint is what is painted then, and what is painted for the new one meanwhile. */
export const setAsideSchema = z.object({ editId: idSchema, paint: paintSchema });
export type SetAside = z.infer<typeof setAsideSchema>;

/** What was marked when a fill was started. Planes that were empty are null. */
export const markingSchema = z.object({
  markingId: idSchema,
  /** What was to be filled. */
  hole: planePatchSchema,
  /** Where patches may come from, as painted; null: everywhere. */
  include: plane,
  /** Where they must not come from. */
  exclude: plane,
  /** Whether the holes of the visible edits below were left out too: what lies there is not the photo. */
  freshOnly: z.boolean(),
});
export type Marking = z.infer<typeof markingSchema>;

/** A hint that fills were steered by. */
export const keptHintSchema = z.object({
  hintId: idSchema,
  hint: hintSchema,
  /** How strongly it held, 0..1. */
  strength: z.number().min(0).max(1),
});
export type KeptHint = z.infer<typeof keptHintSchema>;

/** Where a fill took its patches from, in relation to its marking. Never from the hole itself. */
export const regionSchema = z.discriminatedUnion('kind', [
  /** `include` less `exclude`, as the marking says. */
  z.object({ kind: z.literal('painted') }),
  z.object({ kind: z.literal('everywhere') }),
  /** Within so many pixels of the hole, less `exclude`. */
  z.object({ kind: z.literal('ring'), width: z.number().int().min(1).max(65_535) }),
]);

/** All that decides a fill apart from its marking and from what lies below: with the same recipe the same fill. */
export const recipeSchema = z.object({
  modelId: idSchema,
  settings: fillSettingsSchema,
  region: regionSchema,
  /** The colours that were painted into the coarse fill, kept under this id; null: the coarse fill as it was. */
  hintId: idSchema.nullable(),
  /** Edges that were drawn through the hole, to be continued. */
  lines: structureLinesSchema,
  /** Edges that would be found and continued, but that a person took away. */
  removedLines: structureLinesSchema,
  /** Sources of pieces that were refused, and pieces that were given another one. */
  pieces: pieceChoicesSchema,
});
export type Recipe = z.infer<typeof recipeSchema>;

/** How a variant came to be. */
export const originSchema = z.discriminatedUnion('kind', [
  /** Of a hole that was painted: the edit's first, or one after its paint was changed. */
  z.object({ kind: z.literal('fill') }),
  /** The recipe of another variant with the model and the settings of the moment. */
  z.object({ kind: z.literal('rerun'), of: idSchema }),
  /** Another variant's recipe again, because something below it had changed. */
  z.object({ kind: z.literal('refresh'), of: idSchema }),
  /** Another variant's recipe with one thing changed on purpose. */
  z.object({
    kind: z.literal('variation'),
    of: idSchema,
    changed: z.enum(['manner', 'lines', 'pieces', 'guide', 'region', 'orientation', 'attention', 'model', 'seed']),
  }),
]);

/** A layer as a fill found it below itself. */
export const basisLayerSchema = z.object({ ...patchRefSchema.shape, opacity: z.number().min(0).max(1) });
export type BasisLayer = z.infer<typeof basisLayerSchema>;

/** One result of an edit. It never changes. */
export const variantSchema = z.object({
  variantId: idSchema,
  markingId: idSchema,
  recipe: recipeSchema,
  origin: originSchema,
  patches: z.array(patchRefSchema).max(10_000),
  /** The parts of the picture that the fill looked at. */
  seen: z.array(rectSchema).max(10_000),
  /** The visible layers below that lay in those parts, lowest first. When they are others now, it is out of date. */
  basis: z.array(basisLayerSchema).max(10_000),
  seconds: z.number().min(0),
  /** Edges that were found and continued. */
  foundLines: structureLinesSchema,
});
export type Variant = z.infer<typeof variantSchema>;

/** One place of the stack: a hole that was filled, with every result there has been. */
export const editSchema = z
  .object({
    editId: idSchema,
    /** Counted over the document's life, so that "Fill 3" keeps its name when others go. */
    number: z.number().int().min(1),
    /** What a person called it; null: by its number. */
    name: z.string().min(1).max(100).nullable(),
    visible: z.boolean(),
    opacity: z.number().min(0).max(1),
    /** In the order in which they came. */
    variants: z.array(variantSchema).min(1).max(1000),
    /** The one that is seen. */
    chosenId: idSchema,
  })
  .refine(
    ({ variants, chosenId }) => variants.some(({ variantId }) => variantId === chosenId),
    'the chosen variant is not there',
  );
export type Edit = z.infer<typeof editSchema>;

export const documentModelSchema = z
  .object({
    picture: z.object({ width: z.number().int().min(1), height: z.number().int().min(1) }),
    /** What is painted now. */
    paint: paintSchema,
    /** Null: the new fill is being edited. */
    setAside: setAsideSchema.nullable(),
    markings: z.array(markingSchema).max(100_000),
    hints: z.array(keptHintSchema).max(100_000),
    /** Lowest first. */
    edits: z.array(editSchema).max(10_000),
    /** What the next edit will be called. */
    nextNumber: z.number().int().min(1),
  })
  .superRefine(({ picture, paint, setAside, markings, hints, edits }, context) => {
    const whole = rectOf(picture);
    const paints = setAside ? [paint, setAside.paint] : [paint];
    const drawn = [...paints, ...markings].flatMap(({ hole, include, exclude }) => [hole, include, exclude]);
    if (drawn.some((patch) => patch !== null && !contains(whole, patch.box)))
      context.addIssue({ code: 'custom', message: 'a plane reaches over the edge of the picture' });
    const tiles = hintTileCount(picture);
    const recipes = edits.flatMap(({ variants }) => variants.map(({ recipe }) => recipe));
    const lines = [...paints.flatMap((each) => each.lines), ...recipes.flatMap((each) => each.lines)];
    if (lines.some((line) => !isInside(line, picture)))
      context.addIssue({ code: 'custom', message: 'a line reaches over the edge of the picture' });
    const areas = recipes.flatMap(({ pieces }) => pieces.chosen.flatMap(({ area }) => area));
    if (areas.some((area) => !contains(whole, area)))
      context.addIssue({ code: 'custom', message: 'a piece reaches over the edge of the picture' });
    const coloured = paints.flatMap(({ hint }) => hint);
    if (coloured.some(({ key }) => key >= tiles) || hints.some(({ hint }) => !contains(whole, hint.box)))
      context.addIssue({ code: 'custom', message: 'a hint reaches over the edge of the picture' });
    const known = new Set(markings.map(({ markingId }) => markingId));
    if (edits.some(({ variants }) => variants.some(({ markingId }) => !known.has(markingId))))
      context.addIssue({ code: 'custom', message: 'a variant belongs to a marking that is not there' });
  });
/** A document in the form in which it is kept. */
export type DocumentModel = z.infer<typeof documentModelSchema>;

function isInside({ points }: StructureLine, { width, height }: Size): boolean {
  return points.every(({ x, y }) => x <= width && y <= height);
}

function hintTileCount({ width, height }: Size): number {
  return Math.ceil(width / HINT_TILE) * Math.ceil(height / HINT_TILE);
}
