/**
 * Detail at the picture's own resolution. The network decides what stands where, at its own size; the source's real
 * pixels supply the grain. Patches of the source that agree with the fill are searched coarse to fine and vote for
 * every pixel of the hole (Wexler et al. 2007, Space-time completion; Barnes et al. 2009; Newson et al. 2014); the result
 * keeps their fine structure, while its low frequencies are what the network, the patches and the continued surroundings
 * agree on.
 */
import type { BitPlane } from '../../../shared/bit-plane';
import { intersect, type Rect, rectOf, union } from '../../../shared/geometry';
import type { Patch } from '../../image/picture';
import { largestSample, newSamples } from '../../image/planes';
import { Random } from '../../train/random';
import type { PictureView } from '../picture-view';
import { gainsAt, joinBands, median } from './bands';
import { featuresOf } from './features';
import { BLANK, depths, HOLE, halveLayer, type Layer, type PlainLayer, WHITE } from './layer';
import { finerField, improveField, measureField, type PatchField, randomField } from './patch-field';
import { PATCH, sourcePatches, targetPatches } from './patches';
import { DETAIL_TUNING, type DetailTuning } from './tuning';
import { settle, trustOf, vote } from './vote';

export interface DetailRequest {
  /** The picture with the fills of earlier groups, without this one. */
  readonly view: PictureView;
  /** The network's fill, blended. */
  readonly patch: Patch;
  /** Another guess, of the same box: the surroundings continued smoothly, blended too. */
  readonly continued: Patch;
  /** Picture pixels under the finest detail that the guesses hold; at least 1. */
  readonly scale: number;
  /** The part of the picture to work in: the hole, its context and its source. What lies outside the picture is ignored. */
  readonly window: Rect;
  /** Picture-sized: every pixel that has no colour yet, this patch's included. */
  readonly open: BitPlane;
  /** Picture-sized: pixels that may be copied. None of them is in a hole. */
  readonly allowed: BitPlane;
  /** 0: the network's fill as it is, 1: all the detail. */
  readonly strength: number;
  readonly seed: number;
  /** Called every few milliseconds; throws to stop. */
  readonly pause: () => Promise<void>;
  readonly tuning?: DetailTuning;
  /** How much the network's colours must stay at a picture pixel, 0..1, beyond what the tuning says: a painted hint. */
  readonly hold?: (x: number, y: number) => number;
}

/** A hole this thick (city-block depth, pixels) is filled from its edge; a thicker one starts at a coarser layer. */
const THICK = 4;
/** A coarser layer is made only while it is at least so wide and high, and has so many source patches. */
const LEAST_SIDE = 32;
const LEAST_PATCHES = 20;
/** Patches searched for at one layer, over all rounds: large holes get fewer rounds there. */
const MOST_SEARCHES = 160_000;

/** Where every pixel of the result came from, and the window it counts in. For tests and the inspector. */
export interface Detailed {
  readonly patch: Patch;
  /** null: too little to copy from, so the patch is the network's own. */
  readonly field: PatchField | null;
  readonly window: Rect;
}

/**
 * @returns the patch with detail; the same box, hole and depth. Unchanged where the window holds no whole patch of
 *  allowed pixels.
 */
export async function addDetail(request: DetailRequest): Promise<Detailed> {
  const { view, patch, strength, seed, tuning = DETAIL_TUNING } = request;
  const window = intersect(union(request.window, patch.box), rectOf(view.picture));
  const unchanged = { patch, field: null, window };
  if (strength === 0 || window.width < PATCH || window.height < PATCH) return unchanged;
  const colours = readWindow(request, patch, window);
  const continued = readWindow(request, request.continued, window);
  const held = heldPixels(request, window);
  await request.pause();
  const layers = pyramid(plainLayer(request, window, guessOf(colours, continued, held)));
  if (sourcePatches(layers[0]).list.length === 0) return unchanged;
  const random = new Random(seed, patch.box.x, patch.box.y);
  const field = await synthesise(layers, tuning, random, request.pause);
  const detail = vote(field, trustOf(field.target.layer, tuning.fade), colours, tuning.finalSharpness);
  await request.pause();
  const structure = structureOf(field.target.layer, { network: colours, continued, patches: detail }, held);
  await request.pause();
  joinBands(field.target.layer, detail, structure, gainsAt(request.scale, tuning.gains));
  await request.pause();
  return { patch: written(patch, window, colours, detail, strength), field, window };
}

/** Interleaved RGB in [-1, 1], a fill in the hole. */
function readWindow({ view }: DetailRequest, patch: Patch, { x, y, width, height }: Rect): Float32Array {
  const filled = view.copy();
  filled.lay(patch);
  const colours = new Float32Array(3 * width * height);
  for (let j = 0; j < height; j++)
    filled.readRow(y + j, x, width, colours.subarray(3 * j * width, 3 * (j + 1) * width));
  return colours;
}

function plainLayer({ patch, open, allowed }: DetailRequest, window: Rect, colours: Float32Array): PlainLayer {
  const { width, height } = window;
  const { box, hole } = patch;
  const state = new Uint8Array(width * height);
  const may = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const py = window.y + y;
    const inBox = py >= box.y && py < box.y + box.height;
    for (let x = 0; x < width; x++, at++) {
      const px = window.x + x;
      if (!open.get(px, py)) may[at] = allowed.get(px, py) ? 1 : 0;
      else state[at] = inBox && hole.get(px - box.x, py - box.y) ? HOLE : BLANK;
    }
  }
  const steps = new Uint16Array(colours.length);
  for (let i = 0; i < steps.length; i++) {
    const step = (colours[i] + 1) * (WHITE / 2);
    steps[i] = step <= 0 ? 0 : step >= WHITE ? WHITE : step + 0.5;
  }
  return { width, height, colours: steps, state, allowed: may };
}

/** From fine to coarse, until the hole is thin or a layer would be too small to work with. */
function pyramid(finest: PlainLayer): PlainLayer[] {
  const layers = [finest];
  let thickest = 0;
  for (const depth of depths(finest)) if (depth > thickest) thickest = depth;
  for (let thick = thickest; thick > THICK; thick /= 2) {
    const next = halveLayer(layers[layers.length - 1]);
    if (Math.min(next.width, next.height) < LEAST_SIDE || sourcePatches(next).list.length < LEAST_PATCHES) break;
    layers.push(next);
  }
  return layers;
}

async function synthesise(
  layers: readonly PlainLayer[],
  tuning: DetailTuning,
  random: Random,
  pause: () => Promise<void>,
): Promise<PatchField> {
  let field: PatchField | null = null;
  for (let n = layers.length - 1; n >= 0; n--) {
    await pause();
    const layer: Layer = { ...layers[n], features: featuresOf(layers[n], Math.max(1, tuning.guideSigma / 2 ** n)) };
    const target = targetPatches(layer, tuning.known);
    const source = sourcePatches(layer);
    const trust = trustOf(layer, tuning.fade);
    if (field === null) {
      field = randomField(target, source, random);
    } else {
      field = finerField(field, target, source, random);
      settle(layer, vote(field, trust, layer.colours, 0));
    }
    let wanted = 0;
    for (const total of target.total) if (total > 0) wanted++;
    const rounds = Math.min(tuning.rounds, Math.max(1, Math.round(MOST_SEARCHES / wanted)));
    for (let round = 0; round < rounds; round++) {
      measureField(field, tuning);
      await improveField(field, tuning, random, false, pause);
      await improveField(field, tuning, random, true, pause);
      settle(layer, vote(field, trust, layer.colours, tuning.sharpness));
    }
    measureField(field, tuning);
  }
  if (field === null) throw new RangeError('a pyramid has at least one layer');
  return field;
}

/** How much the network's colours must stay, a pixel of the window; null where nothing asks for it. */
function heldPixels({ hold }: DetailRequest, { x, y, width, height }: Rect): Float32Array | null {
  if (!hold) return null;
  const held = new Float32Array(width * height);
  for (let at = 0; at < held.length; at++) held[at] = hold(x + (at % width), y + Math.floor(at / width));
  return held;
}

/** What the search starts from, before there are patches: between the two other guesses. */
function guessOf(network: Float32Array, continued: Float32Array, held: Float32Array | null): Float32Array {
  const guess = new Float32Array(network.length);
  for (let at = 0; at < guess.length; at += 3) {
    const share = held ? (1 - held[at / 3]) / 2 : 0.5;
    for (let c = at; c < at + 3; c++) guess[c] = network[c] + share * (continued[c] - network[c]);
  }
  return guess;
}

/** Three guesses of what stands in the hole, height x width x 3. */
interface Guesses {
  readonly network: Float32Array;
  readonly continued: Float32Array;
  readonly patches: Float64Array;
}

/** What the guesses agree on; where a painted hint holds, the network's, which knows it. @returns height x width x 3 */
function structureOf(
  { state }: Layer,
  { network, continued, patches }: Guesses,
  held: Float32Array | null,
): Float32Array {
  const structure = network.slice();
  for (let at = 0; at < state.length; at++) {
    if (state[at] !== HOLE) continue;
    const share = held ? 1 - held[at] : 1;
    for (let c = 3 * at; c < 3 * at + 3; c++) {
      structure[c] += share * (median(network[c], continued[c], patches[c]) - network[c]);
    }
  }
  return structure;
}

function written(patch: Patch, window: Rect, network: Float32Array, detail: Float64Array, strength: number): Patch {
  const { box, hole, depth } = patch;
  const top = largestSample(depth);
  const samples = newSamples(patch.samples.length, depth);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      if (!hole.get(x, y)) continue;
      const from = 3 * ((box.y + y - window.y) * window.width + box.x + x - window.x);
      const to = 3 * (y * box.width + x);
      for (let c = 0; c < 3; c++) {
        const value = network[from + c] + strength * (detail[from + c] - network[from + c]);
        samples[to + c] = Math.min(top, Math.max(0, Math.round(((value + 1) / 2) * top)));
      }
    }
  }
  return { box, depth, samples, hole };
}
