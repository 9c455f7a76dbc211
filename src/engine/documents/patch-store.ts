import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import type { SourceMap } from '../../shared/source-map';
import { readPatch, writePatch } from '../image/patch-file';
import { type Patch } from '../image/picture';
import { pngFileSize } from '../image/png-size';
import { readSourceMap, sourceMapName, writeSourceMap } from '../image/source-map-file';

/** Names of patch files; other files of a document lie beside them. */
const FILE_NAME = /^(p-[A-Za-z0-9_-]{1,62})\.png$/;
/** Bytes of patches held in memory beside their files: a dozen fills of a megapixel at 16 bit. */
const MEMORY_BUDGET = 128 * 1024 * 1024;

/**
 * The patches of one document, by id. Finished ones are on disk before anybody hears of them; coarse ones, which a
 * refined fill replaces within seconds, live in memory alone.
 */
export class PatchStore {
  private readonly onDisk = new Set<string>();
  private readonly passing = new Map<string, Patch>();
  /** Finished patches in memory, least recently used first. */
  private readonly cached = new Map<string, Patch>();
  private cachedBytes = 0;

  private constructor(
    private readonly folder: string,
    private readonly budget: number,
  ) {}

  /** Finds the patches that an earlier process left in the folder. */
  static async open(folder: string, budget = MEMORY_BUDGET): Promise<PatchStore> {
    const store = new PatchStore(folder, budget);
    for (const name of await readdir(folder).catch(() => [])) {
      const patchId = FILE_NAME.exec(name)?.[1];
      if (patchId) store.onDisk.add(patchId);
    }
    return store;
  }

  /**
   * Keeps a finished patch, and where its pixels came from if that is known; resolves with its id when it is safe.
   * Errors: disk-full, file-not-writable.
   */
  async add(patch: Patch, sources: SourceMap | null = null): Promise<string> {
    const patchId = `p-${randomUUID()}`;
    if (sources) await writeSourceMap(sources, this.mapPath(patchId));
    await writePatch(patch, this.path(patchId));
    this.onDisk.add(patchId);
    this.remember(patchId, patch);
    return patchId;
  }

  /** Keeps a coarse patch, in memory. */
  addPassing(patch: Patch): string {
    const patchId = `c-${randomUUID()}`;
    this.passing.set(patchId, patch);
    return patchId;
  }

  dropPassing(patchId: string): void {
    this.passing.delete(patchId);
  }

  /** @throws StudioError bad-request when there is no such patch; file-unreadable when its file is gone or broken */
  async get(patchId: string): Promise<Patch> {
    const atHand = this.passing.get(patchId) ?? this.cached.get(patchId);
    if (atHand) {
      if (this.cached.delete(patchId)) this.cached.set(patchId, atHand);
      return atHand;
    }
    if (!this.onDisk.has(patchId)) throw errorFor('fill-gone', {});
    const patch = await readPatch(this.path(patchId));
    if (!this.cached.has(patchId)) this.remember(patchId, patch);
    return patch;
  }

  /** Where a patch's pixels came from; null when nothing is known of it. Errors: file-unreadable for a broken file. */
  async sources(patchId: string): Promise<SourceMap | null> {
    if (!this.onDisk.has(patchId)) return null;
    const size = await pngFileSize(this.path(patchId));
    return size && readSourceMap(this.mapPath(patchId), size);
  }

  private remember(patchId: string, patch: Patch): void {
    this.cached.set(patchId, patch);
    this.cachedBytes += bytesOf(patch);
    for (const [oldest, old] of this.cached) {
      if (this.cachedBytes <= this.budget || oldest === patchId) return;
      this.cached.delete(oldest);
      this.cachedBytes -= bytesOf(old);
    }
  }

  private path(patchId: string): string {
    return join(this.folder, `${patchId}.png`);
  }

  private mapPath(patchId: string): string {
    return join(this.folder, sourceMapName(patchId));
  }
}

function bytesOf(patch: Patch): number {
  return patch.samples.byteLength + patch.hole.bits.byteLength;
}
