/**
 * An object's mask from a box around it, or from strokes on it and beside it: colours of both sides and a minimum cut in turn
 * (GrabCut), on a reduced look at the surroundings; then the border is cut again at full resolution.
 */
import { BitPlane } from '../../shared/bit-plane';
import { expand, intersect, isEmpty, type Rect, rectOf, roundOut, type Size, union } from '../../shared/geometry';
import type { PictureView } from '../image/picture-view';
import { MaxFlow } from '../inpaint/compose/max-flow';
import type { Pause } from '../raster/pacing';
import { ColourMixture } from './colour-mixture';
import { keepObject } from './keep-object';
import { BACKGROUND, contrastOf, type Mixtures, OBJECT, objectCut, UNKNOWN } from './object-cut';
import { type LabView, labView } from '../inpaint/lab-view';

interface ObjectMarks {
  /** The object lies in it, in picture pixels; null: it is told by strokes. */
  readonly box: Rect | null;
  /** Picture-sized; pixels that belong to the object. */
  readonly object: BitPlane | null;
  /** Pixels that do not. */
  readonly background: BitPlane | null;
}

/** Pixels of the reduced look. */
const MOST_PIXELS = 120_000;
/** Pixels of a finer look, and of what is cut in it in one go: a larger object's border stays as coarse as it was. */
const MOST_FINE = 8_000_000;
const MOST_BAND = 700_000;
const ROUNDS = 4;
/** How much around a box shows what the background is; around strokes, how far the object may reach: shares of a side. */
const AROUND_BOX = 0.35;
const AROUND_STROKES = 1;
const LEAST_AROUND = 16;
/** At a finer look, so many of the coarser one's pixels on both sides of the border are cut again. */
const BAND = 2;

/**
 * @returns the object, picture-sized; empty where nothing was told from the background
 */
export async function selectObject(view: PictureView, marks: ObjectMarks, pause: Pause): Promise<BitPlane> {
  const { width, height } = view.picture;
  const selected = new BitPlane(width, height);
  const region = regionOf(marks, rectOf({ width, height }));
  if (!region) return selected;
  let step = Math.max(1, Math.ceil(Math.sqrt((region.width * region.height) / MOST_PIXELS)));
  let look = await labView(view, region, step, pause);
  await pause();
  const flow = new MaxFlow();
  const first = await cutInTurns(look, marks, flow, pause);
  if (!first) return selected;
  let labels: Uint8Array = keepObject(look, first.labels, (x, y) => isMarked(marks.object, look, x, y));
  while (step > 1) {
    const finer = Math.max(1, Math.floor(step / 3));
    if ((region.width * region.height) / (finer * finer) > MOST_FINE) break;
    const next = await labView(view, region, finer, pause);
    const known = bandAround(labels, look, next, marks);
    if (known.free > MOST_BAND) break;
    await pause();
    labels = objectCut(next, known.labels, first.mixtures, contrastOf(next), flow);
    [look, step] = [next, finer];
    await pause();
  }
  paint(selected, labels, look);
  return selected;
}

/** What is looked at; null where nothing was marked inside the picture. */
function regionOf({ box, object, background }: ObjectMarks, picture: Rect): Rect | null {
  const core = box ? intersect(roundOut(box), picture) : (object?.bounds() ?? null);
  if (!core || isEmpty(core)) return null;
  const margin = Math.max(LEAST_AROUND, (box ? AROUND_BOX : AROUND_STROKES) * Math.max(core.width, core.height));
  const beside = background?.bounds();
  const around = expand(core, Math.round(margin));
  return intersect(beside ? union(around, beside) : around, picture);
}

/** The colours of both sides and the cut in turn, until nothing changes; null where one side has no pixel. */
async function cutInTurns(
  look: LabView,
  marks: ObjectMarks,
  flow: MaxFlow,
  pause: Pause,
): Promise<{ readonly labels: Uint8Array; readonly mixtures: Mixtures } | null> {
  const known = knownOf(look, marks);
  // To begin with the box is the object; of strokes, nothing is but themselves.
  let labels: Uint8Array = Uint8Array.from(known, (what) =>
    Number(what === OBJECT || (marks.box !== null && what === UNKNOWN)),
  );
  const contrast = contrastOf(look);
  let mixtures: Mixtures | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const beginning = round === 0 && marks.box === null;
    const inside = pixelsWhere(known, (at) => labels[at] === 1);
    const outside = pixelsWhere(known, (at) => (beginning ? known[at] === BACKGROUND : labels[at] === 0));
    if (inside.length === 0 || outside.length === 0) break;
    mixtures = { object: ColourMixture.of(look.colours, inside), background: ColourMixture.of(look.colours, outside) };
    await pause();
    const next = objectCut(look, known, mixtures, contrast, flow);
    await pause();
    const same = next.every((label, at) => label === labels[at]);
    labels = next;
    if (same) break;
  }
  return mixtures && labels.includes(1) ? { labels, mixtures } : null;
}

function pixelsWhere({ length }: Uint8Array, isIn: (at: number) => boolean): Int32Array {
  const found = new Int32Array(length);
  let count = 0;
  for (let at = 0; at < length; at++) if (isIn(at)) found[count++] = at;
  return found.subarray(0, count);
}

/** Outside the box, and at the rim of what is looked at, is background; strokes are what they say. */
function knownOf(look: LabView, marks: ObjectMarks): Uint8Array {
  const { width, height, box, step } = look;
  const known = new Uint8Array(width * height);
  const open = marks.box ?? box;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const middle = { x: box.x + (x + 0.5) * step, y: box.y + (y + 0.5) * step };
      const rim = marks.box === null && (x === 0 || y === 0 || x === width - 1 || y === height - 1);
      const inBox =
        middle.x >= open.x && middle.y >= open.y && middle.x < open.x + open.width && middle.y < open.y + open.height;
      known[y * width + x] = markAt(marks, look, x, y) ?? (inBox && !rim ? UNKNOWN : BACKGROUND);
    }
  }
  // A box around the whole picture leaves no pixel outside: then its own rim is taken for the background.
  if (!known.includes(BACKGROUND)) {
    for (let x = 0; x < width; x++) known[x] = known[(height - 1) * width + x] = BACKGROUND;
    for (let y = 0; y < height; y++) known[y * width] = known[y * width + width - 1] = BACKGROUND;
  }
  return known;
}

function markAt({ object, background }: ObjectMarks, look: LabView, x: number, y: number) {
  if (isMarked(background, look, x, y)) return BACKGROUND;
  return isMarked(object, look, x, y) ? OBJECT : null;
}

function isMarked(plane: BitPlane | null, { box, step }: LabView, x: number, y: number): boolean {
  return plane?.get(box.x + Math.floor((x + 0.5) * step), box.y + Math.floor((y + 0.5) * step)) ?? false;
}

/** At a finer look only what is near the coarser one's border is still open. */
function bandAround(labels: Uint8Array, coarse: LabView, fine: LabView, marks: ObjectMarks) {
  const near = labels.map((_, at) =>
    Number(touchesOther(labels, coarse, at % coarse.width, Math.floor(at / coarse.width))),
  );
  const known = new Uint8Array(fine.width * fine.height);
  let free = 0;
  const ratio = fine.step / coarse.step;
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      const [u, v] = [Math.floor((x + 0.5) * ratio), Math.floor((y + 0.5) * ratio)];
      const from = Math.min(coarse.height - 1, v) * coarse.width + Math.min(coarse.width - 1, u);
      const settled = labels[from] === 1 ? OBJECT : BACKGROUND;
      const what = markAt(marks, fine, x, y) ?? (near[from] === 1 ? UNKNOWN : settled);
      known[y * fine.width + x] = what;
      if (what === UNKNOWN) free++;
    }
  }
  return { labels: known, free };
}

/** Whether the other label lies around a pixel. */
function touchesOther(labels: Uint8Array, { width, height }: Size, x: number, y: number): boolean {
  const label = labels[y * width + x];
  for (let v = Math.max(0, y - BAND); v <= Math.min(height - 1, y + BAND); v++) {
    for (let u = Math.max(0, x - BAND); u <= Math.min(width - 1, x + BAND); u++) {
      if (labels[v * width + u] !== label) return true;
    }
  }
  return false;
}

function paint(plane: BitPlane, labels: Uint8Array, { width, height, box, step }: LabView): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (labels[y * width + x] === 0) continue;
      const left = box.x + x * step;
      const right = Math.min(left + step, box.x + box.width);
      const bottom = Math.min(box.y + (y + 1) * step, box.y + box.height);
      for (let v = box.y + y * step; v < bottom; v++) plane.fillSpan(v, left, right, true);
    }
  }
}
