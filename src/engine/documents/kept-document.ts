import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BitPlane } from '../../shared/bit-plane';
import { type DocumentModel, documentModelSchema, type Marking } from '../../shared/document-model';
import { StudioError } from '../../shared/errors';
import type { Size } from '../../shared/geometry';
import type { DocumentChange } from '../../shared/keeping';
import { planePatchOf } from '../../shared/plane-delta';
import { replacePatch } from '../../shared/plane-patch';
import type { PlanePatch } from '../../shared/protocol';
import { readingFailed } from '../image/file-errors';
import { decodePlane, encodePlane } from '../image/plane-file';
import { writeAside } from '../image/write-aside';
import {
  optionalPartsOf,
  type KeptMarking,
  type Manifest,
  MANIFEST_NAME,
  manifestText,
  partsOf,
  readManifest,
} from '../project/manifest';
import { projectDamaged } from '../project/project-errors';
import type { PartDigest } from '../project/read-archive';
import { writeArchive } from '../project/write-archive';

type PlaneName = keyof DocumentModel['planes'];
const PLANE_NAMES = ['hole', 'include', 'exclude'] as const satisfies readonly PlaneName[];

/** What a manifest says of the model that an edit was made with. */
export type ModelName = Manifest['models'][number];

export interface KeptDocumentOptions {
  readonly folder: string;
  /** The picture's name and size, for the manifest. */
  readonly picture: Size & { readonly name: string };
  /** The name of the original's copy in the folder; rejects when it could not be kept. */
  readonly original: Promise<string>;
  /** Of the program. */
  readonly program: string;
}

/**
 * A document as files in its session folder: the manifest, the planes and markings it names, the original and the
 * patches. Parts never change; a plane that does becomes another part. The manifest is written last and put in place in
 * one step, so that whatever moment the power goes, the folder holds one whole state, at most seconds old.
 */
export class KeptDocument {
  private readonly planes = new Map<PlaneName, BitPlane>();
  private readonly digests = new Map<string, PartDigest>();
  /** Changes and savings happen one after the other. */
  private settled: Promise<unknown> = Promise.resolve();
  /** Parts that no manifest names any more; they stay while a project file may be written from them. */
  private superseded: string[] = [];
  private packing = 0;

  private constructor(
    private readonly options: KeptDocumentOptions,
    private manifest: Manifest | null,
  ) {}

  /** Finds what an earlier process kept. Errors: those of `readManifest`; file-unreadable for another picture's. */
  static async open(options: KeptDocumentOptions): Promise<KeptDocument> {
    const { folder, picture } = options;
    const manifest = await keptManifest(folder);
    if (manifest && (manifest.picture.width !== picture.width || manifest.picture.height !== picture.height)) {
      throw projectDamaged(join(folder, MANIFEST_NAME), 'belongs to a picture of another size');
    }
    return new KeptDocument(options, manifest);
  }

  /** Whether anything was kept. */
  get begun(): boolean {
    return this.manifest !== null;
  }

  /** Keeps a change; resolves when it is on the disk. Errors: disk-full, file-not-writable. */
  remember(change: DocumentChange): Promise<void> {
    return this.inTurn(async () => {
      const before = this.manifest ?? (await this.blank());
      const planes = { ...before.planes };
      const dropped: string[] = [];
      for (const name of PLANE_NAMES) {
        const patch = change.planes[name];
        if (!patch) continue;
        const old = planes[name];
        planes[name] = await this.writePlane(name, patch, before);
        if (old !== null) dropped.push(old);
      }
      const known = new Set(before.markings.map(({ markingId }) => markingId));
      const fresh = change.markings.filter(({ markingId }) => !known.has(markingId));
      const manifest: Manifest = {
        ...before,
        savedAt: new Date().toISOString(),
        revision: change.revision,
        planes,
        markings: [...before.markings, ...(await Promise.all(fresh.map((marking) => this.writeMarking(marking))))],
        edits: change.edits,
        nextNumber: change.nextNumber,
      };
      await writeAside(join(this.options.folder, MANIFEST_NAME), manifestText(manifest));
      this.manifest = manifest;
      this.superseded.push(...dropped);
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
      const model = documentModelSchema.parse({
        picture: { width: manifest.picture.width, height: manifest.picture.height },
        planes: await this.readPlanes(manifest.planes),
        markings: await Promise.all(
          manifest.markings.map(async ({ markingId, freshOnly, ...parts }) => ({
            markingId,
            freshOnly,
            ...(await this.readPlanes(parts)),
          })),
        ),
        edits: manifest.edits,
        nextNumber: manifest.nextNumber,
      });
      return { revision: manifest.revision, model, models: manifest.models };
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
      if (!whole) throw new StudioError({ code: 'internal', message: 'nothing was kept of the document', remedy: '' });
      const used = new Set(whole.edits.flatMap(({ variants }) => variants.map(({ markingId }) => markingId)));
      const manifest = {
        ...whole,
        savedAt: new Date().toISOString(),
        markings: whole.markings.filter(({ markingId }) => used.has(markingId)),
        models: namesOf(whole, models),
      };
      const parts: Record<string, PartDigest> = {};
      const files = new Set(await readdir(folder));
      const optional = optionalPartsOf(manifest).filter((part) => files.has(part));
      for (const part of [...partsOf(manifest), ...optional]) parts[part] = await this.digest(part);
      const text = manifestText({ ...manifest, parts });
      await writeArchive(path, { manifest: { name: MANIFEST_NAME, text }, parts: Object.keys(parts), folder });
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
    const { picture, program, original } = this.options;
    return {
      format: 'inpaint-studio-project',
      version: 1,
      program,
      savedAt: new Date().toISOString(),
      revision: 0,
      picture: { ...picture, part: await original },
      planes: { hole: null, include: null, exclude: null },
      markings: [],
      edits: [],
      nextNumber: 1,
      models: [],
      parts: {},
    };
  }

  private async writePlane(name: PlaneName, patch: PlanePatch, before: Manifest): Promise<string | null> {
    const part = before.planes[name];
    const plane = this.planes.get(name) ?? (await this.planeFrom(part));
    this.planes.set(name, plane);
    replacePatch(plane, patch);
    const painted = planePatchOf(plane);
    return painted && this.writePart(`${name}-${randomUUID()}.png`, painted);
  }

  private async writeMarking(marking: Marking): Promise<KeptMarking> {
    const { markingId, freshOnly } = marking;
    const part = (name: PlaneName, patch: PlanePatch) => this.writePart(`m-${markingId}-${name}.png`, patch);
    return {
      markingId,
      freshOnly,
      hole: await part('hole', marking.hole),
      include: marking.include && (await part('include', marking.include)),
      exclude: marking.exclude && (await part('exclude', marking.exclude)),
    };
  }

  private async writePart(part: string, patch: PlanePatch): Promise<string> {
    await writeAside(join(this.options.folder, part), await encodePlane(patch));
    return part;
  }

  private async planeFrom(part: string | null): Promise<BitPlane> {
    const { width, height } = this.options.picture;
    const plane = new BitPlane(width, height);
    if (part !== null) replacePatch(plane, await this.readPlane(part));
    return plane;
  }

  private async readPlanes(
    parts: Readonly<Record<PlaneName, string | null>>,
  ): Promise<Record<PlaneName, PlanePatch | null>> {
    const [hole, include, exclude] = await Promise.all(
      PLANE_NAMES.map((name) => {
        const part = parts[name];
        return part === null ? Promise.resolve(null) : this.readPlane(part);
      }),
    );
    return { hole, include, exclude };
  }

  private async readPlane(part: string): Promise<PlanePatch> {
    const path = join(this.options.folder, part);
    const bytes = await readFile(path).catch((thrown: unknown) => {
      throw readingFailed(path, thrown);
    });
    return decodePlane(bytes, this.options.picture, path);
  }

  /** What a part is; computed once, since parts never change. */
  private async digest(part: string): Promise<PartDigest> {
    const known = this.digests.get(part);
    if (known) return known;
    const path = join(this.options.folder, part);
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
        hash.update(chunk as Buffer);
        bytes += (chunk as Buffer).length;
      }
    } catch (thrown) {
      throw readingFailed(path, thrown);
    }
    const digest = { bytes, sha256: hash.digest('hex') };
    this.digests.set(part, digest);
    return digest;
  }

  private async sweep(): Promise<void> {
    if (this.packing > 0) return;
    const parts = this.superseded.splice(0);
    await Promise.all(parts.map((part) => rm(join(this.options.folder, part), { force: true }).catch(() => undefined)));
  }
}

/** The manifest in a session folder; null when there is none. Errors: those of `readManifest`. */
export async function keptManifest(folder: string): Promise<Manifest | null> {
  const path = join(folder, MANIFEST_NAME);
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : readManifest(text, path);
}

/** Of every model that an edit was made with; of one that is not there, the name that it had when it was. */
function namesOf({ edits, models }: Manifest, present: readonly ModelName[]): ModelName[] {
  const used = new Set(edits.flatMap(({ variants }) => variants.map(({ recipe }) => recipe.modelId)));
  return [...used].map((modelId) => {
    const known = [...present, ...models].find((model) => model.modelId === modelId);
    return { modelId, name: known?.name ?? modelId };
  });
}
