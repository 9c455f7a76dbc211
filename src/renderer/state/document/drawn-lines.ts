import type { LineChange, StructureLine } from '../../../shared/structure-line';
import { withLines } from '../../../shared/structure-line';

/** Lines that are drawn through the hole for the next fill to continue. Lines never change: one that is moved is another. */
export class DrawnLines {
  private drawn: readonly StructureLine[] = [];
  private readonly listeners = new Set<() => void>();

  /** Calls back whenever lines have come or gone. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  all(): readonly StructureLine[] {
    return this.drawn;
  }

  /** Makes a change, or takes it back; returns it, for undo. */
  toggle(change: LineChange): LineChange {
    if (change.length === 0) return change;
    this.drawn = withLines(this.drawn, change);
    for (const listener of this.listeners) listener();
    return change;
  }

  /** Puts other lines in the place of all that there are. */
  load(lines: readonly StructureLine[]): LineChange {
    const kept = new Set(lines.map(({ lineId }) => lineId));
    const there = new Set(this.drawn.map(({ lineId }) => lineId));
    const going = this.drawn.filter(({ lineId }) => !kept.has(lineId));
    return this.toggle([...going, ...lines.filter(({ lineId }) => !there.has(lineId))]);
  }
}

/** Memory that lines hold. */
export function linesBytes(lines: readonly StructureLine[]): number {
  return lines.reduce((sum, { points }) => sum + 64 + 32 * points.length, 0);
}
