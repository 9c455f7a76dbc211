import { describe, expect, it } from 'vitest';
import { averaged, fate, growth, orbit, type Point, radius, type Update, UPDATES } from './game';

const START: Point = { x: 1, y: 1 };
const play = (update: Update, steps: number, rate = 0.1, criticSteps = 1) =>
  orbit({ update, rate, criticSteps, start: START, steps });
const end = (points: readonly Point[]): number => radius(points.at(-1) ?? START);

describe('the game x·y', () => {
  it('spirals out when both move at once, by sqrt(1 + a²) a step', () => {
    const points = play('simultaneous', 1000);
    points.forEach((point, step) => expect(radius(point) / (Math.SQRT2 * 1.01 ** (step / 2))).toBeCloseTo(1, 9));
    expect(radius(points[100] ?? START)).toBeCloseTo(2.326, 3);
    expect(end(points)).toBeCloseTo(204.9, 0);
  });

  it('goes round a bounded ellipse when they take turns: x² + a·x·y + y² stays', () => {
    for (const { x, y } of play('alternating', 1000)) expect(x * x + 0.1 * x * y + y * y).toBeCloseTo(2.1, 9);
  });

  it('widens the ellipse with more steps of y and does not converge', () => {
    const radii = play('alternating', 1000, 0.1, 5).map(radius);
    expect(Math.max(...radii)).toBeCloseTo(2.57, 2);
    expect(Math.max(...radii.slice(-100))).toBeGreaterThan(2.5);
  });

  it.each([
    [0.5, 15, 'circles'],
    [0.5, 17, 'spirals-out'],
    [0.5, 20, 'spirals-out'],
    [2, 1, 'circles'],
    [2.01, 1, 'spirals-out'],
  ] as const)('diverges in turns exactly beyond k a² = 4: a %d, k %d', (rate, criticSteps, expected) => {
    expect(fate({ update: 'alternating', rate, criticSteps })).toBe(expected);
  });

  it('shrinks by sqrt(1 - a² + a⁴) a step with a look ahead', () => {
    const points = play('extragradient', 1000);
    expect(end(points) / (Math.SQRT2 * 0.9901 ** 500)).toBeCloseTo(1, 9);
    expect(end(points)).toBeCloseTo(0.0098, 4);
  });

  it('shrinks with the optimistic rule, and grows beyond a rate of 1/sqrt(3)', () => {
    expect(end(play('optimistic', 1000))).toBeCloseTo(0.0089, 4);
    expect(fate({ update: 'optimistic', rate: 0.57, criticSteps: 1 })).toBe('spirals-in');
    expect(fate({ update: 'optimistic', rate: 0.58, criticSteps: 1 })).toBe('spirals-out');
  });

  it.each(UPDATES)('grows as its eigenvalues say: %s', (update) => {
    for (const rate of [0.05, 0.3, 0.45]) {
      const radii = play(update, 4000, rate).map(radius);
      // A turn of the orbit wobbles; over many its effect is that of the largest eigenvalue alone.
      const measured = ((radii.at(-1) ?? NaN) / (radii[1000] ?? NaN)) ** (1 / 3000);
      expect(measured).toBeCloseTo(growth({ update, rate, criticSteps: 1 }), 3);
    }
  });

  it('comes to rest at the origin when an orbit in turns is averaged', () => {
    const points = averaged(play('alternating', 10_000));
    expect(end(points)).toBeLessThan(0.01);
    expect(points[1]?.x).toBeCloseTo(0.945, 12);
    expect(points[1]?.y).toBeCloseTo(1.05, 12);
  });

  it('ends a diverging orbit while its points are numbers', () => {
    const points = play('simultaneous', 5000, 2);
    expect(points.length).toBeLessThan(5000);
    expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });
});
