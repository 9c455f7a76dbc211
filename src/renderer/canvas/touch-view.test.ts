import { describe, expect, it } from 'vitest';
import type { Point } from '../../shared/geometry';
import { Camera } from './camera';
import { TouchView } from './touch-view';

function onPicture() {
  const camera = new Camera(() => undefined);
  camera.resize({ width: 800, height: 600 }, 1);
  camera.show({ width: 400, height: 300 });
  return { camera, touch: new TouchView(camera) };
}

/** Two points around a middle. */
function pair(middle: Point, radius: number, angle: number): readonly [Point, Point] {
  const dx = radius * Math.cos(angle);
  const dy = radius * Math.sin(angle);
  return [
    { x: middle.x - dx, y: middle.y - dy },
    { x: middle.x + dx, y: middle.y + dy },
  ];
}

function put(touch: TouchView, [a, b]: readonly [Point, Point]): void {
  touch.move(1, a);
  touch.move(2, b);
}

const MIDDLE = { x: 400, y: 300 };

describe('two fingers', () => {
  it('leave one finger alone', () => {
    const { camera, touch } = onPicture();
    const before = camera.toScreen({ x: 10, y: 10 });
    touch.down(1, MIDDLE);
    expect(touch.move(1, { x: 500, y: 300 })).toBe(false);
    expect(camera.toScreen({ x: 10, y: 10 })).toEqual(before);
  });

  it('drag and zoom the picture: what is under them stays under them', () => {
    const { camera, touch } = onPicture();
    const [a, b] = pair(MIDDLE, 50, 0);
    const under = [camera.toPicture(a), camera.toPicture(b)];
    const before = camera.scale;
    touch.down(1, a);
    touch.down(2, b);
    const goal = pair({ x: 430, y: 280 }, 100, 0);
    for (let step = 0.1; step < 1; step += 0.1)
      put(touch, pair({ x: 400 + 30 * step, y: 300 - 20 * step }, 50 + 50 * step, 0));
    put(touch, goal);
    expect(camera.scale / before).toBeCloseTo(2, 6);
    expect(camera.rotation).toBe(0);
    for (const [index, place] of under.entries()) {
      expect(camera.toScreen(place).x).toBeCloseTo(goal[index]?.x ?? NaN, 6);
      expect(camera.toScreen(place).y).toBeCloseTo(goal[index]?.y ?? NaN, 6);
    }
  });

  it('turn it only after a clear turn, and set it straight near a right angle', () => {
    const { camera, touch } = onPicture();
    const [a, b] = pair(MIDDLE, 80, 0);
    touch.down(1, a);
    touch.down(2, b);
    put(touch, pair(MIDDLE, 80, 0.08));
    expect(camera.rotation).toBe(0);
    for (let angle = 0.08; angle < 1; angle += 0.05) put(touch, pair(MIDDLE, 80, angle));
    expect(camera.rotation).toBeGreaterThan(0.5);
    const upright = camera.rotation;
    for (let turn = 0; turn < 20; turn++) put(touch, pair(MIDDLE, 80, 1 + ((Math.PI / 2 - upright) * turn) / 20));
    touch.up(2);
    expect(camera.rotation).toBeCloseTo(Math.PI / 2, 9);
  });

  it('are a palm once a pen is down', () => {
    const { camera, touch } = onPicture();
    touch.down(1, { x: 100, y: 100 });
    touch.clear();
    touch.down(2, { x: 300, y: 100 });
    expect(touch.active).toBe(false);
    expect(touch.move(2, { x: 10, y: 10 })).toBe(false);
    expect(camera.rotation).toBe(0);
  });
});
