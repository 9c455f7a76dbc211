import type { Point } from '../../shared/geometry';

/** Where the pointer is, in picture pixels; null: not over a picture. It is listened to directly. */
export class PointerPlace {
  private readonly listeners = new Set<(at: Point | null) => void>();

  set(at: Point | null): void {
    for (const listener of this.listeners) listener(at);
  }

  listen(listener: (at: Point | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
