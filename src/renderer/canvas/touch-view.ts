import type { Point } from '../../shared/geometry';
import type { Camera } from './camera';

/** Fingers turn by this much before the picture does, so that zooming alone does not tilt it. Radians. */
const TURNING_STARTS = 0.14;
/** Left this near to a right angle, the picture is set straight. */
const SNAPS = 0.07;

/** What two fingers do: their middle drags, their distance zooms, their angle turns. Points are CSS pixels of the stage. */
export class TouchView {
  private readonly fingers = new Map<number, Point>();
  private turn: { readonly kind: 'waiting'; readonly angle: number } | { readonly kind: 'turning' } | null = null;
  private readonly camera: Pick<Camera, 'panBy' | 'zoomBy' | 'rotateBy' | 'rotation'>;

  constructor(camera: Pick<Camera, 'panBy' | 'zoomBy' | 'rotateBy' | 'rotation'>) {
    this.camera = camera;
  }

  /** Whether the picture follows the fingers. */
  get active(): boolean {
    return this.fingers.size > 1;
  }

  down(id: number, at: Point): void {
    this.fingers.set(id, at);
    if (this.fingers.size === 2) this.turn = { kind: 'waiting', angle: 0 };
  }

  /** Whether the finger is one of several; then it has moved the picture. */
  move(id: number, at: Point): boolean {
    if (!this.active || !this.fingers.has(id)) return false;
    const before = this.span();
    this.fingers.set(id, at);
    const after = this.span();
    if (!before || !after) return true;
    this.camera.panBy(after.middle.x - before.middle.x, after.middle.y - before.middle.y);
    if (before.distance > 0) this.camera.zoomBy(after.distance / before.distance, after.middle);
    this.rotate(after.angle - before.angle, after.middle);
    return true;
  }

  up(id: number): void {
    const middle = this.span()?.middle;
    const was = this.active;
    this.fingers.delete(id);
    if (!was || this.active || !middle) return;
    if (this.turn?.kind === 'turning') this.straighten(middle);
    this.turn = null;
  }

  /** A pen came down: whatever touches is a palm. */
  clear(): void {
    this.fingers.clear();
    this.turn = null;
  }

  private rotate(difference: number, middle: Point): void {
    // The short way round: from just under half a turn to just over it the angle jumps.
    const angle = difference - 2 * Math.PI * Math.round(difference / (2 * Math.PI));
    if (this.turn?.kind === 'turning') {
      this.camera.rotateBy(angle, middle);
    } else if (this.turn) {
      const sum = this.turn.angle + angle;
      this.turn = Math.abs(sum) < TURNING_STARTS ? { kind: 'waiting', angle: sum } : { kind: 'turning' };
    }
  }

  private straighten(middle: Point): void {
    const { rotation } = this.camera;
    const off = Math.round(rotation / (Math.PI / 2)) * (Math.PI / 2) - rotation;
    if (off !== 0 && Math.abs(off) < SNAPS) this.camera.rotateBy(off, middle);
  }

  /** Of the first two fingers; null while there are fewer. */
  private span(): { readonly middle: Point; readonly distance: number; readonly angle: number } | null {
    const [a, b] = this.fingers.values();
    if (!a || !b) return null;
    return {
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
      distance: Math.hypot(a.x - b.x, a.y - b.y),
      angle: Math.atan2(b.y - a.y, b.x - a.x),
    };
  }
}
