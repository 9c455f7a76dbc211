import type { MainLink } from '../../link/main-link';
import { bitmapOf, BitmapStore } from './bitmap-store';

/** Bitmaps kept: 192 pixels a side take up to 147 kB each. */
const KEPT = 400;
/** Longest side, pixels; shown at half of that, so that it is sharp on a dense screen. */
const SIDE = 192;
/** Photos that are read at the same time, beside the work in hand. */
const AT_ONCE = 2;

interface Waiting {
  readonly photoId: string;
  readonly begin: () => void;
}

/**
 * Small pictures of the photos of the film strip: read in the engine when they come into sight, the latest asked for first, a
 * few at a time.
 */
export class PhotoThumbnails {
  private readonly main: Pick<MainLink, 'call'>;
  /** Null: the photo has no look of its own. */
  private readonly bitmaps = new BitmapStore<ImageBitmap | null>(KEPT);
  private waiting: Waiting[] = [];
  private running = 0;

  constructor(main: Pick<MainLink, 'call'>) {
    this.main = main;
  }

  /** The bitmap belongs to this store: draw it at once, and do not keep it. Errors: as opening the photo. */
  get(photoId: string): Promise<ImageBitmap | null> {
    return this.bitmaps.get(photoId, () => this.inTurn(photoId));
  }

  /** It is out of sight: what has not begun need not. */
  leave(photoId: string): void {
    if (!this.waiting.some((one) => one.photoId === photoId)) return;
    this.waiting = this.waiting.filter((one) => one.photoId !== photoId);
    this.bitmaps.forget(photoId);
  }

  private inTurn(photoId: string): Promise<ImageBitmap | null> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        this.running++;
        this.make(photoId)
          .then(resolve, reject)
          .finally(() => {
            this.running--;
            this.waiting.pop()?.begin();
          });
      };
      if (this.running < AT_ONCE) begin();
      else this.waiting.push({ photoId, begin });
    });
  }

  private async make(photoId: string): Promise<ImageBitmap | null> {
    const look = await this.main.call('photo:thumbnail', { photoId, side: SIDE });
    return look && bitmapOf(look.pixels, look.width, look.height);
  }
}
