import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BitPlane } from '../../shared/bit-plane';
import { type DocumentModel, documentModelSchema, type SetAside } from '../../shared/document-model';
import { errorFor } from '../../shared/error-texts';
import type { Point, Size } from '../../shared/geometry';
import type { HintTile } from '../../shared/hint-raster';
import type { DocumentChange } from '../../shared/protocol/document-change';
import { planePatchOf } from '../../shared/plane-delta';
import { MANIFEST_NAME } from '../../shared/session-folder';
import { replacePatch } from '../../shared/plane-patch';
import type { PlanePatch } from '../../shared/protocol/values';
import { wrongPlace } from '../../shared/wrong-place';
import { writeAside } from '../files/write-aside';
import {
  type SavedPaint,
  type SavedTiles,
  type Manifest,
  manifestText,
  optionalPartsOf,
  paintParts,
  partsOf,
  readManifest,
  VERSION,
} from '../project/manifest';
import { projectDamaged } from '../project/project-errors';
import type { PartDigest } from '../project/read-archive';
import { writeArchive } from '../project/write-archive';
import { PaintReader } from './paint-reader';
import { SessionParts, PLANE_NAMES, type PlaneName } from './session-parts';

/** What a manifest says of the model that an edit was made with. */
export type ModelName = Manifest['models'][number];

export interface SessionDocumentOptions {
  readonly folder: string;
  /** The picture's name, the size of its canvas, and where that begins in the original, for the manifest. */
  readonly picture: Size & { readonly name: string; readonly frame?: Point };
  /** The name of the original's copy in the folder; rejects when it could not be kept. */
  readonly original: Promise<string>;
  /** Of the program. */
  readonly program: string;
  /** Names that are known of models before anything is kept; left out: none. */
  readonly models?: readonly ModelName[];
}

/**
 * A document as files in its session folder: the manifest, the planes and markings it names, the original and the
 * patches. Parts never change; a plane that does becomes another part. The manifest is written last and put in place in
 * one step, so that whatever moment the power goes, the folder holds one whole state, at most seconds old.
 */
export class SessionDocument {
  private readonly parts: SessionParts;
  private readonly planes = new Map<PlaneName, BitPlane>();
  /** Null as long as it was not asked for. */
  private hint: Map<number, HintTile> | null = null;
  /** Changes and savings happen one after the other. */
  private settled: Promise<unknown> = Promise.resolve();
  /** Parts that no manifest names any more; they stay while a project file may be written from them. */
  private superseded: string[] = [];
  private packing = 0;

  private constructor(
    private readonly options: SessionDocumentOptions,
    private manifest: Manifest | null,
  ) {
    this.parts = new SessionParts(options.folder, options.picture);
  }

  /**
   * Finds what an earlier process kept.
   * @param kept the folder's manifest, where that was read already
   * @throws StudioError those of `readManifest`; file-unreadable for another picture's
   */
  static async open(options: SessionDocumentOptions, kept?: Manifest | null): Promise<SessionDocument> {
    const { folder, picture } = options;
    const manifest = kept === undefined ? await sessionManifest(folder) : kept;
    if (manifest && (manifest.picture.width !== picture.width || manifest.picture.height !== picture.height)) {
      throw projectDamaged(join(folder, MANIFEST_NAME), 'project-of-other-size', {});
    }
    return new SessionDocument(options, manifest);
  }

  /** Whether anything was kept. */
  get begun(): boolean {
    return this.manifest !== null;
  }

  /** Keeps a change; resolves when it is on the disk. Errors: disk-full, file-not-writable. */
  remember(change: DocumentChange): Promise<void> {
    return this.inTurn(async () => {
      const before = this.manifest ?? (await this.blank());
      const { setAside } = change;
      const markings = change.markings.filter(({ markingId }) =>
        before.markings.every((m) => m.markingId !== markingId),
      );
      const hints = change.hints.filter(({ hintId }) => before.hints.every((hint) => hint.hintId !== hintId));
      const manifest: Manifest = {
        ...before,
        savedAt: new Date().toISOString(),
        revision: change.revision,
        paint: await this.changedPaint(change, before),
        ...(setAside === undefined ? {} : { setAside: await this.keptAside(setAside) }),
        markings: [...before.markings, ...(await Promise.all(markings.map((each) => this.parts.writeMarking(each))))],
        hints: [...before.hints, ...(await Promise.all(hints.map((each) => this.parts.writeHint(each))))],
        edits: change.edits,
        nextNumber: change.nextNumber,
      };
      await writeAside(join(this.options.folder, MANIFEST_NAME), manifestText(manifest));
      this.manifest = manifest;
      const needed = new Set(paintParts(manifest));
      this.superseded.push(...paintParts(before).filter((part) => !needed.has(part)));
      await this.sweep();
    });
  }

  /** The document as it was kept last; null when nothing was. Errors: file-missing, file-unreadable. */
  recall(): Promise<{
    readonly revision: number;
    readonly model: DocumentModel;
    readonly models: readonly ModelName[];
  } | null> {
    return this.inTurn(async () => {
      const { manifest } = this;
      if (!manifest) return null;
      const needed = neededBy(manifest);
      const reader = new PaintReader(this.parts);
      const model = documentModelSchema.safeParse({
        picture: { width: manifest.picture.width, height: manifest.picture.height },
        paint: await reader.paint(manifest.paint),
        setAside: manifest.setAside && {
          editId: manifest.setAside.editId,
          paint: await reader.paint(manifest.setAside.paint),
        },
        markings: await reader.markings(needed.markings),
        hints: await reader.hints(needed.hints),
        edits: manifest.edits,
        nextNumber: manifest.nextNumber,
      });
      if (!model.success) {
        const place = wrongPlace(model.error);
        throw projectDamaged(
          join(this.options.folder, MANIFEST_NAME),
          'project-manifest-wrong',
          { place },
          model.error,
        );
      }
      return { revision: manifest.revision, model: model.data, models: manifest.models };
    });
  }

  /**
   * Writes the document as a project file, in one step; changes go on being kept meanwhile.
   * @param models names of the models that are there
   * @returns the revision that the file holds
   * @throws StudioError document-unknown when nothing was kept yet; disk-full, file-not-writable; file-missing and
   * file-unreadable for a part
   */
  async pack(path: string, models: readonly ModelName[]): Promise<number> {
    this.packing++;
    try {
      const { folder } = this.options;
      const whole = await this.inTurn(async () => this.manifest);
      if (!whole) throw errorFor('nothing-kept', {});
      const manifest = {
        ...whole,
        savedAt: new Date().toISOString(),
        ...neededBy(whole),
        models: namesOf(whole, models),
      };
      const parts: Record<string, PartDigest> = {};
      const files = new Set(await readdir(folder));
      const optional = optionalPartsOf(manifest).filter((part) => files.has(part));
      for (const part of [...partsOf(manifest), ...optional]) parts[part] = await this.parts.digest(part);
      const text = manifestText({ ...manifest, parts });
      await writeArchive(path, {
        manifest: { name: MANIFEST_NAME, text },
        parts: Object.keys(parts).map((part) => [part, part]),
        folder,
      });
      return whole.revision;
    } finally {
      this.packing--;
      await this.sweep();
    }
  }

  /** Resolves when nothing is being written any more. */
  async close(): Promise<void> {
    await Promise.allSettled([this.options.original, this.settled]);
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.settled.then(act);
    this.settled = turn.catch(() => undefined);
    return turn;
  }

  private async blank(): Promise<Manifest> {
    const { program, original, models = [] } = this.options;
    const { frame = null, ...picture } = this.options.picture;
    return {
      format: 'inpaint-studio-project',
      version: VERSION,
      program,
      savedAt: new Date().toISOString(),
      revision: 0,
      picture: { ...picture, part: await original, frame },
      paint: { hole: null, include: null, exclude: null, hint: null, lines: [] },
      setAside: null,
      markings: [],
      hints: [],
      edits: [],
      nextNumber: 1,
      models: [...models],
      parts: {},
    };
  }

  /** What is painted after a change; what did not change keeps its parts. */
  private async changedPaint({ planes, hint, lines }: DocumentChange, before: Manifest): Promise<SavedPaint> {
    const paint = { ...before.paint, ...(lines === undefined ? {} : { lines }) };
    for (const name of PLANE_NAMES) {
      const patch = planes[name];
      if (patch) paint[name] = await this.changedPlane(name, patch, before);
    }
    if (hint.length > 0) paint.hint = await this.changedHint(hint, before);
    return paint;
  }

  private async keptAside(setAside: SetAside | null): Promise<Manifest['setAside']> {
    return setAside && { editId: setAside.editId, paint: await this.parts.writePaint(setAside.paint) };
  }

  /** The plane with a change laid on it, as a new part; null when nothing of it is left. */
  private async changedPlane(name: PlaneName, patch: PlanePatch, before: Manifest): Promise<string | null> {
    const plane = this.planes.get(name) ?? (await this.planeFrom(before.paint[name]));
    this.planes.set(name, plane);
    replacePatch(plane, patch);
    return this.parts.writePlane(name, planePatchOf(plane));
  }

  private async planeFrom(part: string | null): Promise<BitPlane> {
    const { width, height } = this.options.picture;
    const plane = new BitPlane(width, height);
    if (part !== null) replacePatch(plane, await this.parts.readPlane(part));
    return plane;
  }

  /** The same for the painted hint. */
  private async changedHint(changed: DocumentChange['hint'], before: Manifest): Promise<SavedTiles | null> {
    this.hint ??= new Map((await this.parts.readTiles(before.paint.hint)).map((tile) => [tile.key, tile]));
    for (const { key, pixels } of changed) {
      if (pixels) this.hint.set(key, { key, pixels });
      else this.hint.delete(key);
    }
    return this.parts.writeTiles([...this.hint.values()]);
  }

  private async sweep(): Promise<void> {
    if (this.packing > 0) return;
    const parts = this.superseded.splice(0);
    await Promise.all(parts.map((part) => rm(join(this.options.folder, part), { force: true }).catch(() => undefined)));
  }
}

/** The manifest in a session folder; null when there is none. Errors: those of `readManifest`. */
export async function sessionManifest(folder: string): Promise<Manifest | null> {
  const path = join(folder, MANIFEST_NAME);
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : readManifest(text, path);
}

/** Markings and hints of the edits that there are: those that were undone or deleted cannot come back without a history. */
function neededBy({ edits, markings, hints }: Manifest): Pick<Manifest, 'markings' | 'hints'> {
  const variants = edits.flatMap((edit) => edit.variants);
  const marked = new Set(variants.map(({ markingId }) => markingId));
  const hinted = new Set(variants.map(({ recipe }) => recipe.hintId));
  return {
    markings: markings.filter(({ markingId }) => marked.has(markingId)),
    hints: hints.filter(({ hintId }) => hinted.has(hintId)),
  };
}

/** Of every model that an edit was made with; of one that is not there, the name that it had when it was. */
function namesOf({ edits, models }: Manifest, present: readonly ModelName[]): ModelName[] {
  const used = new Set(edits.flatMap(({ variants }) => variants.map(({ recipe }) => recipe.modelId)));
  return [...used].map((modelId) => {
    const known = [...present, ...models].find((model) => model.modelId === modelId);
    return { modelId, name: known?.name ?? modelId };
  });
}
