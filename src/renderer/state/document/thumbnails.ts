import { expand, intersect, type Rect, rectOf, roundOut, type Size } from '../../../shared/geometry';
import type { Variant } from '../../../shared/document-model';
import type { Layer } from '../../../shared/protocol/values';
import type { EngineLink } from '../../link/engine-link';
import { bitmapOf, BitmapStore } from './bitmap-store';
import { boxOfVariant } from './edits';

/** A small picture that the engine is asked for. */
export interface Look {
  readonly documentId: string;
  readonly box: Rect;
  readonly layers: readonly Layer[];
  /** Longest side, pixels. */
  readonly side: number;
}

/** Bitmaps kept: 96 pixels a side take 36 kB each. */
const KEPT = 200;
/** How much of its surroundings a fill is shown with, of its longer side. */
const MARGIN = 0.2;

/** Small pictures of variants. They come from the engine once, and go straight to a canvas. */
export class Thumbnails {
  private readonly bitmaps = new BitmapStore<ImageBitmap>(KEPT);

  constructor(private readonly engine: EngineLink) {}

  /** The bitmap belongs to this store: draw it at once, and do not keep it. Errors: those of the engine. */
  get(look: Look): Promise<ImageBitmap> {
    return this.bitmaps.get(JSON.stringify(look), () => this.make(look));
  }

  /** Forgets everything: another picture is open. */
  clear(): void {
    this.bitmaps.clear();
  }

  private async make({ layers, ...look }: Look): Promise<ImageBitmap> {
    const { pixels, width, height } = await this.engine.request('thumbnail', { ...look, layers: [...layers] });
    return bitmapOf(pixels, width, height);
  }
}

/**
 * A variant with a little of its surroundings, on what lay below when it was made: so its look never changes, whatever
 * becomes of the others.
 */
export function lookOf(documentId: string, picture: Size, variant: Variant, side: number): Look {
  const box = boxOfVariant(variant);
  const around = expand(box, Math.max(box.width, box.height) * MARGIN);
  return {
    documentId,
    box: intersect(roundOut(around), rectOf(picture)),
    layers: [
      ...variant.basis.map(({ patchId, opacity }) => ({ patchId, visible: true, opacity })),
      ...variant.patches.map(({ patchId }) => ({ patchId, visible: true, opacity: 1 })),
    ],
    side,
  };
}
