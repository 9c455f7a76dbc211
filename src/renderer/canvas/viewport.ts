import type { Point, Rect, Size } from '../../shared/geometry';

/**
 * How the picture lies on the screen: a picture point p is drawn at offset + scale * R(rotation) * p, in CSS pixels of
 * the stage.
 */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  /** Clockwise, in radians. */
  readonly rotation: number;
}

export const MIN_SCALE = 1 / 128;
export const MAX_SCALE = 64;
/** Free space around a picture that is fitted into the window, CSS pixels. */
const FIT_MARGIN = 24;
/** How much of the picture stays within reach when it is dragged away, CSS pixels. */
const KEEP_VISIBLE = 64;

export function toScreen(view: Viewport, p: Point): Point {
  const { cos, sin } = turn(view);
  return { x: view.x + view.scale * (p.x * cos - p.y * sin), y: view.y + view.scale * (p.x * sin + p.y * cos) };
}

export function toPicture(view: Viewport, p: Point): Point {
  const { cos, sin } = turn(view);
  const x = (p.x - view.x) / view.scale;
  const y = (p.y - view.y) / view.scale;
  return { x: x * cos + y * sin, y: y * cos - x * sin };
}

/** The coefficients a, b, c, d, e, f of `CanvasRenderingContext2D.setTransform`, from picture to device pixels. */
export function matrixOf(
  view: Viewport,
  pixelRatio: number,
): readonly [number, number, number, number, number, number] {
  const { cos, sin } = turn(view);
  const s = view.scale * pixelRatio;
  return [s * cos, s * sin, -s * sin, s * cos, view.x * pixelRatio, view.y * pixelRatio];
}

/** Zooms by a factor and keeps the picture point under `at` where it is. */
export function zoomAt(view: Viewport, at: Point, factor: number): Viewport {
  const scale = clamp(view.scale * factor, MIN_SCALE, MAX_SCALE);
  const ratio = scale / view.scale;
  return { ...view, scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

export function panBy(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** Turns the picture clockwise by an angle, in radians, around a point of the stage. */
export function rotateAt(view: Viewport, at: Point, angle: number): Viewport {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const dx = view.x - at.x;
  const dy = view.y - at.y;
  const rotation = normal(view.rotation + angle);
  return { ...view, rotation, x: at.x + dx * cos - dy * sin, y: at.y + dx * sin + dy * cos };
}

/** The whole picture in the middle of the stage, as large as it can be there: a small one is enlarged. */
export function fitView(picture: Size, stage: Size, rotation = 0): Viewport {
  const cos = Math.abs(Math.cos(rotation));
  const sin = Math.abs(Math.sin(rotation));
  const width = picture.width * cos + picture.height * sin;
  const height = picture.width * sin + picture.height * cos;
  const scale = Math.min(room(stage.width) / width, room(stage.height) / height);
  return centre(picture, stage, { scale: clamp(scale, MIN_SCALE, MAX_SCALE), x: 0, y: 0, rotation });
}

/** One picture pixel on one device pixel, around the middle of the stage. */
export function actualSize(view: Viewport, stage: Size, pixelRatio: number): Viewport {
  return zoomAt(view, { x: stage.width / 2, y: stage.height / 2 }, 1 / pixelRatio / view.scale);
}

/**
 * Moves the picture back where a bit of it would be out of reach: the point of it that is nearest to the window's middle
 * stays at least KEEP_VISIBLE screen pixels inside the window, however the view is turned.
 */
export function keepInReach(view: Viewport, picture: Size, stage: Size): Viewport {
  const middle = toPicture(view, { x: stage.width / 2, y: stage.height / 2 });
  const nearest = toScreen(view, { x: clamp(middle.x, 0, picture.width), y: clamp(middle.y, 0, picture.height) });
  const inside = (at: number, length: number): number => {
    const margin = Math.min(KEEP_VISIBLE, length / 2);
    return clamp(at, margin, length - margin);
  };
  const dx = inside(nearest.x, stage.width) - nearest.x;
  const dy = inside(nearest.y, stage.height) - nearest.y;
  return dx === 0 && dy === 0 ? view : panBy(view, dx, dy);
}

/** The same picture point in the middle when the stage gets another size. */
export function resized(view: Viewport, from: Size, to: Size): Viewport {
  return panBy(view, (to.width - from.width) / 2, (to.height - from.height) / 2);
}

/** The part of the picture plane that the stage shows: the box around its four corners, with fractional edges. */
export function visibleBox(view: Viewport, stage: Size): Rect {
  return boxOf(cornersOf(stage).map((corner) => toPicture(view, corner)));
}

function centre(picture: Size, stage: Size, view: Viewport): Viewport {
  const middle = toScreen(view, { x: picture.width / 2, y: picture.height / 2 });
  return panBy(view, stage.width / 2 - middle.x, stage.height / 2 - middle.y);
}

/** The corners of a box at the origin. */
export function cornersOf(size: Size): readonly Point[] {
  return [
    { x: 0, y: 0 },
    { x: size.width, y: 0 },
    { x: 0, y: size.height },
    { x: size.width, y: size.height },
  ];
}

/** The smallest box around points. */
export function boxOf(points: readonly Point[]): Rect {
  const x = Math.min(...points.map((p) => p.x));
  const y = Math.min(...points.map((p) => p.y));
  return { x, y, width: Math.max(...points.map((p) => p.x)) - x, height: Math.max(...points.map((p) => p.y)) - y };
}

function turn(view: Viewport): { readonly cos: number; readonly sin: number } {
  return view.rotation === 0 ? { cos: 1, sin: 0 } : { cos: Math.cos(view.rotation), sin: Math.sin(view.rotation) };
}

/** The same angle between -pi and pi; what is upright but for rounding is upright exactly, where tiles meet without a seam. */
function normal(angle: number): number {
  const turned = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return Math.abs(turned) < 1e-6 ? 0 : turned;
}

function room(side: number): number {
  return Math.max(1, side - 2 * FIT_MARGIN);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
