/**
 * The manifest of a kept document: everything about it that is no picture, and the names of the parts that are. It lies
 * beside the parts in a document's session folder, and in front of them in a project file.
 */
import { z } from 'zod';
import { editSchema, keptHintSchema, MOST_HINT_TILES } from '../../shared/document-model';
import { errorFor } from '../../shared/error-texts';
import type { Rect } from '../../shared/geometry';
import { wrongPlace } from '../../shared/wrong-place';
import { hintSchema, idSchema } from '../../shared/protocol/values';
import { structureLinesSchema } from '../../shared/structure-line';
import { basename } from 'node:path';
import { sourceMapName } from '../image/source-map-file';
import { ORIGINAL_NAME } from '../../shared/session-folder';
import { LIMITS } from './limits';
import { migrate, MIGRATIONS } from './migrations';
import { projectDamaged } from './project-errors';

const FORMAT = 'inpaint-studio-project';
export const VERSION = MIGRATIONS.length + 1;

/** A part's name is a plain file name: no folder, nothing hidden, nothing that a file system gives a meaning. */
const PLAIN_NAME = '[a-z0-9][a-zA-Z0-9_-]{0,90}';
const partName = z.string().regex(new RegExp(`^${PLAIN_NAME}\\.[a-z0-9]{2,4}$`));
/** Whatever is painted or filled; so no part can be taken for a record of the program's own in a session folder. */
const paintedPart = z.string().regex(new RegExp(`^(?!original\\.)${PLAIN_NAME}\\.png$`));
/** As `sessionOriginal` finds it. */
const originalPart = z.string().regex(ORIGINAL_NAME);
const optionalPart = paintedPart.nullable();
const side = z.number().int().min(1).max(65_535);
const place = z.number().int().min(-65_535).max(65_535);

const savedMarkingSchema = z.object({
  markingId: idSchema,
  hole: paintedPart,
  include: optionalPart,
  exclude: optionalPart,
  freshOnly: z.boolean(),
});
export type SavedMarking = z.infer<typeof savedMarkingSchema>;

/** Tiles of a painted hint: an RGBA PNG as wide as one of them, in which they lie below each other; these are their keys. */
const savedTilesSchema = z.object({
  part: paintedPart,
  keys: z.array(z.number().int().min(0)).min(1).max(MOST_HINT_TILES),
});
export type SavedTiles = z.infer<typeof savedTilesSchema>;

/** What is painted; null: nothing. Planes are grey PNGs with an offset, as are the patches. */
const savedPaintSchema = z.object({
  hole: optionalPart,
  include: optionalPart,
  exclude: optionalPart,
  hint: savedTilesSchema.nullable(),
  /** Lines to continue; being short, they are kept here and not in a part. */
  lines: structureLinesSchema,
});
export type SavedPaint = z.infer<typeof savedPaintSchema>;

/** A hint that fills were steered by. Its part is an RGBA PNG of the size that box and step give. */
const steeringHintSchema = z.object({
  hintId: idSchema,
  part: paintedPart,
  box: hintSchema.shape.box,
  step: hintSchema.shape.step,
  strength: keptHintSchema.shape.strength,
});
export type SteeringHint = z.infer<typeof steeringHintSchema>;

/** What a document is, apart from when and by whom it was written. */
const documentShape = {
  /** The original picture, its file's bytes untouched, and the canvas that it lies on. */
  picture: z.object({
    name: z.string().min(1).max(1024),
    part: originalPart,
    /** The canvas. */
    width: side,
    height: side,
    /** Where the canvas begins, in pixels of the original; null: it is the original's own. */
    frame: z.object({ x: place, y: place }).nullable(),
  }),
  /** What is painted now. */
  paint: savedPaintSchema,
  /** What was painted when the mask of this edit was opened again; null: none is open. */
  setAside: z.object({ editId: idSchema, paint: savedPaintSchema }).nullable(),
  markings: z.array(savedMarkingSchema).max(100_000),
  hints: z.array(steeringHintSchema).max(100_000),
  /** Lowest first. The patch "p-1" is the part "p-1.png". */
  edits: z.array(editSchema).max(10_000),
  nextNumber: z.number().int().min(1),
};

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** The program that wrote it, for a person who reads the file. */
  program: z.string().max(100),
  savedAt: z.iso.datetime(),
  /** Counts the document's changes. */
  revision: z.number().int().min(0),
  ...documentShape,
  /** Names of the models that edits were made with, so that one that is missing can be named. */
  models: z.array(z.object({ modelId: idSchema, name: z.string().max(200) })).max(1000),
  /** In a project file: what each part must be. */
  parts: z.record(
    partName,
    z.object({ bytes: z.number().int().min(0).max(LIMITS.partBytes), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

export function manifestText(manifest: Omit<Manifest, 'format' | 'version'>): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...manifest }, null, 1)}\n`;
}

/**
 * Reads a manifest of this or an older version.
 * @param path the file concerned, for messages
 * @throws StudioError format-unsupported for one of a newer version, file-unreadable for what is none
 */
export function readManifest(text: string, path: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (thrown) {
    throw projectDamaged(path, 'project-manifest-damaged', {}, thrown);
  }
  const head = z.looseObject({ format: z.literal(FORMAT), version: z.number().int().min(1) }).safeParse(content);
  if (!head.success) throw projectDamaged(path, 'project-manifest-foreign', {}, head.error);
  const { version } = head.data;
  if (version > VERSION) {
    throw errorFor('project-newer', { name: basename(path), version, most: VERSION }, { file: path });
  }
  const manifest = manifestSchema.safeParse(migrate(head.data, version, MIGRATIONS));
  if (manifest.success) return manifest.data;
  throw projectDamaged(path, 'project-manifest-wrong', { place: wrongPlace(manifest.error) }, manifest.error);
}

/** What a kept document's canvas covers, in pixels of the original; null: the original as it is. */
export function canvasOf(manifest: Pick<Manifest, 'picture'> | null): Rect | null {
  if (!manifest?.picture.frame) return null;
  const { frame, width, height } = manifest.picture;
  return { ...frame, width, height };
}

/** Every part that the document needs, each once. */
export function partsOf(manifest: Pick<Manifest, keyof typeof documentShape>): readonly string[] {
  const { picture, markings, hints, edits } = manifest;
  const marked = markings.flatMap(planeParts);
  const patches = edits.flatMap(({ variants }) => variants.flatMap((variant) => variant.patches.map(patchPart)));
  const hinted = hints.map(({ part }) => part);
  return [...new Set([picture.part, ...paintParts(manifest), ...marked, ...hinted, ...patches])];
}

/** The parts that a document may have or not: source maps, only for patches that took their detail from the picture. */
export function optionalPartsOf({ edits }: Pick<Manifest, 'edits'>): readonly string[] {
  const patches = edits.flatMap(({ variants }) => variants.flatMap((variant) => variant.patches));
  return [...new Set(patches.map(({ patchId }) => sourceMapName(patchId)))];
}

/** The parts of what is painted, set aside or not: those that change as long as a document is worked on. */
export function paintParts({ paint, setAside }: Pick<Manifest, 'paint' | 'setAside'>): readonly string[] {
  const paints = setAside ? [paint, setAside.paint] : [paint];
  return paints.flatMap((each) => [...planeParts(each), ...(each.hint ? [each.hint.part] : [])]);
}

/** The planes that the document needs, each once. */
export function planesOf({ paint, setAside, markings }: Pick<Manifest, 'paint' | 'setAside' | 'markings'>): string[] {
  const paints = setAside ? [paint, setAside.paint] : [paint];
  return [...new Set([...paints, ...markings].flatMap(planeParts))];
}

function planeParts({ hole, include, exclude }: Omit<SavedPaint, 'hint' | 'lines'>): readonly string[] {
  return [hole, include, exclude].filter((part) => part !== null);
}

export function patchPart({ patchId }: { readonly patchId: string }): string {
  return `${patchId}.png`;
}
