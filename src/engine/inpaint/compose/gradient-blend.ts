/**
 * Joins pieces in the gradient domain: their own gradients stay, the differences between them spread over the hole, and
 * jumps that are too large to be spread stay edges, a few pixels soft (Perez et al. 2003, Poisson image editing; Agarwala et al. 2004,
 * Interactive digital photomontage). What is solved for is what is to be added, whose right side is not 0 at seams and at
 * the rim alone.
 */
import { expand, intersect, type Rect, rectOf } from '../../../shared/geometry';
import type { Samples } from '../../image/picture';
import { inBands, type Pause } from '../../raster/pacing';
import { type Affine, isShift } from './affine';
import { KeptEdges } from './kept-edges';
import type { Label } from './label';
import { BARRED, BLANK, HOLE, type Level, type LevelMap } from './level';
import { NO_LABEL } from './piece-map';
import { ABSENT, PoissonSolver, UNKNOWN, ZERO } from './poisson';
import type { Pieces } from './refine';
import type { ComposeTuning } from './tuning';

/** Where the result goes: a part of the picture, samples of the window's depth. */
export interface BlendTarget {
  /** Where the samples' box lies in the window. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** x 3, interleaved */
  readonly samples: Samples;
}

/** Jumps that are to vanish: pairs of neighbours, and by how much the right side changes between them. */
interface Jumps {
  /** Places in the region, of the pixel and its neighbour; -1 where that is known. */
  readonly from: number[];
  readonly to: number[];
  /** Three a pair. */
  readonly change: number[];
}

/** Writes the hole's pixels. */
export async function blendPieces(
  pieces: Pieces,
  tuning: Pick<ComposeTuning, 'keptEdge' | 'softEdge'>,
  target: BlendTarget,
  pause: Pause,
): Promise<void> {
  const { level, map } = pieces;
  const region = intersect(expand(map.box, 1), rectOf(level));
  const colours = new NativeColours(pieces);
  const solver = new PoissonSolver(region, kindsOf(level, region));
  const edges = new KeptEdges(map, tuning.softEdge);
  const jumps = await findJumps(pieces, region, colours, { keptEdge: tuning.keptEdge, edges }, pause);
  await pause();
  const softened = edges.softened();
  const gain = level.white / 255;
  const out = new Float32Array(3);
  for (let c = 0; c < 3; c++) {
    solver.wanted.fill(0);
    for (let k = 0; k < jumps.from.length; k++) {
      solver.wanted[jumps.from[k]] += jumps.change[3 * k + c];
      if (jumps.to[k] >= 0) solver.wanted[jumps.to[k]] -= jumps.change[3 * k + c];
    }
    const added = await solver.solve(pause);
    const { places, change } = softened;
    for (let k = 0; k < places.length; k++) {
      const x = places[k] % map.box.width;
      const y = (places[k] - x) / map.box.width;
      added[(map.box.y + y - region.y) * region.width + map.box.x + x - region.x] += change[3 * k + c];
    }
    await inBands(map.box, pause, (fromRow, toRow) => {
      for (let y = fromRow; y < toRow; y++) {
        for (let x = 0; x < map.box.width; x++) {
          const label = map.labels[y * map.box.width + x];
          if (label === NO_LABEL) continue;
          const [u, v] = [map.box.x + x, map.box.y + y];
          colours.read(label, u, v, out);
          const value = (out[c] + added[(v - region.y) * region.width + u - region.x]) * gain;
          const to = 3 * ((v - target.y) * target.width + u - target.x) + c;
          target.samples[to] = Math.min(level.white, Math.max(0, Math.round(value)));
        }
      }
    });
  }
}

function kindsOf(level: Level, region: Rect): Uint8Array {
  const kinds = new Uint8Array(region.width * region.height);
  for (let y = 0, at = 0; y < region.height; y++) {
    const line = (region.y + y) * level.width + region.x;
    for (let x = 0; x < region.width; x++, at++) {
      const state = level.state[line + x];
      kinds[at] = state === HOLE ? UNKNOWN : state === BLANK ? ABSENT : ZERO;
    }
  }
  return kinds;
}

async function findJumps(
  { level, map }: Pieces,
  region: Rect,
  colours: NativeColours,
  { keptEdge, edges }: { readonly keptEdge: number; readonly edges: KeptEdges },
  pause: Pause,
): Promise<Jumps> {
  const jumps: Jumps = { from: [], to: [], change: [] };
  const { box } = map;
  const jump = new Float32Array(3);
  const [p, q] = [new Float32Array(3), new Float32Array(3)];
  /** @param edgeShare 0..1: see there */
  const add = (x: number, y: number, u: number, v: number, known: boolean, edgeShare: number): void => {
    const size = Math.sqrt(jump[0] * jump[0] + jump[1] * jump[1] + jump[2] * jump[2]);
    if (size === 0) return;
    const spread = 1 / (1 + (size / (keptEdge * edgeShare)) ** 4);
    jumps.from.push((y - region.y) * region.width + x - region.x);
    jumps.to.push(known ? -1 : (v - region.y) * region.width + u - region.x);
    jumps.change.push(-spread * jump[0], -spread * jump[1], -spread * jump[2]);
    const kept = 1 - spread;
    edges.add((y - box.y) * box.width + x - box.x, jump, known ? kept : kept / 2);
    if (!known) edges.add((v - box.y) * box.width + u - box.x, jump, -kept / 2);
  };
  /** What the neighbour (u, v) shows beyond what the piece's own gradient says. */
  const rim = (label: number, x: number, y: number, u: number, v: number): void => {
    if (u < 0 || v < 0 || u >= level.width || v >= level.height) return;
    if (level.state[v * level.width + u] > BARRED || !colours.mayCopy(label, u, v)) return;
    colours.known(u, v, q);
    colours.read(label, u, v, p);
    for (let c = 0; c < 3; c++) jump[c] = q[c] - p[c];
    add(x, y, u, v, true, shareOfEdge(colours.variety(label, x, y), colours.variety(KNOWN, u, v)));
  };
  const seam = (a: number, b: number, x: number, y: number, u: number, v: number): void => {
    let views = 0;
    jump.fill(0);
    for (const [i, j, may] of [
      [u, v, colours.mayCopy(a, u, v)],
      [x, y, colours.mayCopy(b, x, y)],
    ] as const) {
      if (!may) continue;
      views++;
      colours.read(b, i, j, q);
      colours.read(a, i, j, p);
      for (let c = 0; c < 3; c++) jump[c] += q[c] - p[c];
    }
    if (views === 0) return;
    for (let c = 0; c < 3; c++) jump[c] /= views;
    add(x, y, u, v, false, shareOfEdge(colours.variety(a, x, y), colours.variety(b, u, v)));
  };
  await inBands(box, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0; x < box.width; x++) {
        const at = y * box.width + x;
        const label = map.labels[at];
        if (label === NO_LABEL) continue;
        const [u, v] = [box.x + x, box.y + y];
        const right = x + 1 < box.width ? map.labels[at + 1] : NO_LABEL;
        const below = y + 1 < box.height ? map.labels[at + box.width] : NO_LABEL;
        if (right === NO_LABEL) rim(label, u, v, u + 1, v);
        else if (right !== label) seam(label, right, u, v, u + 1, v);
        if (below === NO_LABEL) rim(label, u, v, u, v + 1);
        else if (below !== label) seam(label, below, u, v, u, v + 1);
        if (x === 0 || map.labels[at - 1] === NO_LABEL) rim(label, u, v, u - 1, v);
        if (y === 0 || map.labels[at - box.width] === NO_LABEL) rim(label, u, v, u, v - 1);
      }
    }
  });
  return jumps;
}

/**
 * What is left of the jump that is half kept. Between areas of one colour each, as drawings have, a jump is an edge, and
 * spread it would stain both; where there is any grain or slope, spreading hides a seam.
 */
function shareOfEdge(...varieties: readonly number[]): number {
  return Math.min(1, Math.max(FLAT_SHARE, Math.max(...varieties) / SOME_VARIETY));
}

/** Difference between pixels, RGB of 0..255, from which on they are not flat. */
const SOME_VARIETY = 0.25;
const FLAT_SHARE = 0.02;
const VARIETY_REACH = 2;
const SLOPE_REACH = 12;
/** What is known, read like a piece that comes from where it is. */
const KNOWN = -1;

/** The window's colours as 0..255, as pieces show them. */
class NativeColours {
  private readonly level: Level;
  private readonly labels: readonly Label[];
  private readonly maps: readonly LevelMap[];
  private readonly shifts: readonly boolean[];
  private readonly scale: number;
  private readonly centre = new Float32Array(3);
  private readonly other = new Float32Array(3);

  constructor({ level, labels }: Pick<Pieces, 'level' | 'labels'>) {
    this.level = level;
    this.labels = labels;
    this.maps = labels.map(({ map }) => level.mapOf(map));
    this.shifts = labels.map(({ map }) => isShift(map));
    this.scale = 255 / level.white;
  }

  /** Whether a piece has something to show at a pixel. */
  mayCopy(label: number, x: number, y: number): boolean {
    return this.labels[label].kind === 'network' || this.level.mayCopy(this.maps[label], x, y);
  }

  known(x: number, y: number, to: Float32Array): void {
    const { rgb, width } = this.level;
    const from = 3 * (y * width + x);
    for (let c = 0; c < 3; c++) to[c] = rgb[from + c] * this.scale;
  }

  /**
   * How much a piece's pixel differs from those around it, the largest of the three channels: the median of the nearest, so
   * that an edge nearby is no grain; and, as slopes may be slow, the lower quartile of some farther ones.
   */
  variety(label: number, x: number, y: number): number {
    this.read(label, x, y, this.centre);
    const near: number[] = [];
    for (let v = -VARIETY_REACH; v <= VARIETY_REACH; v++) {
      for (let u = -VARIETY_REACH; u <= VARIETY_REACH; u++) this.compare(label, x + u, y + v, near);
    }
    const far: number[] = [];
    for (const v of [-SLOPE_REACH, 0, SLOPE_REACH]) {
      for (const u of [-SLOPE_REACH, 0, SLOPE_REACH]) if (u !== 0 || v !== 0) this.compare(label, x + u, y + v, far);
    }
    return Math.max(quantile(near, 0.5), quantile(far, 0.25));
  }

  /** Adds how much a pixel differs from the centre, where there is one. What is known shows nothing inside the hole. */
  private compare(label: number, x: number, y: number, differences: number[]): void {
    const { level, centre, other } = this;
    if (x < 0 || y < 0 || x >= level.width || y >= level.height) return;
    if (label === KNOWN && level.state[y * level.width + x] > BARRED) return;
    this.read(label, x, y, other);
    const apart = (c: number) => Math.abs(other[c] - centre[c]);
    differences.push(Math.max(apart(0), apart(1), apart(2)));
  }

  read(label: number, x: number, y: number, to: Float32Array): void {
    if (label === KNOWN) {
      this.known(x, y, to);
      return;
    }
    const map = this.maps[label];
    if (!this.shifts[label]) {
      this.between(map, x, y, to);
      return;
    }
    const { width, height } = this.level;
    const u = Math.min(width - 1, Math.max(0, Math.round(x + map.dx)));
    const v = Math.min(height - 1, Math.max(0, Math.round(y + map.dy)));
    this.known(u, v, to);
  }

  /** Catmull-Rom interpolation: what is turned stays about as sharp as it was. */
  private between(map: Affine, x: number, y: number, to: Float32Array): void {
    const { width, height, rgb } = this.level;
    const u = map.xx * x + map.xy * y + map.dx;
    const v = map.yx * x + map.yy * y + map.dy;
    const [left, top] = [Math.floor(u), Math.floor(v)];
    const across = cubicWeights(u - left);
    const down = cubicWeights(v - top);
    to.fill(0);
    for (let j = 0; j < 4; j++) {
      const row = Math.min(height - 1, Math.max(0, top - 1 + j)) * width;
      for (let i = 0; i < 4; i++) {
        const from = 3 * (row + Math.min(width - 1, Math.max(0, left - 1 + i)));
        const weight = across[i] * down[j] * this.scale;
        for (let c = 0; c < 3; c++) to[c] += weight * rgb[from + c];
      }
    }
    for (let c = 0; c < 3; c++) to[c] = Math.min(255, Math.max(0, to[c]));
  }
}

/** 0 of none. */
function quantile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1) + 0.5)] ?? 0;
}

function cubicWeights(t: number): readonly [number, number, number, number] {
  const s = 1 - t;
  return [-0.5 * t * s * s, 1 + t * t * (1.5 * t - 2.5), 1 + s * s * (1.5 * s - 2.5), -0.5 * s * t * t];
}
