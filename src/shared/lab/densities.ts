/** Distributions of one number, and how far they are from each other: the exact values beside what networks learn. */

export type Distribution =
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  /** Weights are relative. */
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly of: Distribution }[] };

/** Cells of equal width, the first one beginning at `from`. */
export interface Grid {
  readonly from: number;
  readonly cell: number;
  readonly count: number;
}

/** Shares of a whole in a grid's cells, or in any other row of places; they sum to 1. */
export type Masses = ArrayLike<number>;

export const centre = ({ from, cell }: Grid, i: number): number => from + (i + 0.5) * cell;

export const normalDensity = (x: number, mean: number, deviation: number): number =>
  Math.exp(-0.5 * ((x - mean) / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));

/**
 * What lies in each cell. Of a normal distribution the density in the cell's middle, whose sums converge faster than any power of
 * the cell's width once that is well below the deviation; of a uniform one the exact share. What lies beside the grid is
 * not seen.
 */
export function massesOn(distribution: Distribution, grid: Grid): Float64Array {
  const { cell, count } = grid;
  switch (distribution.kind) {
    case 'normal':
      return Float64Array.from(
        { length: count },
        (_, i) => cell * normalDensity(centre(grid, i), distribution.mean, distribution.deviation),
      );
    case 'uniform': {
      const { from, to } = distribution;
      const inside = (start: number): number => Math.max(0, Math.min(to, start + cell) - Math.max(from, start));
      return Float64Array.from({ length: count }, (_, i) => inside(grid.from + i * cell) / (to - from));
    }
    case 'mixture': {
      const whole = distribution.parts.reduce((sum, { weight }) => sum + weight, 0);
      const masses = new Float64Array(count);
      for (const { weight, of } of distribution.parts)
        massesOn(of, grid).forEach((mass, i) => (masses[i] = (masses[i] ?? 0) + (weight / whole) * mass));
      return masses;
    }
  }
}

/** KL(p, q), nats; Infinity where p has what q lacks. */
export function klDivergence(p: Masses, q: Masses): number {
  return sumOver(p, q, (a, b) => (a === 0 ? 0 : b === 0 ? Infinity : a * Math.log(a / b)));
}

/** The Jensen-Shannon divergence, nats: 0 to ln 2. */
export function jsDivergence(p: Masses, q: Masses): number {
  const half = (a: number, b: number): number => (a === 0 ? 0 : a * Math.log((2 * a) / (a + b)));
  return sumOver(p, q, (a, b) => (half(a, b) + half(b, a)) / 2);
}

/**
 * The Wasserstein distance W1 on a line: the area between both cumulative distributions, in the unit of the cells.
 * @param cell distance of two neighbours
 */
export function wasserstein(p: Masses, q: Masses, cell: number): number {
  let [difference, area] = [0, 0];
  sumOver(p, q, (a, b) => {
    difference += a - b;
    area += Math.abs(difference);
    return 0;
  });
  return area * cell;
}

/** D*(x) = p / (p + q), what a discriminator that could be anything would say (arXiv 1406.2661, proposition 1); 1/2 where neither is. */
export function optimalDiscriminator(p: Masses, q: Masses): Float64Array {
  return Float64Array.from({ length: p.length }, (_, i) => {
    const [a, b] = [p[i] ?? 0, q[i] ?? 0];
    return a + b === 0 ? 0.5 : a / (a + b);
  });
}

/** E_p[log D] + E_q[log(1 - D)]: what a discriminator maximises; at D* it is 2 JS - 2 ln 2. */
export function discriminatorValue(p: Masses, q: Masses, discriminator: Masses): number {
  let value = 0;
  for (let i = 0; i < p.length; i++) {
    const [a, b, d] = [p[i] ?? 0, q[i] ?? 0, discriminator[i] ?? 0];
    // Where D is exactly 0 or 1 the other side weighs too little to count.
    value += (a === 0 || d === 0 ? 0 : a * Math.log(d)) + (b === 0 || d === 1 ? 0 : b * Math.log(1 - d));
  }
  return value;
}

/**
 * How strongly a generator N(shift, 1) of N(0, 1) is drawn back under D*, by each loss: the loss's derivative by the shift with D*
 * held. By arithmetic log D* / (1 - D*) = shift²/2 - shift·x, so minimax has shift·E_q[D*] and the non-saturating loss
 * shift·E_q[1 - D*]; a Wasserstein critic always pulls with 1.
 */
export function generatorSlopes(shift: number): {
  readonly minimax: number;
  readonly nonSaturating: number;
  readonly wasserstein: number;
} {
  const grid: Grid = { from: shift - 12, cell: 1 / 64, count: 24 * 64 };
  const generated = massesOn({ kind: 'normal', mean: shift, deviation: 1 }, grid);
  const judged = generated.reduce((sum, mass, i) => {
    const logit = (shift * shift) / 2 - shift * centre(grid, i);
    return sum + mass / (1 + Math.exp(-logit));
  }, 0);
  return { minimax: shift * judged, nonSaturating: shift * (1 - judged), wasserstein: Math.sign(shift) };
}

/** The most that a bell is moved; the densities of both still are numbers on one grid. */
export const MOST_SHIFT = 12;

export interface TwoBells {
  readonly grid: Grid;
  /** N(0, 1) and N(shift, 1). */
  readonly real: Float64Array;
  readonly generated: Float64Array;
  readonly discriminator: Float64Array;
  readonly js: number;
  readonly kl: number;
  readonly wasserstein: number;
  /** Of D*: 2 JS - 2 ln 2. */
  readonly value: number;
  readonly slopes: ReturnType<typeof generatorSlopes>;
}

/** Everything exact about N(0, 1) and a generator that makes N(shift, 1). @param shift 0 to MOST_SHIFT */
export function twoBells(shift: number): TwoBells {
  const grid: Grid = { from: -12, cell: 1 / 32, count: (24 + MOST_SHIFT) * 32 };
  const real = massesOn({ kind: 'normal', mean: 0, deviation: 1 }, grid);
  const generated = massesOn({ kind: 'normal', mean: shift, deviation: 1 }, grid);
  const discriminator = optimalDiscriminator(real, generated);
  return {
    ...{ grid, real, generated, discriminator },
    js: jsDivergence(real, generated),
    kl: klDivergence(real, generated),
    wasserstein: wasserstein(real, generated, grid.cell),
    value: discriminatorValue(real, generated, discriminator),
    slopes: generatorSlopes(shift),
  };
}

function sumOver(p: Masses, q: Masses, term: (a: number, b: number) => number): number {
  if (p.length !== q.length) throw new RangeError(`${p.length} and ${q.length} cells cannot be compared`);
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += term(p[i] ?? 0, q[i] ?? 0);
  return sum;
}
