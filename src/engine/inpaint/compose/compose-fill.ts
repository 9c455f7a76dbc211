/**
 * Fills a hole with large pieces of the photograph, cut where they fit each other best (He and Sun 2012; Kwatra et al. 2003,
 * Graphcut textures). The network's fill says roughly what is to stand where; it is seen only where no piece can be had.
 */
import type { BitPlane } from '../../../shared/bit-plane';
import type { Rect } from '../../../shared/geometry';
import { intersect, isEmpty } from '../../../shared/geometry';
import type { SourceMap } from '../../../shared/source-map';
import type { StructureLine } from '../../../shared/structure-line';
import type { Patch, Samples } from '../../image/picture';
import type { Pause } from '../../raster/pacing';
import type { PictureView, Pixels } from '../../image/picture-view';
import { Composition } from './composition';
import { blendPieces } from './gradient-blend';
import type { HoleMemory } from './hole-memory';
import { holeParts } from './hole-parts';
import { addSources, emptyPieceSources } from './piece-sources';
import { type FillWishes, partWishes, wishesIn } from './piece-wishes';
import type { Pieces } from './refine';
import type { LineWishes } from './structure-lines';
import { COMPOSE_TUNING, type ComposeTuning } from './tuning';

export interface ComposeRequest {
  /** The picture with the fills of earlier groups, without this one. */
  readonly view: PictureView;
  /** The network's fill, blended. */
  readonly patch: Patch;
  /** Picture-sized: every pixel that has no colour yet, this patch's included. */
  readonly open: BitPlane;
  /** Picture-sized: pixels that may be copied. None of them is in a hole. */
  readonly allowed: BitPlane;
  readonly seed: number;
  /** Points in picture pixels, whole numbers at the edges of pixels. */
  readonly lines: LineWishes;
  /** How much the network's colours must stay at a picture pixel, 0..1: a painted hint. */
  readonly hold?: (x: number, y: number) => number;
  readonly tuning?: ComposeTuning;
  /** Memory that what was prepared may take between two cuts, bytes; 0 (default): it is not kept. */
  readonly kept?: number;
  /** What was prepared for earlier fills, for this one to use and add to. */
  readonly memory?: HoleMemory;
}

export interface Composed {
  readonly patch: Patch;
  readonly map: SourceMap;
  /** Edges that were found and continued. */
  readonly lines: readonly StructureLine[];
}

/** A part of the hole, and what was made of it last. */
interface Part extends Pick<Patch, 'box' | 'hole'> {
  /** null: it must be prepared, for the first time or anew. */
  readonly composition: Composition | null;
  readonly cut: LastCut | null;
}

interface LastCut {
  /** Of the wishes. */
  readonly key: string;
  /** The part of the picture that it saw. */
  readonly window: Rect;
  readonly pieces: Pick<Pieces, 'labels' | 'map'>;
  readonly lines: readonly StructureLine[];
  /** Of the whole patch; the part's own pixels are those of this cut. */
  readonly samples: Samples;
}

/** What a part is composed on, and where parts before it have changed since it was composed last. */
interface Under {
  readonly view: PictureView;
  readonly samples: Samples;
  readonly changed: readonly Rect[];
}

/** A hole composed once, and as often again as a person wishes: what has not changed since the last time is not done again. */
export class ComposedFill {
  private parts: readonly Part[];
  private readonly request: ComposeRequest;

  constructor(request: ComposeRequest) {
    const { hole, box } = request.patch;
    const open = request.open.clone();
    open.combine(hole, 'and-not', box.x, box.y);
    this.request = { ...request, open, view: request.view.copy() };
    this.parts = holeParts(request.patch).map((part) => ({ ...part, composition: null, cut: null }));
  }

  /** Memory that is kept for another cut. */
  get bytes(): number {
    return this.parts.reduce((sum, { composition }) => sum + (composition?.bytes ?? 0), this.planeBytes);
  }

  private get planeBytes(): number {
    const { patch, open } = this.request;
    return patch.samples.byteLength + open.bits.byteLength;
  }

  /** Of the patch, picture pixels. */
  get box(): Rect {
    return this.request.patch.box;
  }

  /** What it lies in, without hidden colours. */
  get picture(): Pixels {
    return this.request.view.picture;
  }

  /** The parts of the picture that the last cut saw, picture pixels. */
  get windows(): readonly Rect[] {
    return this.parts.flatMap(({ cut }) => (cut ? [cut.window] : []));
  }

  /**
   * The result is that of a new fill with these wishes, bit for bit.
   * @param pause called every few milliseconds; throws to stop, and then nothing has changed
   * @returns the patch composed: the box, hole and depth of the one that was given
   */
  async cut(wishes: FillWishes, pause: Pause): Promise<Composed> {
    const { patch, kept = 0 } = this.request;
    const { box, depth, hole } = patch;
    const samples = patch.samples.slice();
    const composed: Patch = { box, depth, samples, hole };
    // What is composed shows through at once, so that the next part fits it.
    const view = this.request.view.copy();
    view.lay(composed);
    const map = emptyPieceSources(box);
    const found: StructureLine[] = [];
    const parts: Part[] = [];
    const changed: Rect[] = [];
    let room = kept - this.planeBytes;
    for (const part of this.parts) {
      await pause();
      const { cut, composition, isNew } = await this.cutPart(part, wishes, { view, samples, changed }, pause);
      if (isNew) changed.push(part.box);
      room -= composition?.bytes ?? 0;
      parts.push({ ...part, composition: room < 0 ? null : composition, cut: { ...cut, samples } });
      addSources(map, cut.pieces, { x: box.x - cut.window.x, y: box.y - cut.window.y });
      found.push(...cut.lines);
    }
    this.parts = parts;
    return { patch: composed, map, lines: found };
  }

  /** Composes a part into `samples`, or puts there what it was last, where that still stands. */
  private async cutPart(
    { composition: prepared, cut: last, ...part }: Part,
    wishes: FillWishes,
    { view, samples, changed }: Under,
    pause: Pause,
  ): Promise<{ readonly cut: LastCut; readonly composition: Composition | null; readonly isNew: boolean }> {
    const { patch, tuning = COMPOSE_TUNING } = this.request;
    const { box } = patch;
    const own = partWishes(wishes, part);
    const key = JSON.stringify(own);
    const isStale = last !== null && changed.some((other) => !isEmpty(intersect(other, last.window)));
    if (last?.key === key && !isStale) {
      copyPart(part, last.samples, patch, samples);
      return { cut: last, composition: prepared, isNew: false };
    }
    const composition = (isStale ? null : prepared) ?? (await this.prepare(part, view, pause));
    const { window } = composition;
    const pieces = await composition.cut(wishesIn(window, own), pause);
    const target = { x: box.x - window.x, y: box.y - window.y, width: box.width, samples };
    // A drawing's edges are sharp.
    const softEdge = composition.isDrawing ? 0 : tuning.softEdge;
    await blendPieces(pieces, { ...tuning, softEdge }, target, pause);
    // Without the level, which is the larger part of what pieces hold.
    const { labels, map } = pieces;
    const cut = { key, window, pieces: { labels, map }, lines: composition.foundLines(own), samples };
    return { cut, composition, isNew: true };
  }

  private prepare(part: Pick<Patch, 'box' | 'hole'>, view: PictureView, pause: Pause): Promise<Composition> {
    const { open, allowed, seed, lines, hold, memory, tuning = COMPOSE_TUNING } = this.request;
    const asked = { view, masks: { part, open, allowed }, seed, lines, tuning, pause };
    return Composition.prepare({ ...asked, ...(hold ? { hold } : {}), ...(memory ? { memory } : {}) });
  }
}

/** Puts the pixels of a part from one state of a patch into another. */
function copyPart({ box, hole }: Pick<Patch, 'box' | 'hole'>, from: Samples, patch: Patch, to: Samples): void {
  for (let y = 0; y < box.height; y++) {
    const row = (box.y + y - patch.box.y) * patch.box.width + box.x - patch.box.x;
    for (let x = 0; x < box.width; x++) {
      if (!hole.get(x, y)) continue;
      for (let at = 3 * (row + x), c = 0; c < 3; c++, at++) to[at] = from[at];
    }
  }
}
