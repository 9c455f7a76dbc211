import type { Point } from '../../shared/geometry';
import { CursorRing } from './cursor-ring';
import { type Gesture, panGesture, type PointerHost, type PointerSample } from './gesture';
import type { StudioCanvas } from './studio-canvas';
import { tipGesture } from './tip-gesture';
import { TouchView } from './touch-view';

/** A notch of the wheel; a trackpad's pinch comes as a wheel with Ctrl and smaller steps. */
const WHEEL = { step: 0.0016, pinchStep: 0.01, most: 240, linePixels: 32 };

/** Turns pointer, wheel and space-bar events of the stage into gestures of the tool, panning and zooming. */
export class PointerInput {
  private readonly element: HTMLElement;
  private readonly ring: CursorRing;
  private readonly canvas: StudioCanvas;
  private readonly host: PointerHost;
  private readonly stop = new AbortController();
  private readonly touch: TouchView;
  /** Once there was a pen, fingers move the picture and never paint: a resting hand must not. */
  private penSeen = false;
  /** While the pen hovers over the picture, or paints, whatever else touches is the hand that holds it. */
  private penNear = false;
  private gesture: {
    readonly pointerId: number;
    readonly byTouch: boolean;
    readonly act: Gesture;
    /** The cursor stays where it was pressed. */
    readonly still?: boolean;
  } | null = null;
  /** The right button was pressed to change the tip: the menu that the system offers then, or after it, is not wanted. */
  private menuTaken = false;
  /** A gesture of several presses, between them: see `Gesture.press`. */
  private standing: { readonly toolId: string; readonly act: Gesture } | null = null;
  /** The diameter that the wheel has come to, with fractions. */
  private wheeled = 0;
  private spaceHeld = false;
  private corner: Point = { x: 0, y: 0 };
  private at: Point | null = null;

  /** `ring` is the cursor: an element inside `element` that follows the pointer. */
  constructor(element: HTMLElement, ring: HTMLElement, canvas: StudioCanvas, host: PointerHost) {
    this.element = element;
    this.ring = new CursorRing(ring);
    this.canvas = canvas;
    this.host = host;
    this.touch = new TouchView(canvas.camera);
    const { signal } = this.stop;
    element.addEventListener('pointerdown', (event) => this.down(event), { signal });
    element.addEventListener('pointermove', (event) => this.move(event), { signal });
    element.addEventListener('pointerup', (event) => this.up(event), { signal });
    element.addEventListener('pointercancel', (event) => this.lost(event), { signal });
    element.addEventListener('pointerleave', (event) => this.left(event), { signal });
    element.addEventListener('wheel', (event) => this.wheel(event), { signal, passive: false });
    element.addEventListener('contextmenu', (event) => this.menu(event), { signal });
    window.addEventListener('keydown', (event) => this.key(event, true), { signal });
    // Before the shortcuts: Enter and Escape mean the polygon while there is one.
    window.addEventListener('keydown', (event) => this.standingKey(event), { signal, capture: true });
    window.addEventListener('keyup', (event) => this.key(event, false), { signal });
    window.addEventListener('blur', () => this.holdSpace(false), { signal });
    this.measure();
    this.showCursor();
  }

  dispose(): void {
    this.stop.abort();
    this.ring.dispose();
  }

  /** The element moved or got another size. */
  measure(): void {
    const box = this.element.getBoundingClientRect();
    this.corner = { x: box.left, y: box.top };
  }

  /** Brings the cursor up to date with the tool, the tip and the zoom. */
  showCursor(): void {
    const { id, cursor } = this.host.tool();
    if (this.standing && this.standing.toolId !== id) this.endStanding('cancel');
    const hand = this.spaceHeld || cursor === 'hand';
    const picture = this.canvas.hasPicture();
    this.element.dataset['cursor'] = !picture ? 'none' : hand ? (this.gesture ? 'grabbing' : 'grab') : cursor;
    if (picture && !hand && cursor === 'ring' && this.at) this.showRing(this.at);
    else this.ring.hide();
  }

  private showRing(at: Point): void {
    const { diameter, hardness } = this.host.tip();
    this.ring.show(at, Math.max(3, diameter * this.canvas.camera.scale), hardness);
  }

  /** Ends the gesture under way as if it had never begun; whether there was one. */
  cancelGesture(): boolean {
    this.endStanding('cancel');
    const gesture = this.gesture;
    this.gesture = null;
    gesture?.act.cancel();
    this.showCursor();
    return gesture !== null;
  }

  private down(event: PointerEvent): void {
    this.element.focus({ preventScroll: true });
    if (event.pointerType === 'pen') this.penDown();
    if (event.pointerType === 'touch' && this.fingerDown(event)) return;
    if (event.button === 2 && event.altKey) this.changeTip(event);
    const byFinger = event.pointerType === 'touch' && this.penSeen;
    const panning = event.button === 1 || (event.button === 0 && (this.spaceHeld || byFinger));
    if (!this.canvas.hasPicture() || this.gesture || !(panning || event.button === 0)) return;
    event.preventDefault();
    this.capture(event.pointerId);
    const { standing } = this;
    if (standing && !panning) {
      if (standing.act.press?.(this.sample(event)) === 'done') this.endStanding('finish');
      return;
    }
    const first = this.sample(event);
    const act = panning
      ? panGesture(this.canvas.camera, first)
      : this.host.begin(first, { shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey });
    this.gesture = { pointerId: event.pointerId, byTouch: event.pointerType === 'touch', act };
    this.place(this.point(event));
  }

  private changeTip(event: PointerEvent): void {
    this.menuTaken = true;
    if (!this.canvas.hasPicture() || this.gesture || this.standing) return;
    this.capture(event.pointerId);
    const act = tipGesture(this.host, this.sample(event), this.canvas.camera.scale);
    this.gesture = { pointerId: event.pointerId, byTouch: false, act, still: true };
    this.place(this.point(event));
  }

  /** By the right button, a long touch, or the keyboard's own key. */
  private menu(event: MouseEvent): void {
    event.preventDefault();
    const taken = this.menuTaken || this.gesture !== null || this.standing !== null;
    this.menuTaken = false;
    if (taken || !this.canvas.hasPicture()) return;
    const at = this.canvas.camera.toPicture(this.point(event));
    this.host.menu({ x: event.clientX, y: event.clientY }, at);
  }

  /** Fingers that were already there are the hand's; what one of them painted is taken back. */
  private penDown(): void {
    this.penSeen = this.penNear = true;
    this.touch.clear();
    if (this.gesture?.byTouch) this.cancelGesture();
  }

  /** Whether the finger is dealt with: it is one of several, or rests while a pen is there. */
  private fingerDown(event: PointerEvent): boolean {
    if (this.penNear || (this.gesture && !this.gesture.byTouch)) return true;
    this.touch.down(event.pointerId, this.point(event));
    if (!this.touch.active) return false;
    this.cancelGesture();
    return true;
  }

  private move(event: PointerEvent): void {
    // A mouse that moves is in the hand that held the pen; not every pen says that it was taken away.
    if (event.pointerType === 'mouse') this.penNear = false;
    if (event.pointerType === 'pen') this.penSeen = this.penNear = true;
    if (event.pointerType === 'touch' && this.penNear) return;
    if (event.pointerType === 'touch' && this.touch.move(event.pointerId, this.point(event))) return;
    if (this.gesture?.still !== true) this.place(this.point(event));
    if (!this.gesture) this.standing?.act.move([this.sample(event)]);
    if (this.gesture?.pointerId !== event.pointerId) return;
    const events = event.getCoalescedEvents();
    this.gesture.act.move((events.length > 0 ? events : [event]).map((e) => this.sample(e)));
  }

  private up(event: PointerEvent): void {
    this.touch.up(event.pointerId);
    if (this.gesture?.pointerId !== event.pointerId) return;
    const { act } = this.gesture;
    this.gesture = null;
    act.end();
    if (act.press) this.standing = { toolId: this.host.tool().id, act };
    this.showCursor();
  }

  private endStanding(how: 'finish' | 'cancel'): void {
    const { standing } = this;
    this.standing = null;
    if (how === 'finish') standing?.act.finish?.();
    else standing?.act.cancel();
  }

  private standingKey(event: KeyboardEvent): void {
    const { standing } = this;
    if (!standing || !['Enter', 'Escape', 'Backspace'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') this.endStanding('finish');
    else if (event.key === 'Escape' || standing.act.back?.() === 'done') this.endStanding('cancel');
  }

  private left(event: PointerEvent): void {
    if (event.pointerType === 'touch' && this.penNear) return;
    if (event.pointerType === 'pen') this.penNear = false;
    this.place(null);
  }

  private lost(event: PointerEvent): void {
    this.touch.up(event.pointerId);
    if (this.gesture?.pointerId === event.pointerId) this.cancelGesture();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * WHEEL.linePixels;
    const step = event.ctrlKey && Math.abs(pixels) < 50 ? WHEEL.pinchStep : WHEEL.step;
    const delta = Math.max(-WHEEL.most, Math.min(WHEEL.most, pixels));
    const at = this.pointOfWheel(event);
    if (event.altKey) {
      this.wheelTip(Math.exp(-delta * WHEEL.step));
      return;
    }
    this.canvas.camera.zoomBy(Math.exp(-delta * step), at);
    this.place(at);
  }

  /** Tips are whole pixels; of a small one many small turns make one. */
  private wheelTip(factor: number): void {
    const tip = this.host.tip();
    const from = Math.round(this.wheeled) === tip.diameter ? this.wheeled : tip.diameter;
    this.wheeled = from * factor;
    this.host.setTip({ ...tip, diameter: this.wheeled });
  }

  /** A wheel says where it is in whole pixels; the pointer that stands there said it with fractions. */
  private pointOfWheel(event: WheelEvent): Point {
    const at = this.point(event);
    return this.at && Math.hypot(this.at.x - at.x, this.at.y - at.y) < 1.5 ? this.at : at;
  }

  private key(event: KeyboardEvent, pressed: boolean): void {
    if (event.key !== ' ') return;
    const target = event.target;
    const ours = target === document.body || (target instanceof Node && this.element.contains(target));
    if (pressed && !ours) return;
    if (ours) event.preventDefault();
    this.holdSpace(pressed);
  }

  private holdSpace(held: boolean): void {
    if (this.spaceHeld === held) return;
    this.spaceHeld = held;
    this.canvas.setGlimpse(held);
    this.showCursor();
  }

  private place(at: Point | null): void {
    this.at = at;
    this.host.moved(at && this.canvas.hasPicture() ? this.canvas.camera.toPicture(at) : null);
    this.showCursor();
  }

  private capture(pointerId: number): void {
    try {
      this.element.setPointerCapture(pointerId);
    } catch {
      // The pointer was lifted meanwhile: its pointerup comes all the same.
    }
  }

  private sample(event: PointerEvent): PointerSample {
    const screen = this.point(event);
    return {
      screen,
      picture: this.canvas.camera.toPicture(screen),
      pressure: event.pointerType === 'pen' ? event.pressure : 1,
    };
  }

  private point(event: MouseEvent): Point {
    return { x: event.clientX - this.corner.x, y: event.clientY - this.corner.y };
  }
}
