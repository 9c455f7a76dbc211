import { intersect, nearestShare, type Rect, rectOf } from './geometry';
import { HINT_TILE, HINT_TILE_BYTES, type HintChange, type HintRaster, tileDifference } from './hint-raster';
import { strokeBounds, type StrokeSample } from './stroke';

/** What a hint is painted with. */
export interface HintTip {
  /** sRGB, 0..255. */
  readonly colour: readonly [number, number, number];
  /** 0..1: the share of the radius within which the tip is full; outside it fades. */
  readonly hardness: number;
  /** 0..1, of a whole stroke: where it crosses itself it gets no denser. */
  readonly opacity: number;
  /** Takes the hint away instead. */
  readonly erases: boolean;
}

interface Touched {
  /** The tile before the stroke; null where there was none. */
  readonly before: Uint8Array | null;
  /** How much of the tip each pixel has had, 0..255. */
  readonly cover: Uint8Array;
}

/** A stroke of a hint, painted into the raster as it grows. */
export class HintStroke {
  private readonly touched = new Map<number, Touched>();
  private last: StrokeSample | null = null;

  constructor(
    private readonly raster: HintRaster,
    private readonly tip: HintTip,
  ) {}

  add(samples: readonly StrokeSample[]): void {
    for (const sample of samples) {
      this.sweep(this.last ?? sample, sample);
      this.last = sample;
    }
    if (samples.length > 0) this.raster.announce();
  }

  /** What the stroke has changed, for undo. */
  change(): HintChange {
    return [...this.touched].flatMap(([key, { before }]) => {
      const bits = tileDifference(before ?? undefined, this.raster.pixelsOf(key));
      return bits ? [{ key, bits }] : [];
    });
  }

  private sweep(a: StrokeSample, b: StrokeSample): void {
    const box = strokeBounds([a, b], rectOf(this.raster.size));
    for (const key of this.raster.keysIn(box)) {
      const part = intersect(this.raster.boxOf(key), box);
      this.paint(key, part, a, b);
    }
  }

  private paint(key: number, part: Rect, a: StrokeSample, b: StrokeSample): void {
    const { before, cover } = this.touchedAt(key);
    const place = this.raster.boxOf(key);
    const pixels = this.raster.pixelsOf(key)?.slice() ?? new Uint8Array(HINT_TILE_BYTES);
    let changed = false;
    for (let y = part.y; y < part.y + part.height; y++) {
      for (let x = part.x; x < part.x + part.width; x++) {
        const covered = Math.round(255 * coverAt(x + 0.5, y + 0.5, a, b, this.tip.hardness));
        const at = (y - place.y) * HINT_TILE + x - place.x;
        if (covered <= (cover[at] ?? 0)) continue;
        cover[at] = covered;
        this.blend(pixels, 4 * at, before, covered / 255);
        changed = true;
      }
    }
    if (changed) this.raster.put(key, pixels);
  }

  /** The tip over what was there before the stroke. */
  private blend(pixels: Uint8Array, at: number, before: Uint8Array | null, cover: number): void {
    const { colour, opacity, erases } = this.tip;
    const under = before?.[at + 3] ?? 0;
    const share = cover * opacity;
    const rest = (under / 255) * (1 - share);
    const presence = Math.round(255 * (erases ? rest : share + rest));
    const own = erases ? 0 : share / (share + rest);
    for (let c = 0; c < 3; c++) {
      const old = before?.[at + c] ?? 0;
      pixels[at + c] = presence === 0 ? 0 : Math.round(old + own * ((colour[c] ?? 0) - old));
    }
    pixels[at + 3] = presence;
  }

  private touchedAt(key: number): Touched {
    const known = this.touched.get(key);
    if (known) return known;
    const before = this.raster.pixelsOf(key)?.slice() ?? null;
    const touched = { before, cover: new Uint8Array(HINT_TILE * HINT_TILE) };
    this.touched.set(key, touched);
    return touched;
  }
}

/** Takes away what of a hint lies under a stroke; what that changed. */
export function eraseHint(raster: HintRaster, samples: readonly StrokeSample[]): HintChange {
  const stroke = new HintStroke(raster, { colour: [0, 0, 0], hardness: 1, opacity: 1, erases: true });
  stroke.add(samples);
  return stroke.change();
}

/** How much of a tip moved from a to b a place gets, 0..1. A hard tip still fades over the last pixel. */
function coverAt(x: number, y: number, a: StrokeSample, b: StrokeSample, hardness: number): number {
  const along = nearestShare(x, y, a, b);
  const radius = a.radius + along * (b.radius - a.radius);
  const distance = Math.hypot(x - a.x - along * (b.x - a.x), y - a.y - along * (b.y - a.y));
  const fade = Math.max(1, radius * (1 - hardness));
  return Math.min(1, Math.max(0, (radius + 0.5 - distance) / fade));
}
