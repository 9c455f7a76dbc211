/** How far an arrow key moves the pointer, CSS pixels: alone, with Shift, and with Ctrl or Cmd. */
const STEPS = { usual: 16, fine: 1, wide: 64 };
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** No pointing device has this number. */
const POINTER_ID = 0x7fff;

/**
 * A pointer that is moved with the arrow keys while the picture has the focus: Space presses it, and Space again lets
 * go, so that every tool paints without a mouse. It speaks in pointer events, as a mouse does, and hides when a real
 * pointer moves. `mark` is a cross inside the element that shows where it is; `said` hears it, in CSS pixels.
 */
export class KeyboardPointer {
  private readonly element: HTMLElement;
  private readonly mark: HTMLElement;
  private readonly said: (at: { readonly x: number; readonly y: number }, pressed: boolean) => void;
  private readonly stop = new AbortController();
  private at: { readonly x: number; readonly y: number } | null = null;
  private pressed = false;

  constructor(element: HTMLElement, mark: HTMLElement, said: KeyboardPointer['said']) {
    this.element = element;
    this.mark = mark;
    this.said = said;
    const { signal } = this.stop;
    // Before the shortcuts and before Space means moving the picture.
    window.addEventListener('keydown', (event) => this.key(event), { signal, capture: true });
    element.addEventListener('pointermove', (event) => event.isTrusted && this.leave(), { signal });
    element.addEventListener('blur', () => this.leave(), { signal });
  }

  dispose(): void {
    this.stop.abort();
  }

  private key(event: KeyboardEvent): void {
    if (document.activeElement !== this.element || event.altKey) return;
    const arrow = ARROWS[event.key];
    const press = event.key === ' ' && this.at !== null;
    const giveUp = event.key === 'Escape' && this.pressed;
    if (!arrow && !press && !giveUp) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (arrow)
      this.move(arrow, event.shiftKey ? STEPS.fine : event.ctrlKey || event.metaKey ? STEPS.wide : STEPS.usual);
    else if (giveUp) this.letGo('pointercancel');
    else if (!event.repeat) this.toggle();
  }

  private move([dx, dy]: readonly [number, number], step: number): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const from = this.at ?? { x: width / 2 - dx * step, y: height / 2 - dy * step };
    this.at = {
      x: Math.min(width - 1, Math.max(0, from.x + dx * step)),
      y: Math.min(height - 1, Math.max(0, from.y + dy * step)),
    };
    this.send('pointermove');
  }

  private toggle(): void {
    if (this.pressed) {
      this.letGo('pointerup');
      return;
    }
    this.pressed = true;
    this.send('pointerdown');
  }

  private letGo(how: 'pointerup' | 'pointercancel'): void {
    this.pressed = false;
    this.send(how);
  }

  /** A real pointer takes over, or the picture has lost the focus: what was begun is given up. */
  private leave(): void {
    if (this.pressed) this.letGo('pointercancel');
    if (this.at !== null) this.send('pointerleave');
    this.at = null;
  }

  private send(type: 'pointermove' | 'pointerdown' | 'pointerup' | 'pointercancel' | 'pointerleave'): void {
    if (!this.at) return;
    const corner = this.element.getBoundingClientRect();
    this.element.dispatchEvent(
      new PointerEvent(type, {
        pointerId: POINTER_ID,
        pointerType: 'mouse',
        button: type === 'pointermove' ? -1 : 0,
        buttons: this.pressed ? 1 : 0,
        clientX: corner.left + this.at.x,
        clientY: corner.top + this.at.y,
      }),
    );
    this.mark.hidden = type === 'pointerleave';
    this.mark.style.transform = `translate(${this.at.x}px, ${this.at.y}px)`;
    this.mark.dataset['pressed'] = String(this.pressed);
    if (type !== 'pointerleave') this.said(this.at, this.pressed);
  }
}
