import type { Point } from '../../shared/geometry';

/** How far the ring can be moved by its animations, CSS pixels; a millisecond of them is a pixel. */
const REACH = 100_000;

/**
 * The cursor as large as the tip. It is moved by two animations that stand still, one for each axis: of those the browser
 * hands a new place straight to the compositor, while a new transform has it put the layers of the whole page together
 * again, which was a sixth of what a pointer event cost while painting.
 */
export class CursorRing {
  private readonly element: HTMLElement;
  private readonly across: Animation;
  private readonly down: Animation;
  /** Size and hardness that it has. */
  private shape = '';

  constructor(element: HTMLElement) {
    this.element = element;
    this.across = standing(element, (way) => `translate(${way}px, 0)`);
    this.down = standing(element, (way) => `translate(0, ${way}px)`);
  }

  dispose(): void {
    this.across.cancel();
    this.down.cancel();
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Around a place on the stage. `size`: its diameter, CSS pixels; `hardness`: 0..1, the part of it that is not soft. */
  show(at: Point, size: number, hardness: number): void {
    this.element.hidden = false;
    this.become(size, hardness);
    this.across.currentTime = at.x - size / 2 + REACH / 2;
    this.down.currentTime = at.y - size / 2 + REACH / 2;
  }

  /** Writes what has changed alone: a move of the pointer is to cost no more than moving the ring. */
  private become(size: number, hardness: number): void {
    const shape = `${size}/${hardness}`;
    if (shape === this.shape) return;
    this.shape = shape;
    this.element.style.width = this.element.style.height = `${size}px`;
    this.element.dataset['soft'] = String(hardness < 1);
    this.element.style.setProperty('--hardness', String(hardness));
  }
}

/** From half the reach before the element's place to half of it behind; added to what other animations do. */
function standing(element: HTMLElement, moved: (way: number) => string): Animation {
  const animation = element.animate([{ transform: moved(-REACH / 2) }, { transform: moved(REACH / 2) }], {
    duration: REACH,
    fill: 'both',
    composite: 'add',
  });
  animation.pause();
  // Nothing that hurries animations to their end takes it along.
  animation.playbackRate = 0;
  return animation;
}
