import type { Point, Size } from '../../shared/geometry';
import type { Frame } from './frame';
import {
  actualSize,
  fitView,
  keepInReach,
  panBy,
  resized,
  rotateAt,
  toPicture,
  toScreen,
  type Viewport,
  zoomAt,
} from './viewport';

/** Where the picture lies on the stage, and how a person moves it. Points are CSS pixels of the stage. */
export class Camera {
  private picture: Size | null = null;
  private stage: Size = { width: 1, height: 1 };
  private pixelRatio = 1;
  private view: Viewport = { scale: 1, x: 0, y: 0, rotation: 0 };
  /** Until the person moves the picture it is fitted into whatever size the window gets. */
  private fitted = true;
  private readonly moved: () => void;

  /** `moved` is called after every change of what the stage shows. */
  constructor(moved: () => void) {
    this.moved = moved;
  }

  /** Points at another picture, upright and whole, or at none. */
  show(picture: Size | null): void {
    this.picture = picture && { width: picture.width, height: picture.height };
    this.view = { ...this.view, rotation: 0 };
    this.fit();
  }

  /** The stage got another size, or moved to a screen of another density. */
  resize(stage: Size, pixelRatio: number): void {
    const before = this.stage;
    this.stage = stage;
    this.pixelRatio = pixelRatio;
    if (this.fitted) this.fit();
    else this.set(resized(this.view, before, stage));
  }

  fit(): void {
    if (!this.picture) return;
    this.set(fitView(this.picture, this.stage, this.view.rotation));
    this.fitted = true;
  }

  actualSize(): void {
    this.set(actualSize(this.view, this.stage, this.pixelRatio));
  }

  /** Zooms around a point; the stage's middle when none is given. */
  zoomBy(factor: number, at: Point = this.middle()): void {
    this.set(zoomAt(this.view, at, factor));
  }

  panBy(dx: number, dy: number): void {
    this.set(panBy(this.view, dx, dy));
  }

  /** Brings a place of the picture into the stage's middle. */
  centreOn(place: Point): void {
    const at = this.toScreen(place);
    const middle = this.middle();
    this.panBy(middle.x - at.x, middle.y - at.y);
  }

  /** Turns the picture clockwise, in radians, around a point; the stage's middle when none is given. */
  rotateBy(angle: number, at: Point = this.middle()): void {
    const { fitted } = this;
    this.set(rotateAt(this.view, at, angle));
    // A picture that is fitted stays so: its corners would stick out otherwise.
    if (fitted) this.fit();
  }

  /** Clockwise, radians. */
  get rotation(): number {
    return this.view.rotation;
  }

  /** Screen pixels of the display for one pixel of the picture: what "100 %" means. */
  get zoom(): number {
    return this.view.scale * this.pixelRatio;
  }

  /** CSS pixels for one pixel of the picture. */
  get scale(): number {
    return this.view.scale;
  }

  toPicture(screen: Point): Point {
    return toPicture(this.view, screen);
  }

  toScreen(picture: Point): Point {
    return toScreen(this.view, picture);
  }

  /** What painters need; null while there is no picture. */
  frame(): Frame | null {
    const { view, stage, pixelRatio, picture } = this;
    return picture && { view, stage, pixelRatio, picture };
  }

  private middle(): Point {
    return { x: this.stage.width / 2, y: this.stage.height / 2 };
  }

  private set(view: Viewport): void {
    if (!this.picture) return;
    this.fitted = false;
    this.view = keepInReach(view, this.picture, this.stage);
    this.moved();
  }
}
