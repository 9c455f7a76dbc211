/** A document written as another one, whose picture lies on a larger or smaller canvas. */
import { join } from 'node:path';
import { checkFrame, marginsOf } from '../../shared/canvas-frame';
import type { DocumentModel } from '../../shared/document-model';
import { intersect, type Rect } from '../../shared/geometry';
import { copyAside } from '../files/write-aside';
import { writePatch } from '../image/patch-file';
import type { Patch, Picture } from '../image/picture';
import { newSamples } from '../image/planes';
import { sourceMapName, writeSourceMap } from '../image/source-map-file';
import { framedBox, framedModel } from './framed-model';
import type { PatchStore } from './patch-store';
import { type ModelName, SessionDocument } from './session-document';

export interface Reframing {
  /** What the new canvas covers, in pixels of the document's. */
  readonly frame: Rect;
  /** Of the new document. */
  readonly revision: number;
  /** Empty. */
  readonly sessionFolder: string;
}

interface ReframedFrom {
  readonly folder: string;
  /** Name of the original in the folder. */
  readonly original: string;
  readonly picture: Picture;
  readonly name: string;
  /** null: nothing was done to it. */
  readonly kept: { readonly model: DocumentModel; readonly models: readonly ModelName[] } | null;
  readonly patches: Pick<PatchStore, 'get' | 'sources'>;
}

/**
 * Writes the original, the patches and what was kept into the session folder. Fills stay fills, with their variants, and
 * what comes to the canvas is the painted hole. Where pieces of a fill came from is known of no patch that was cut.
 * @throws StudioError canvas-nothing-left, canvas-too-large; disk-full, file-not-writable; those of reading the parts
 */
export async function writeReframed(from: ReframedFrom, to: Reframing, program: string): Promise<void> {
  const { picture, name, folder, original } = from;
  const { frame, revision, sessionFolder } = to;
  checkFrame(picture, frame);
  const model = framedModel(from.kept?.model ?? untouched(picture), frame);
  await copyAside(join(folder, original), join(sessionFolder, original));
  const grown = Object.values(marginsOf(picture, frame)).every((margin) => margin >= 0);
  const patchIds = model.edits.flatMap(({ variants }) => variants.flatMap(({ patches }) => patches));
  for (const patchId of new Set(patchIds.map((patch) => patch.patchId))) {
    const patch = framedPatch(await from.patches.get(patchId), frame);
    const sources = grown ? await from.patches.sources(patchId) : null;
    if (sources) await writeSourceMap({ ...sources, box: patch.box }, join(sessionFolder, sourceMapName(patchId)));
    await writePatch(patch, join(sessionFolder, `${patchId}.png`));
  }
  const covered = picture.origin.frame ?? { x: 0, y: 0 };
  const session = await SessionDocument.open({
    folder: sessionFolder,
    picture: { name, ...model.picture, frame: { x: covered.x + frame.x, y: covered.y + frame.y } },
    original: Promise.resolve(original),
    program,
    ...(from.kept && { models: from.kept.models }),
  });
  const { paint, setAside, markings, hints, edits, nextNumber } = model;
  const { hole, include, exclude, hint, lines } = paint;
  await session.remember({
    revision,
    planes: { ...(hole && { hole }), ...(include && { include }), ...(exclude && { exclude }) },
    hint,
    lines,
    ...(setAside && { setAside }),
    markings,
    hints,
    edits,
    nextNumber,
  });
  await session.close();
}

function framedPatch(patch: Patch, frame: Rect): Patch {
  const box = framedBox(patch.box, frame);
  if (!box) throw new RangeError('the patch lies outside the canvas');
  if (box.width === patch.box.width && box.height === patch.box.height) return { ...patch, box };
  const kept = intersect(patch.box, frame);
  const [left, top] = [kept.x - patch.box.x, kept.y - patch.box.y];
  const samples = newSamples(3 * box.width * box.height, patch.depth);
  const alpha = patch.alpha && new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const at = (top + y) * patch.box.width + left;
    samples.set(patch.samples.subarray(3 * at, 3 * (at + box.width)), 3 * y * box.width);
    if (alpha) alpha.set(patch.alpha?.subarray(at, at + box.width) ?? [], y * box.width);
  }
  const hole = patch.hole.crop({ ...box, x: left, y: top });
  return { box, depth: patch.depth, samples, hole, ...(alpha ? { alpha } : {}) };
}

function untouched({ width, height }: Picture): DocumentModel {
  const paint = { hole: null, include: null, exclude: null, hint: [], lines: [] };
  return { picture: { width, height }, paint, setAside: null, markings: [], hints: [], edits: [], nextNumber: 1 };
}
