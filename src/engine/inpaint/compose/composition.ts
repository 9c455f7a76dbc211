/**
 * One hole and its window, ready to be cut. What is dear is done once: window, levels, candidates, their colours and costs. A
 * cut takes a fraction of that, so variants and corrections share it.
 */
import type { Point, Rect } from '../../../shared/geometry';
import { foundLineId, type StructureLine } from '../../../shared/structure-line';
import { Random } from '../../numeric/random';
import type { Pause } from '../../raster/pacing';
import { type Affine, placeIn } from './affine';
import { cutCoarse } from './coarse-cut';
import type { HolePixels } from './hole-pixels';
import type { Label } from './label';
import type { Level } from './level';
import { addLinePrices, nearLines } from './line-prices';
import { MaxFlow } from './max-flow';
import { bandOf, emptyMap, joinSmallPieces } from './piece-map';
import { type HoleRequest, prepareHole } from './prepare-hole';
import { type Pieces, refinePieces } from './refine';
import { buildStack, type Stack } from './stack';
import { StackLabelling } from './stack-labelling';
import type { StructureLines } from './structure-lines';
import { COMPOSE_TUNING, type ComposeTuning, FORBIDDEN } from './tuning';
import { priceUnique } from './uniqueness';
import type { WindowLine } from './window-line';

export interface CompositionRequest extends HoleRequest {
  /** Of cuts that wish no other. */
  readonly seed: number;
  /** How much the network's colours must stay at a picture pixel, 0..1: a painted hint. */
  readonly hold?: (x: number, y: number) => number;
}

/** What a cut is to look like; left out: the usual one. */
export interface CutWishes {
  /** Another seed offers the labels in another order. */
  readonly seed?: number;
  /** Weight of the network's smooth colours; 0: none, and no candidates that it led to. */
  readonly guideWeight?: number;
  /** Whether found lines are kept to; drawn ones always are. */
  readonly automaticLines?: boolean;
  /** Sources that were refused: neither they nor others as good as the same are used. */
  readonly refused?: readonly RefusedPlace[];
  /** Pieces that come from elsewhere. */
  readonly chosen?: readonly ChosenPiece[];
}

/** A pixel of the hole and where it must not come from, native pixels of the window. */
export interface RefusedPlace {
  readonly at: Point;
  readonly from: Point;
}

/** A piece that a person gave another source. Its seams may move, its middle stays. */
export interface ChosenPiece {
  readonly map: Affine;
  /** Whether a native pixel of the window is well inside it. */
  readonly covers: (x: number, y: number) => boolean;
}

/** What every other label costs in the middle of a chosen piece, and where a hint is painted that no piece can follow. */
const AGAINST_CHOICE = 300;

/** Surroundings that are flat to this share are a drawing. */
const DRAWING = 0.5;

export class Composition {
  private readonly flow = new MaxFlow();

  private constructor(
    /** The window, picture pixels. */
    readonly window: Rect,
    private readonly levels: readonly Level[],
    private readonly pixels: HolePixels,
    private readonly labels: readonly Label[],
    private readonly stack: Stack,
    /** Of every pixel: how much a painted hint holds, 0..1; null: none. */
    private readonly held: Float32Array | null,
    private readonly structure: StructureLines,
    private readonly lab: Float32Array,
    /** height x width: see `uniqueness`. */
    private readonly unique: Float32Array,
    private readonly seed: number,
    private readonly tuning: ComposeTuning,
  ) {}

  static async prepare(request: CompositionRequest): Promise<Composition> {
    const { hold, seed, tuning = COMPOSE_TUNING } = request;
    const { window, levels, pixels, labels, stack, structure, lab, unique } = await prepareHole(request);
    const held = hold ? heldAt(levels[0], pixels, window, hold) : null;
    return new Composition(window, levels, pixels, labels, stack, held, structure, lab, unique, seed, tuning);
  }

  /** @returns the pieces at native size */
  async cut(wishes: CutWishes, pause: Pause): Promise<Pieces> {
    const { tuning, levels, flow } = this;
    const lines = this.linesFor(wishes);
    const random = new Random(wishes.seed ?? this.seed, 4);
    const coarse = await this.cutCoarse(wishes, lines, random, pause);
    let pieces = coarse;
    for (const level of levels.slice(1)) {
      pieces = await refinePieces(pieces, level, { lines, flow, random, tuning, pause });
    }
    return pieces;
  }

  /** Whether the surroundings are a drawing, areas of one colour each. */
  get isDrawing(): boolean {
    return this.stack.flatness > DRAWING;
  }

  /** Memory that it holds: levels and stack. */
  get bytes(): number {
    const { colours, costs, guide } = this.stack;
    const levels = this.levels.reduce((sum, { rgb, state }) => sum + rgb.byteLength + state.byteLength, 0);
    return levels + colours.byteLength + costs.byteLength + guide.byteLength + this.lab.byteLength;
  }

  /** The edges that were found and that a cut keeps to, in picture pixels. */
  foundLines({ automaticLines = true }: Pick<CutWishes, 'automaticLines'>): StructureLine[] {
    if (!automaticLines) return [];
    const { window } = this;
    const { lines, found } = this.structure;
    return lines.slice(lines.length - found).map((line) => {
      const points = line.points.map(({ x, y }) => ({ x: x + 0.5 + window.x, y: y + 0.5 + window.y }));
      return { lineId: foundLineId(points), points };
    });
  }

  private linesFor({ automaticLines = true }: CutWishes): readonly WindowLine[] {
    const { lines, found } = this.structure;
    return automaticLines ? lines : lines.slice(0, lines.length - found);
  }

  private async cutCoarse(
    wishes: CutWishes,
    lines: readonly WindowLine[],
    random: Random,
    pause: Pause,
  ): Promise<Pieces> {
    const { tuning, pixels, levels, flow } = this;
    const [level] = levels;
    const { labels, stack } = await this.withChosen(wishes, pause);
    const usable = [...labels.keys()].filter((i) => this.isUsable(labels[i], wishes, lines.length));
    const costs = this.costsFor(wishes, labels, stack, lines);
    await pause();
    const labelling = new StackLabelling(pixels, stack, costs);
    const again = usable.filter((i) => labels[i].kind === 'stats').slice(0, tuning.tryAgain);
    const orders = this.isFirst(wishes) ? tuning.orders : tuning.fewOrders;
    const chosen = await cutCoarse({
      isDrawing: this.isDrawing,
      labelling,
      width: level.width,
      usable,
      again,
      orders,
      random,
      flow,
      tuning,
      pause,
    });
    return piecesOf(level, pixels, chosen, labels, costs, tuning.leastPiece);
  }

  /** Whether it is the fill that comes first: variants are tries themselves, and a correction is to be there at once. */
  private isFirst({
    seed = this.seed,
    guideWeight,
    automaticLines = true,
    refused = [],
    chosen = [],
  }: CutWishes): boolean {
    return seed === 0 && guideWeight === undefined && automaticLines && refused.length + chosen.length === 0;
  }

  /** The labels with those that a person chose, which cost a few milliseconds each. */
  private async withChosen(
    { chosen = [] }: CutWishes,
    pause: Pause,
  ): Promise<{ labels: readonly Label[]; stack: Stack }> {
    if (chosen.length === 0) return { labels: this.labels, stack: this.stack };
    const added = chosen.map(({ map }): Label => ({ map, kind: 'chosen' }));
    const more = await buildStack(this.levels[0], this.lab, this.pixels, added, this.tuning, pause);
    const join = (a: Float32Array, b: Float32Array): Float32Array => {
      const both = new Float32Array(a.length + b.length);
      both.set(a);
      both.set(b, a.length);
      return both;
    };
    return {
      labels: [...this.labels, ...added],
      stack: {
        colours: join(this.stack.colours, more.colours),
        costs: join(this.stack.costs, more.costs),
        guide: join(this.stack.guide, more.guide),
        nearest: this.stack.nearest,
        strangeness: join(this.stack.strangeness, more.strangeness),
        flatness: this.stack.flatness,
      },
    };
  }

  private isUsable({ kind, line, map }: Label, { guideWeight, refused = [] }: CutWishes, lines: number): boolean {
    if (kind === 'network' || kind === 'chosen') return true;
    if (kind === 'guided' && guideWeight === 0) return false;
    if (kind === 'line' && (line ?? 0) >= lines) return false;
    const { scaleX } = this.levels[0];
    // Refinement shifts labels by about a working pixel, and a neighbour's copy would show the same.
    return refused.every(({ at, from }) => {
      const { x, y } = placeIn(map, at);
      return Math.hypot(x - from.x, y - from.y) > 4 * scaleX;
    });
  }

  private costsFor(
    { guideWeight = this.tuning.guide, chosen = [] }: CutWishes,
    labels: readonly Label[],
    stack: Stack,
    lines: readonly WindowLine[],
  ): Float32Array {
    const { pixels, held, levels, tuning } = this;
    const { count } = pixels;
    const [level] = levels;
    const costs = new Float32Array(stack.costs.length);
    const hinted = Math.max(guideWeight, tuning.hintedGuide);
    const weights = new Float32Array(count);
    for (let i = 0; i < count; i++) weights[i] = held ? guideWeight + held[i] * (hinted - guideWeight) : guideWeight;
    for (let at = 0, label = 0; label < labels.length; label++) {
      for (let i = 0; i < count; i++, at++) costs[at] = stack.costs[at] + weights[i] * stack.guide[at];
    }
    priceUnique(costs, labels, level, pixels, this.unique, stack.guide, tuning);
    if (held) this.preferHint(costs, labels.length, held);
    if (lines.length === 0 && chosen.length === 0) return costs;
    const near = nearLines(lines, level, pixels);
    const { x, y } = near;
    for (const [label, { map, kind }] of labels.entries()) {
      if (kind === 'network') continue;
      // What repeats the surroundings exactly repeats their lines, if others than those that were found.
      const own = costs.subarray(label * count, (label + 1) * count);
      addLinePrices(near, map, own, stack.strangeness[label], (i, to) => {
        for (let c = 0; c < 3; c++) to[c] = stack.colours[3 * (label * count + i) + c];
      });
    }
    for (const [number, piece] of chosen.entries()) {
      const own = labels.length - chosen.length + number;
      for (let i = 0; i < count; i++) {
        if (stack.costs[own * count + i] >= FORBIDDEN || !piece.covers(x[i], y[i])) continue;
        this.insist(costs, labels.length, own, i);
      }
    }
    return costs;
  }

  /** Where a hint holds and no piece is of its colours, the network's fill stands, which follows it. */
  private preferHint(costs: Float32Array, labels: number, held: Float32Array): void {
    const { pixels, stack, tuning } = this;
    for (let i = 0; i < pixels.count; i++) {
      if (held[i] < 0.5 || stack.nearest[i] <= tuning.unsuppliedHint) continue;
      // The network's label is the first one.
      costs[i] = 0;
      this.insist(costs, labels, 0, i);
    }
  }

  /** Makes all labels of a pixel dear but one. */
  private insist(costs: Float32Array, labels: number, wanted: number, pixel: number): void {
    for (let label = 0; label < labels; label++) {
      if (label !== wanted) costs[label * this.pixels.count + pixel] += AGAINST_CHOICE;
    }
  }
}

function heldAt(
  { width, scaleX, scaleY }: Level,
  pixels: HolePixels,
  window: Rect,
  hold: (x: number, y: number) => number,
): Float32Array {
  return Float32Array.from(pixels.at, (at) => {
    const x = Math.floor(((at % width) + 0.5) * scaleX);
    const y = Math.floor((Math.floor(at / width) + 0.5) * scaleY);
    return hold(window.x + x, window.y + y);
  });
}

/** Small pieces joined to others, and only the labels that are left. */
function piecesOf(
  level: Level,
  pixels: HolePixels,
  chosen: Uint16Array,
  labels: readonly Label[],
  costs: Float32Array,
  least: number,
): Pieces {
  const map = emptyMap(level);
  const places = pixels.at.map((at) => level.placeOf(at));
  const numbers = new Int32Array(map.labels.length).fill(-1);
  for (let i = 0; i < pixels.count; i++) {
    map.labels[places[i]] = chosen[i];
    numbers[places[i]] = i;
  }
  joinSmallPieces(map, bandOf(map, 0).places, least, (label, at) => {
    const cost = costs[label * pixels.count + numbers[at]];
    return cost >= FORBIDDEN ? Infinity : cost;
  });
  const used = [...new Set(places.map((at) => map.labels[at]))].sort((a, b) => a - b);
  const numberOf = new Map(used.map((label, number) => [label, number]));
  for (const at of places) map.labels[at] = numberOf.get(map.labels[at]) ?? 0;
  return { level, labels: used.map((label) => labels[label]), map };
}
