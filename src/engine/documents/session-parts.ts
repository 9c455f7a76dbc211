import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptHint, Marking, Paint } from '../../shared/document-model';
import type { Size } from '../../shared/geometry';
import { HINT_TILE, HINT_TILE_BYTES, type HintTile } from '../../shared/hint-raster';
import type { PlanePatch } from '../../shared/protocol/values';
import { readingFailed } from '../files/file-errors';
import { decodePlane, encodePlane } from '../image/plane-file';
import { decodeRgba, encodeRgba } from '../image/rgba-file';
import { writeAside } from '../files/write-aside';
import type { SavedMarking, SavedPaint, SavedTiles, SteeringHint } from '../project/manifest';
import type { PartDigest } from '../project/read-archive';

export const PLANE_NAMES = ['hole', 'include', 'exclude'] as const;
export type PlaneName = (typeof PLANE_NAMES)[number];

/**
 * What a document's manifest names, as files in its session folder: each is written once and never changes. Errors of
 * writing: disk-full, file-not-writable; of reading: file-missing, file-unreadable.
 */
export class SessionParts {
  private readonly digests = new Map<string, PartDigest>();

  constructor(
    private readonly folder: string,
    private readonly picture: Size,
  ) {}

  /** A painted plane under a new name; null for an empty one. */
  async writePlane(name: PlaneName, painted: PlanePatch | null): Promise<string | null> {
    return painted && this.write(`${name}-${randomUUID()}.png`, await encodePlane(painted));
  }

  /** Painted colours under a new name; null for none. */
  async writeTiles(tiles: readonly HintTile[]): Promise<SavedTiles | null> {
    if (tiles.length === 0) return null;
    const column = new Uint8Array(tiles.length * HINT_TILE_BYTES);
    for (const [index, { pixels }] of tiles.entries()) column.set(pixels, index * HINT_TILE_BYTES);
    const part = await this.write(`hint-${randomUUID()}.png`, await encodeRgba(columnOf(tiles.length), column));
    return { part, keys: tiles.map(({ key }) => key) };
  }

  async writePaint({ hint, lines, ...planes }: Paint): Promise<SavedPaint> {
    const [hole, include, exclude] = await Promise.all(PLANE_NAMES.map((name) => this.writePlane(name, planes[name])));
    return { hole, include, exclude, hint: await this.writeTiles(hint), lines };
  }

  async writeMarking({ markingId, freshOnly, ...planes }: Marking): Promise<SavedMarking> {
    const part = async (name: PlaneName, patch: PlanePatch) =>
      this.write(`m-${markingId}-${name}.png`, await encodePlane(patch));
    return {
      markingId,
      freshOnly,
      hole: await part('hole', planes.hole),
      include: planes.include && (await part('include', planes.include)),
      exclude: planes.exclude && (await part('exclude', planes.exclude)),
    };
  }

  async writeHint({ hintId, strength, hint: { box, step, pixels } }: KeptHint): Promise<SteeringHint> {
    const part = await this.write(`h-${hintId}.png`, await encodeRgba(hintSize({ box, step }), pixels));
    return { hintId, part, box, step, strength };
  }

  async readPlane(part: string): Promise<PlanePatch> {
    return decodePlane(await this.read(part), this.picture, this.path(part));
  }

  async readTiles(kept: SavedTiles | null): Promise<HintTile[]> {
    if (!kept) return [];
    const { part, keys } = kept;
    const column = await decodeRgba(await this.read(part), columnOf(keys.length), this.path(part));
    return keys.map((key, index) => ({
      key,
      pixels: column.slice(index * HINT_TILE_BYTES, (index + 1) * HINT_TILE_BYTES),
    }));
  }

  async readHint({ hintId, part, box, step, strength }: SteeringHint): Promise<KeptHint> {
    const pixels = await decodeRgba(await this.read(part), hintSize({ box, step }), this.path(part));
    return { hintId, hint: { box, step, pixels }, strength };
  }

  /** What a part is; computed once, since parts never change. */
  async digest(part: string): Promise<PartDigest> {
    const known = this.digests.get(part);
    if (known) return known;
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const chunk of createReadStream(this.path(part), { highWaterMark: 1 << 20 })) {
        hash.update(chunk as Buffer);
        bytes += (chunk as Buffer).length;
      }
    } catch (thrown) {
      throw readingFailed(this.path(part), thrown);
    }
    const digest = { bytes, sha256: hash.digest('hex') };
    this.digests.set(part, digest);
    return digest;
  }

  private async write(part: string, bytes: Buffer): Promise<string> {
    await writeAside(this.path(part), bytes);
    return part;
  }

  private async read(part: string): Promise<Buffer> {
    return readFile(this.path(part)).catch((thrown: unknown) => {
      throw readingFailed(this.path(part), thrown);
    });
  }

  private path(part: string): string {
    return join(this.folder, part);
  }
}

/** The picture in which so many tiles lie below each other. */
function columnOf(tiles: number): Size {
  return { width: HINT_TILE, height: tiles * HINT_TILE };
}

/** Of a hint's pixels. */
function hintSize({ box, step }: Pick<SteeringHint, 'box' | 'step'>): Size {
  return { width: Math.ceil(box.width / step), height: Math.ceil(box.height / step) };
}
