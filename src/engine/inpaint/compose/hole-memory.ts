/** What was prepared for holes, for other fills of the same hole: all that a cut does not decide. */
import type { Level } from './level';
import type { PreparedHole } from './prepared-hole';

/** Bytes that are kept at most: what was prepared for a hole of 1000 x 800 takes 110 MB. */
const MOST_KEPT = 128 * 2 ** 20;

interface Kept {
  /** All that it depends on beside the window's pixels. */
  readonly key: string;
  readonly prepared: PreparedHole;
}

export class HoleMemory {
  /** The one that was used last comes last. */
  private kept: Kept[] = [];

  /** @returns what was prepared for a window of the same colours and masks; null: nothing was, or it is forgotten */
  recall(key: string, native: Level): PreparedHole | null {
    const found = this.kept.find((other) => other.key === key && isSameLevel(nativeOf(other.prepared), native));
    if (!found) return null;
    this.kept = [...this.kept.filter((other) => other !== found), found];
    return found.prepared;
  }

  /** Forgets what was used longest ago where it gets too much. */
  add(key: string, prepared: PreparedHole): void {
    this.kept.push({ key, prepared });
    let bytes = this.kept.reduce((sum, other) => sum + bytesOf(other.prepared), 0);
    while (bytes > MOST_KEPT) {
      const [oldest, ...others] = this.kept;
      bytes -= bytesOf(oldest.prepared);
      this.kept = others;
    }
  }

  forget(): void {
    this.kept = [];
  }
}

function nativeOf({ levels }: PreparedHole): Level {
  return levels[levels.length - 1];
}

function isSameLevel(a: Level, b: Level): boolean {
  return a.width === b.width && a.height === b.height && isSame(a.state, b.state) && isSame(a.rgb, b.rgb);
}

function isSame(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => Buffer.from(buffer, byteOffset, byteLength);
  return bytes(a).equals(bytes(b));
}

function bytesOf({ levels, stack, lab }: PreparedHole): number {
  const arrays = [stack.colours, stack.costs, stack.guide, lab, ...levels.flatMap(({ rgb, state }) => [rgb, state])];
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
