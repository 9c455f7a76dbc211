/**
 * The game x·y: x is moved to make the product smaller, y to make it larger, so that (0, 0) is where neither gains. It is what a
 * GAN with a linear critic is near its solution, and shows what an update rule does to two who learn against each other. Every
 * step is linear, so its growth is known exactly.
 */

/** What a step does with the slopes of x·y, which are y for x and x for y. */
export const UPDATES = ['simultaneous', 'alternating', 'extragradient', 'optimistic'] as const;
export type Update = (typeof UPDATES)[number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GameOptions {
  readonly update: Update;
  /** Learning rate of both, above 0. */
  readonly rate: number;
  /** Steps of y for each of x; `alternating` alone looks at it. */
  readonly criticSteps: number;
  readonly start: Point;
  readonly steps: number;
}

/** What becomes of the distance to (0, 0) in the long run. */
export type Fate = 'spirals-out' | 'circles' | 'spirals-in';

/**
 * The points after 0, 1, ... `steps` steps. Those of a diverging orbit end before they are no numbers any more.
 * `optimistic`: x - 2a·g + a·g', g' the slope of the step before (arXiv 1711.00141); the first step is a plain one.
 */
export function orbit({ update, rate, criticSteps, start, steps }: GameOptions): readonly Point[] {
  const points: Point[] = [start];
  let before = start;
  let at = start;
  for (let step = 0; step < steps; step++) {
    const next = stepOf(update, at, before, rate, criticSteps);
    if (!Number.isFinite(next.x) || !Number.isFinite(next.y)) break;
    points.push(next);
    [before, at] = [at, next];
  }
  return points;
}

function stepOf(update: Update, { x, y }: Point, before: Point, rate: number, criticSteps: number): Point {
  switch (update) {
    case 'simultaneous':
      return { x: x - rate * y, y: y + rate * x };
    case 'alternating': {
      // The critic first, as GANs are trained.
      const moved = y + rate * criticSteps * x;
      return { x: x - rate * moved, y: moved };
    }
    case 'extragradient': {
      const ahead = { x: x - rate * y, y: y + rate * x };
      return { x: x - rate * ahead.y, y: y + rate * ahead.x };
    }
    case 'optimistic':
      return { x: x - rate * (2 * y - before.y), y: y + rate * (2 * x - before.x) };
  }
}

/** The mean of all points up to each one: what averaging makes of an orbit. */
export function averaged(points: readonly Point[]): readonly Point[] {
  let [x, y] = [0, 0];
  return points.map((point, i) => {
    x += point.x;
    y += point.y;
    return { x: x / (i + 1), y: y / (i + 1) };
  });
}

export const radius = ({ x, y }: Point): number => Math.hypot(x, y);

/** What the distance is multiplied by a step, in the long run: the largest absolute eigenvalue of the step's matrix. */
export function growth({ update, rate, criticSteps }: Pick<GameOptions, 'update' | 'rate' | 'criticSteps'>): number {
  const square = rate * rate;
  switch (update) {
    case 'simultaneous':
      return Math.sqrt(1 + square);
    case 'alternating': {
      // Determinant 1, trace 2 - k a²: on the unit circle while |trace| <= 2.
      const half = 1 - (criticSteps * square) / 2;
      return Math.abs(half) <= 1 ? 1 : Math.abs(half) + Math.sqrt(half * half - 1);
    }
    case 'extragradient':
      return Math.sqrt(1 - square + square * square);
    case 'optimistic':
      return optimisticGrowth(rate);
  }
}

/** Roots of z² - (1 + 2ia) z + ia = 0: the step in the complex plane, where x + iy is turned by i. */
function optimisticGrowth(rate: number): number {
  // The discriminant (1 + 2ia)² - 4ia = 1 - 4a² is real.
  const discriminant = 1 - 4 * rate * rate;
  const root = Math.sqrt(Math.abs(discriminant));
  const roots: readonly (readonly [number, number])[] =
    discriminant >= 0
      ? [
          [(1 + root) / 2, rate],
          [(1 - root) / 2, rate],
        ]
      : [
          [0.5, rate + root / 2],
          [0.5, rate - root / 2],
        ];
  return Math.max(...roots.map(([re, im]) => Math.hypot(re, im)));
}

export function fate(options: Pick<GameOptions, 'update' | 'rate' | 'criticSteps'>): Fate {
  const factor = growth(options);
  if (Math.abs(factor - 1) < 1e-12) return 'circles';
  return factor > 1 ? 'spirals-out' : 'spirals-in';
}
