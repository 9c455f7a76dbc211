import { intersect, isEmpty, type Rect, rectOf } from '../../shared/geometry';
import { TILE_SIDE } from '../../shared/protocol/values';
import type { DisplayPyramid } from './display-pyramid';
import type { DisplayTile } from './display-tile';
import { halve, rowsOfBlock } from './display-halving';
import { halfSize } from '../raster/halving';
import { cropSamples } from './patches';
import type { LaidPatch } from './picture';
import { sampleTo8 } from './planes';

/**
 * One look of a document: its pyramid with some patches laid on. Several looks share the pyramid; each holds only the
 * tiles that its patches change, at a cost of their area and not the picture's, and without patches it is the original.
 */
export class DisplayView {
  /** By level: the tiles that differ from the original's, 8-bit samples in the picture's own colours. */
  private readonly changed: readonly Map<number, Uint8Array>[];
  private patches: readonly LaidPatch[] = [];
  private version = 0;

  constructor(private readonly pyramid: DisplayPyramid) {
    this.changed = Array.from({ length: pyramid.levels }, () => new Map<number, Uint8Array>());
  }

  /** Bytes held beside the pyramid's. */
  get bytes(): number {
    return this.changed.reduce((sum, tiles) => [...tiles.values()].reduce((total, t) => total + t.length, sum), 0);
  }

  /**
   * Sets which patches lie on the picture, lowest first. Patches are told apart by identity: one of another opacity is
   * another object, and so is one that lies there twice.
   * @returns the boxes, in picture pixels, whose tiles are now different; empty when nothing changed
   */
  setPatches(patches: readonly LaidPatch[]): readonly Rect[] {
    const boxes = changedBoxes(this.patches, patches)
      .map((box) => intersect(box, rectOf(this.pyramid.picture)))
      .filter((box) => !isEmpty(box));
    this.patches = [...patches];
    if (boxes.length === 0) return boxes;
    this.version += 1;
    let touched = new Set(boxes.flatMap((box) => this.tilesOver(box)));
    for (const key of touched) this.rebuildBase(key);
    for (let n = 1; n < this.pyramid.levels; n++) {
      touched = new Set([...touched].map((key) => tileKey(tileX(key) >> 1, tileY(key) >> 1)));
      for (const key of touched) this.rebuildAbove(n, key);
    }
    return boxes;
  }

  /**
   * The tile in column x, row y of a level, with the patches laid on.
   * @throws StudioError bad-request when the picture has no such tile
   */
  tile(level: number, x: number, y: number): DisplayTile {
    const box = this.pyramid.tileBox(level, x, y);
    const samples = this.changed[level].get(tileKey(x, y)) ?? this.pyramid.samples(level, box);
    return this.pyramid.render(samples, box, this.version);
  }

  private tilesOver(box: Rect): number[] {
    const keys: number[] = [];
    for (let y = Math.floor(box.y / TILE_SIDE); y * TILE_SIDE < box.y + box.height; y++) {
      for (let x = Math.floor(box.x / TILE_SIDE); x * TILE_SIDE < box.x + box.width; x++) keys.push(tileKey(x, y));
    }
    return keys;
  }

  /** A full-size tile again from the picture and the patches on it; without any it is the original's. */
  private rebuildBase(key: number): void {
    const box = this.pyramid.tileBox(0, tileX(key), tileY(key));
    const onTile = this.patches.filter((patch) => !isEmpty(intersect(patch.box, box)));
    if (onTile.length === 0) {
      this.changed[0].delete(key);
      return;
    }
    const { samples } = cropSamples(this.pyramid.picture, box, onTile);
    this.changed[0].set(key, samples instanceof Uint8Array ? samples : Uint8Array.from(samples, sampleTo8));
  }

  /** A tile of a higher level: the original's, with the quarters whose tile below has changed made again. */
  private rebuildAbove(level: number, key: number): void {
    const [x, y] = [tileX(key), tileY(key)];
    const changed = this.changed[level];
    const below = this.changed[level - 1];
    const children = [0, 1, 2, 3].map((i) => tileKey(2 * x + (i & 1), 2 * y + (i >> 1)));
    if (!children.some((child) => below.has(child))) {
      changed.delete(key);
      return;
    }
    const box = this.pyramid.tileBox(level, x, y);
    const tile = this.pyramid.samples(level, box);
    for (const child of children) {
      const samples = below.get(child);
      if (samples) this.halveInto(tile, box, this.pyramid.tileBox(level - 1, tileX(child), tileY(child)), samples);
    }
    changed.set(key, tile);
  }

  /** Halves the samples of a tile into its quarter of the tile above. Boxes are of their own levels. */
  private halveInto(tile: Uint8Array, box: Rect, childBox: Rect, samples: Uint8Array): void {
    const { channels } = this.pyramid.picture;
    const half = halfSize(childBox);
    const halved = halve(rowsOfBlock(samples, childBox.width, channels), childBox, channels);
    const left = childBox.x / 2 - box.x;
    const top = childBox.y / 2 - box.y;
    const length = half.width * channels;
    for (let row = 0; row < half.height; row++) {
      tile.set(halved.subarray(row * length, (row + 1) * length), ((top + row) * box.width + left) * channels);
    }
  }
}

/** The boxes of the patches that came, went, or moved among the others. */
function changedBoxes(before: readonly LaidPatch[], after: readonly LaidPatch[]): Rect[] {
  const old = new Set(before);
  const fresh = new Set(after);
  const stayedBefore = before.filter((patch) => fresh.has(patch));
  const stayedAfter = after.filter((patch) => old.has(patch));
  const changed = [
    ...before.filter((patch) => !fresh.has(patch)),
    ...after.filter((patch) => !old.has(patch)),
    ...stayedAfter.filter((patch, index) => patch !== stayedBefore[index]),
  ];
  return changed.map((patch) => patch.box);
}

/** Tiles are numbered by their place; a side has at most 128 of them. */
const KEY_STRIDE = 1024;

function tileKey(x: number, y: number): number {
  return y * KEY_STRIDE + x;
}

function tileX(key: number): number {
  return key % KEY_STRIDE;
}

function tileY(key: number): number {
  return Math.floor(key / KEY_STRIDE);
}
