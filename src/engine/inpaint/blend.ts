import type { BitPlane } from '../../shared/bit-plane';
import { expand, intersect, type Rect, rectOf } from '../../shared/geometry';
import type { Patch, Samples } from '../image/picture';
import { largestSample, newSamples, toSample } from '../image/planes';
import type { CropPlan } from './crop-plan';
import type { HoleGroup } from './hole-groups';
import { type Field, IDLE, KNOWN, mergeInto, relax, spanMembrane, takeFromCoarser, WANTED } from '../raster/membrane';
import { type Pause } from '../raster/pacing';
import type { PictureView } from '../image/picture-view';
import { planesAt } from '../raster/resample';

/** Width of the ring of known pixels that the fill is matched with. Two pixels, so that coarse levels average some noise. */
const RING = 2;
/** Regions up to this many pixels are blended in one piece (about 100 bytes a pixel); larger ones in tiles. */
export const BLENDED_AT_ONCE = 2_000_000;
const TILE = 1024;
const TILE_SWEEPS = 8;
/** A relaxation in two colours carries a value two pixels; with this margin tiles meet without a trace. */
const TILE_MARGIN = 2 * TILE_SWEEPS;

export interface BlendRequest {
  /** The picture with the fills of earlier groups. */
  readonly view: PictureView;
  readonly plan: CropPlan;
  readonly group: HoleGroup;
  /** Picture-sized: every pixel that has no colour yet, this group's included. */
  readonly open: BitPlane;
  /** 3 x plan.working, [-1, 1]: the network's picture of the whole crop, known pixels included. */
  readonly image: Float32Array;
  /** Called between pieces of work; throws to stop. */
  readonly pause: Pause;
}

/**
 * Turns the network's picture into a patch at the picture's own resolution and depth. Only hole pixels get into it; they
 * are the network's, plus an offset that is "truth - network" on the ring of known pixels around the hole and spans the
 * hole smoothly: no step at the seam and no colour cast. Where a hole fills the picture up to its edges on every side
 * (nothing known), the network's colours stand as they are.
 */
export async function blendFill(request: BlendRequest): Promise<Patch> {
  const { picture } = request.view;
  const { box, hole } = request.group;
  const samples = newSamples(box.width * box.height * 3, picture.depth);
  const region = intersect(expand(box, RING), rectOf(picture));
  if (region.width * region.height <= BLENDED_AT_ONCE) {
    const { field, fill } = pieceOf(request, region);
    await spanMembrane(field, request.pause);
    write(request, region, field, fill, samples);
  } else {
    await blendInTiles(request, region, samples);
  }
  return { box, depth: picture.depth, samples, hole };
}

/** The field is solved at a fraction of the size, then taken up and relaxed at full size tile by tile. */
async function blendInTiles(request: BlendRequest, region: Rect, samples: Samples): Promise<void> {
  const factor = Math.ceil(Math.sqrt((region.width * region.height) / BLENDED_AT_ONCE));
  const width = Math.ceil(region.width / factor);
  const height = Math.ceil(region.height / factor);
  const coarse: Field = {
    width,
    height,
    state: new Uint8Array(width * height),
    values: new Float32Array(3 * width * height),
  };
  // Tile sides are whole numbers of coarse pixels, so that each of these is made from one tile.
  const side = Math.floor(TILE / factor) * factor;
  for (const tile of tilesOf(region, side)) {
    await request.pause();
    if (!meetsKnown(request.group, tile)) {
      coverWithin(coarse, tile, region, factor);
      continue;
    }
    const { field } = pieceOf(request, tile);
    for (let y = 0; y < tile.height; y += factor) {
      for (let x = 0; x < tile.width; x += factor) {
        const at = ((tile.y - region.y + y) / factor) * width + (tile.x - region.x + x) / factor;
        mergeInto(coarse, at, field, x, y, factor);
      }
    }
  }
  await spanMembrane(coarse, request.pause);
  for (const tile of tilesOf(region, side)) {
    await request.pause();
    const wider = intersect(expand(tile, TILE_MARGIN), region);
    const { field, fill } = pieceOf(request, wider);
    takeFromCoarser(field, coarse, factor, wider.x - region.x, wider.y - region.y);
    if (meetsKnown(request.group, wider)) await relax(field, TILE_SWEEPS, request.pause);
    write(request, wider, field, fill, samples, tile);
  }
}

/** Whether anything but this group's hole lies in a part. Far inside the hole the coarse field is smooth, and is right. */
function meetsKnown({ box, hole }: HoleGroup, part: Rect): boolean {
  const inside = intersect(part, box);
  if (inside.width !== part.width || inside.height !== part.height) return true;
  const [left, right] = [part.x - box.x, part.x - box.x + part.width];
  for (let y = part.y - box.y; y < part.y - box.y + part.height; y++) {
    const line = y * hole.stride;
    // Whole bytes at once; the few pixels beside them, which a part without them has as well, one by one.
    for (let b = (left + 7) >> 3; b < right >> 3; b++) if (hole.bits[line + b] !== 0xff) return true;
    for (let x = left; x < Math.min(right, (left + 7) & ~7); x++) if (!hole.get(x, y)) return true;
    for (let x = Math.max(left, right & ~7); x < right; x++) if (!hole.get(x, y)) return true;
  }
  return false;
}

/** Makes the coarse pixels under a tile that is all hole WANTED. */
function coverWithin(coarse: Field, tile: Rect, region: Rect, factor: number): void {
  const left = (tile.x - region.x) / factor;
  const columns = Math.ceil(tile.width / factor);
  const top = (tile.y - region.y) / factor;
  for (let y = top; y < top + Math.ceil(tile.height / factor); y++) {
    coarse.state.fill(WANTED, y * coarse.width + left, y * coarse.width + left + columns);
  }
}

/** A region's fill at full resolution (3 planes), and the field with "truth - fill" where the ring is. */
function pieceOf({ view, plan, group, open, image }: BlendRequest, region: Rect): { field: Field; fill: Float32Array } {
  const fill = planesAt(image, plan.working, plan.box, region);
  const state = statesOf(group, open, region);
  const values = view.readPlanes(region);
  for (let i = 0; i < values.length; i++) values[i] -= fill[i];
  return { field: { width: region.width, height: region.height, state, values }, fill };
}

/** WANTED in the group's hole, KNOWN on the ring around it, IDLE beyond and where nothing is known yet. */
function statesOf(group: HoleGroup, open: BitPlane, region: Rect): Uint8Array {
  const { width, height } = region;
  if (!meetsKnown(group, region)) return new Uint8Array(width * height).fill(WANTED);
  const state = new Uint8Array(width * height);
  const near = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!group.hole.get(region.x + x - group.box.x, region.y + y - group.box.y)) continue;
      state[y * width + x] = WANTED;
      near.fill(1, y * width + Math.max(0, x - RING), y * width + Math.min(width, x + RING + 1));
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (state[at] === WANTED || !touched(near, width, height, x, y)) continue;
      state[at] = open.get(region.x + x, region.y + y) ? IDLE : KNOWN;
    }
  }
  return state;
}

function touched(near: Uint8Array, width: number, height: number, x: number, y: number): boolean {
  for (let j = Math.max(0, y - RING); j <= Math.min(height - 1, y + RING); j++) {
    if (near[j * width + x] === 1) return true;
  }
  return false;
}

/** Writes the hole pixels of a region, or of the part `within` it, as samples of the patch. */
function write(
  { group, view }: BlendRequest,
  region: Rect,
  field: Field,
  fill: Float32Array,
  samples: Samples,
  within: Rect = region,
): void {
  const part = intersect(within, group.box);
  const area = region.width * region.height;
  const top = largestSample(view.picture.depth);
  for (let y = part.y; y < part.y + part.height; y++) {
    for (let x = part.x; x < part.x + part.width; x++) {
      const at = (y - region.y) * region.width + x - region.x;
      if (field.state[at] !== WANTED) continue;
      const to = ((y - group.box.y) * group.box.width + x - group.box.x) * 3;
      for (let c = 0; c < 3; c++) {
        const from = c * area + at;
        samples[to + c] = toSample(fill[from] + field.values[from], top);
      }
    }
  }
}

function* tilesOf(region: Rect, side: number): Generator<Rect> {
  for (let y = region.y; y < region.y + region.height; y += side) {
    for (let x = region.x; x < region.x + region.width; x += side) {
      yield intersect({ x, y, width: side, height: side }, region);
    }
  }
}
