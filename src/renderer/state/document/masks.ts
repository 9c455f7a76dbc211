import { BitPlane } from '../../../shared/bit-plane';
import { intersect, isEmpty, type Rect, rectOf, type Size, union } from '../../../shared/geometry';
import { applyDelta, type PlaneDelta, planePatchOf, recordChange } from '../../../shared/plane-delta';
import { drawPatch } from '../../../shared/plane-patch';
import type { PlanePatch } from '../../../shared/protocol/values';
import { rasteriseStroke, strokeBounds, type StrokeSample } from '../../../shared/stroke';
import { PlanePyramid } from './plane-pyramid';
import { PLANE_NAMES, type PlaneName, type PlaneTarget, targetsOf } from './planes';

/** A change of one or more planes that can be taken back. */
export type MaskChange = readonly { readonly plane: PlaneName; readonly delta: PlaneDelta }[];

/** Which patches a fill may use: everywhere, a part, or (by mistake) nowhere at all. */
export type SourceChoice =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'part'; readonly patch: PlanePatch }
  | { readonly kind: 'nowhere' };

/** What is painted on each plane; null for one that is empty. */
export type PaintedPlanes = Readonly<Record<PlaneName, PlanePatch | null>>;

interface MaskPlane {
  readonly plane: BitPlane;
  readonly pyramid: PlanePyramid;
}

/** The painted planes of one document. Lives outside React; whoever shows them listens with `onChange`. */
export class Masks {
  readonly size: Size;
  private readonly planes: Readonly<Record<PlaneName, MaskPlane>>;
  private readonly listeners = new Set<(plane: PlaneName, box: Rect) => void>();

  constructor(size: Size) {
    this.size = { width: size.width, height: size.height };
    this.planes = { hole: emptyPlane(size), include: emptyPlane(size), exclude: emptyPlane(size) };
  }

  /** For reading only: changes go through the methods below, so that they can be undone. */
  plane(name: PlaneName): BitPlane {
    return this.planes[name].plane;
  }

  pyramid(name: PlaneName): PlanePyramid {
    return this.planes[name].pyramid;
  }

  /** Quick: asks the smallest size of the plane. */
  isEmpty(name: PlaneName): boolean {
    const levels = Math.ceil(Math.log2(Math.max(this.size.width, this.size.height, 2)));
    return this.pyramid(name).at(levels).isEmpty();
  }

  onChange(listener: (plane: PlaneName, box: Rect) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Rasterises a stroke into its planes; what it changed, which may be nothing. */
  paint(targets: readonly PlaneTarget[], samples: readonly StrokeSample[]): MaskChange {
    const box = strokeBounds(samples, rectOf(this.size));
    return this.draw(targets, box, (plane, on) => rasteriseStroke(plane, samples, on));
  }

  /** Lets `change` switch pixels inside `box` on or off, in each of the planes. */
  draw(targets: readonly PlaneTarget[], box: Rect, change: (plane: BitPlane, on: boolean) => void): MaskChange {
    return this.record(targets.map(({ plane, on }) => ({ plane, box, change: (bits: BitPlane) => change(bits, on) })));
  }

  /** The same for an area that comes as a patch. */
  drawPatch(targets: readonly PlaneTarget[], patch: PlanePatch): MaskChange {
    return this.draw(targets, patch.box, (plane, on) => drawPatch(plane, patch, on));
  }

  /** Puts another plane of the same size in a plane's place; what is switched on there leaves the opposite plane. */
  replace(name: PlaneName, next: BitPlane): MaskChange {
    const box = rectOf(this.size);
    const others = targetsOf(name, true).filter(({ plane }) => plane !== name);
    return this.record([
      { plane: name, box, change: (plane: BitPlane) => plane.bits.set(next.bits) },
      ...others.map(({ plane }) => ({ plane, box, change: (bits: BitPlane) => andNot(bits, next, box) })),
    ]);
  }

  /** Copies of what is painted now. */
  painted(): PaintedPlanes {
    return {
      hole: this.paintedOn('hole'),
      include: this.paintedOn('include'),
      exclude: this.paintedOn('exclude'),
    };
  }

  private paintedOn(name: PlaneName): PlanePatch | null {
    return this.isEmpty(name) ? null : planePatchOf(this.plane(name));
  }

  /** Puts other paint in the place of all that there is. */
  load(planes: PaintedPlanes): MaskChange {
    return this.record(
      PLANE_NAMES.flatMap((plane) => {
        const patch = planes[plane];
        const before = this.isEmpty(plane) ? null : this.plane(plane).bounds();
        const box = before && patch ? union(before, patch.box) : (before ?? patch?.box);
        if (!box) return [];
        const change = (bits: BitPlane) => {
          if (before) bits.fillRect(before, false);
          if (patch) drawPatch(bits, patch, true);
        };
        return [{ plane, box, change }];
      }),
    );
  }

  /** Switches everything in these planes off. */
  clear(names: readonly PlaneName[] = PLANE_NAMES): MaskChange {
    const box = rectOf(this.size);
    return this.record(names.map((plane) => ({ plane, box, change: (p: BitPlane) => p.fill(false) })));
  }

  /** Switches off what is on in `other`, a plane of the same size. */
  subtract(name: PlaneName, other: BitPlane): MaskChange {
    const box = other.bounds() ?? { x: 0, y: 0, width: 0, height: 0 };
    return this.record([{ plane: name, box, change: (plane) => andNot(plane, other, box) }]);
  }

  /** Takes a change back, or makes it again: both are the same step. */
  toggle(change: MaskChange): void {
    for (const { plane, delta } of change) this.announce(plane, applyDelta(this.plane(plane), delta));
  }

  /**
   * Where patches may come from: what is included if anything is, else everywhere, less what is excluded, less `without`
   * and less the hole itself.
   */
  sourcePlane(without: readonly PlanePatch[] = []): BitPlane {
    const chosen = !this.isEmpty('include');
    const plane = chosen ? this.plane('include').clone() : new BitPlane(this.size.width, this.size.height);
    if (!chosen) plane.fill(true);
    const whole = rectOf(this.size);
    andNot(plane, this.plane('exclude'), whole);
    andNot(plane, this.plane('hole'), whole);
    for (const patch of without) drawPatch(plane, patch, false);
    return plane;
  }

  private record(changes: readonly { plane: PlaneName; box: Rect; change: (plane: BitPlane) => void }[]): MaskChange {
    const recorded = changes.map(({ plane, box, change }) => ({
      plane,
      delta: recordChange(this.plane(plane), box, () => change(this.plane(plane))),
    }));
    const real = recorded.filter(({ delta }) => delta.bytes > 0);
    for (const { plane, delta } of real) this.announce(plane, delta.box);
    return real;
  }

  private announce(name: PlaneName, box: Rect): void {
    this.pyramid(name).update(box);
    for (const listener of this.listeners) listener(name, box);
  }
}

export function changeBytes(change: MaskChange): number {
  return change.reduce((sum, { delta }) => sum + delta.bytes, 0);
}

function emptyPlane(size: Size): MaskPlane {
  const plane = new BitPlane(size.width, size.height);
  return { plane, pyramid: new PlanePyramid(plane) };
}

function andNot(plane: BitPlane, other: BitPlane, box: Rect): void {
  const inside = intersect(box, rectOf(plane));
  if (isEmpty(inside)) return;
  const first = inside.x >> 3;
  const last = (inside.x + inside.width - 1) >> 3;
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    const row = y * plane.stride;
    for (let i = row + first; i <= row + last; i++) plane.bits[i] = (plane.bits[i] ?? 0) & ~(other.bits[i] ?? 0);
  }
}
