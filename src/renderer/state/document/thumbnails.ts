import { expand, intersect, type Rect, rectOf, roundOut, type Size } from '../../../shared/geometry';
import type { Variant } from '../../../shared/document-model';
import type { Layer } from '../../../shared/protocol/values';
import type { EngineLink } from '../../link/engine-link';
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
  /** Least recently used first. */
  private readonly looks = new Map<string, Promise<ImageBitmap>>();

  constructor(private readonly engine: EngineLink) {}

  /** The bitmap belongs to this store: draw it at once, and do not keep it. Errors: those of the engine. */
  get(look: Look): Promise<ImageBitmap> {
    const key = JSON.stringify(look);
    const known = this.looks.get(key);
    this.looks.delete(key);
    const bitmap = known ?? this.make(look);
    this.looks.set(key, bitmap);
    // One that failed may be asked for again.
    if (!known) bitmap.catch(() => this.looks.delete(key));
    for (const oldest of this.looks.keys()) {
      if (this.looks.size <= KEPT) break;
      this.drop(oldest);
    }
    return bitmap;
  }

  /** Forgets everything: another picture is open. */
  clear(): void {
    for (const key of [...this.looks.keys()]) this.drop(key);
  }

  private drop(key: string): void {
    this.looks.get(key)?.then(
      (bitmap) => bitmap.close(),
      () => undefined,
    );
    this.looks.delete(key);
  }

  private async make({ layers, ...look }: Look): Promise<ImageBitmap> {
    const { pixels, width, height } = await this.engine.request('thumbnail', { ...look, layers: [...layers] });
    const { buffer, byteOffset, byteLength } = pixels;
    return createImageBitmap(new ImageData(new Uint8ClampedArray(buffer, byteOffset, byteLength), width, height));
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
