/** Small pictures by their key, made once; the least recently used are given up beyond a number of them. */
export class BitmapStore<Bitmap extends ImageBitmap | null> {
  /** Least recently used first. */
  private readonly bitmaps = new Map<string, Promise<Bitmap>>();

  /** @param kept how many bitmaps stay */
  constructor(private readonly kept: number) {}

  /** The bitmap belongs to this store: draw it at once, and do not keep it. Errors: those of `make`, which may be asked again. */
  get(key: string, make: () => Promise<Bitmap>): Promise<Bitmap> {
    const known = this.bitmaps.get(key);
    this.bitmaps.delete(key);
    const bitmap = known ?? make();
    this.bitmaps.set(key, bitmap);
    if (!known) bitmap.catch(() => this.bitmaps.delete(key));
    for (const oldest of this.bitmaps.keys()) {
      if (this.bitmaps.size <= this.kept) break;
      this.drop(oldest);
    }
    return bitmap;
  }

  /** Forgets a bitmap that has not been made yet, and will not be. */
  forget(key: string): void {
    this.bitmaps.delete(key);
  }

  clear(): void {
    for (const key of [...this.bitmaps.keys()]) this.drop(key);
  }

  private drop(key: string): void {
    this.bitmaps.get(key)?.then(
      (bitmap) => bitmap?.close(),
      () => undefined,
    );
    this.bitmaps.delete(key);
  }
}

/** @param pixels RGBA, alpha not premultiplied */
export function bitmapOf(pixels: Uint8Array<ArrayBuffer>, width: number, height: number): Promise<ImageBitmap> {
  const { buffer, byteOffset, byteLength } = pixels;
  return createImageBitmap(new ImageData(new Uint8ClampedArray(buffer, byteOffset, byteLength), width, height));
}
