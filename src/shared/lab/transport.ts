/**
 * Moving masses at the least cost: the linear program behind the Wasserstein distance, solved by the simplex method for
 * transportation problems (Dantzig 1951), whose potentials are the optimal critic.
 */

/** The most places on either side: a tableau of 20 x 20 is solved between two frames. */
export const MOST_PLACES = 20;

export interface Move {
  readonly from: number;
  readonly to: number;
  readonly mass: number;
}

export interface Transport {
  /** Moves with a mass, at most sources + targets - 1. */
  readonly moves: readonly Move[];
  /** Sum of mass x cost. */
  readonly cost: number;
  /** u of the sources and v of the targets: u_i + v_j <= c_ij everywhere, and sum(u p) + sum(v q) is the cost. */
  readonly sourcePotentials: readonly number[];
  readonly targetPotentials: readonly number[];
  /** How often the plan was changed before it was the best. */
  readonly pivots: number;
}

/** c_ij = |x_i - x_j| of places on a line, one apart. */
export function lineCosts(places: number): readonly (readonly number[])[] {
  return Array.from({ length: places }, (_, i) => Array.from({ length: places }, (_, j) => Math.abs(i - j)));
}

/**
 * The cheapest plan from masses to masses.
 * @param supply what lies at each source, not negative
 * @param demand what is wanted at each target; sums to as much as `supply`, to a billionth of it
 * @param costs of a unit from source i to target j
 * @throws RangeError for masses or sizes that make no such problem
 */
export function cheapestTransport(
  supply: readonly number[],
  demand: readonly number[],
  costs: readonly (readonly number[])[],
): Transport {
  const whole = checkedSum(supply);
  if (Math.abs(checkedSum(demand) - whole) > 1e-9 * Math.max(whole, 1e-300))
    throw new RangeError('what is moved must be as much as what is wanted');
  if (costs.length !== supply.length || costs.some((row) => row.length !== demand.length))
    throw new RangeError('there must be a cost of each source and target');
  const tableau = new Tableau(supply, demand, costs);
  let pivots = 0;
  while (tableau.improve()) pivots++;
  return tableau.result(pivots);
}

function checkedSum(masses: readonly number[]): number {
  const fits = masses.length >= 1 && masses.length <= MOST_PLACES && masses.every((m) => Number.isFinite(m) && m >= 0);
  if (!fits) throw new RangeError(`masses are 1 to ${MOST_PLACES} finite numbers of at least 0`);
  return masses.reduce((sum, mass) => sum + mass, 0);
}

/** A cell of the plan that is in the basis; its mass may be 0. */
interface Cell {
  readonly from: number;
  readonly to: number;
  mass: number;
}

/** A plan whose cells make a tree of all sources and targets. */
class Tableau {
  private readonly basis: Cell[];
  /** Reduced costs above this are no gain: rounding of sums of costs. */
  private readonly tolerance: number;
  /** Masses up to this are what rounding left. */
  private readonly dust: number;

  constructor(
    private readonly supply: readonly number[],
    private readonly demand: readonly number[],
    private readonly costs: readonly (readonly number[])[],
  ) {
    this.basis = northWestCorner(supply, demand);
    this.dust = 1e-12 * supply.reduce((sum, mass) => sum + mass, 0);
    this.tolerance = 1e-12 * Math.max(1, ...costs.flat().map(Math.abs));
  }

  /**
   * Takes the first cell that makes the plan cheaper into it, and the first one out that is emptied by that: Bland's rule, under
   * which no plan comes twice. @returns false once the plan is the best
   */
  improve(): boolean {
    const { sources, targets } = this.potentials();
    for (let from = 0; from < this.supply.length; from++) {
      for (let to = 0; to < this.demand.length; to++) {
        if (this.cost(from, to) - (sources[from] ?? 0) - (targets[to] ?? 0) >= -this.tolerance) continue;
        this.takeIn(from, to);
        return true;
      }
    }
    return false;
  }

  result(pivots: number): Transport {
    const { sources, targets } = this.potentials();
    const moves = this.basis
      .filter(({ mass }) => mass > this.dust)
      .map(({ from, to, mass }) => ({ from, to, mass }))
      .sort((a, b) => a.from - b.from || a.to - b.to);
    const cost = moves.reduce((sum, { from, to, mass }) => sum + mass * this.cost(from, to), 0);
    return { moves, cost, sourcePotentials: sources, targetPotentials: targets, pivots };
  }

  private cost(from: number, to: number): number {
    return this.costs[from]?.[to] ?? 0;
  }

  /** u_i + v_j = c_ij on the basis, u_0 = 0, found along the tree. */
  private potentials(): { readonly sources: number[]; readonly targets: number[] } {
    const sources = new Array<number>(this.supply.length).fill(NaN);
    const targets = new Array<number>(this.demand.length).fill(NaN);
    sources[0] = 0;
    for (let left = this.basis.length; left > 0; left--) {
      for (const { from, to } of this.basis) {
        const [u, v] = [sources[from] ?? NaN, targets[to] ?? NaN];
        if (Number.isNaN(v) && !Number.isNaN(u)) targets[to] = this.cost(from, to) - u;
        else if (Number.isNaN(u) && !Number.isNaN(v)) sources[from] = this.cost(from, to) - v;
      }
      if (!sources.some(Number.isNaN) && !targets.some(Number.isNaN)) break;
    }
    return { sources, targets };
  }

  private takeIn(from: number, to: number): void {
    const path = this.path(from, to);
    // Along the cycle masses shrink and grow in turn; the new cell grows.
    const shrinking = path.filter((_, i) => i % 2 === 0);
    const moved = Math.min(...shrinking.map(({ mass }) => mass));
    const emptied = shrinking
      .filter(({ mass }) => mass === moved)
      .reduce((a, b) => (a.from < b.from || (a.from === b.from && a.to < b.to) ? a : b));
    path.forEach((cell, i) => (cell.mass += i % 2 === 0 ? -moved : moved));
    this.basis.splice(this.basis.indexOf(emptied), 1, { from, to, mass: moved });
  }

  /** The basis' cells between a source and a target, from the source on. */
  private path(from: number, to: number): readonly Cell[] {
    const search = (source: number, came: Cell | null): readonly Cell[] | null => {
      for (const cell of this.basis) {
        if (cell === came || cell.from !== source) continue;
        if (cell.to === to) return [cell];
        for (const back of this.basis) {
          if (back === cell || back.to !== cell.to) continue;
          const rest = search(back.from, back);
          if (rest !== null) return [cell, back, ...rest];
        }
      }
      return null;
    };
    return search(from, null) ?? [];
  }
}

/** Fills source after source, target after target: sources + targets - 1 cells. */
function northWestCorner(supply: readonly number[], demand: readonly number[]): Cell[] {
  const left = [...supply];
  const wanted = [...demand];
  const cells: Cell[] = [];
  let [from, to] = [0, 0];
  while (cells.length < supply.length + demand.length - 1) {
    const [have, want] = [left[from] ?? 0, wanted[to] ?? 0];
    const last = from === supply.length - 1;
    // The last row and column take what rounding leaves.
    const mass = Math.max(0, last ? want : to === demand.length - 1 ? have : Math.min(have, want));
    cells.push({ from, to, mass });
    left[from] = have - mass;
    wanted[to] = want - mass;
    if (last || (to < demand.length - 1 && have > want)) to++;
    else from++;
  }
  return cells;
}

/**
 * The optimal critic f of a distance: f(i) - f(j) <= c_ij everywhere, and sum(f p) - sum(f q) is the cost. It is made of the
 * targets' potentials, f(i) = min over j of c_ij - v_j, and shifted so that its lowest value is 0.
 * @param costs distances of the same places on both sides
 */
export function optimalCritic(
  costs: readonly (readonly number[])[],
  targetPotentials: readonly number[],
): readonly number[] {
  const values = costs.map((row) => Math.min(...row.map((cost, j) => cost - (targetPotentials[j] ?? 0))));
  const lowest = Math.min(...values);
  return values.map((value) => value - lowest);
}

/**
 * Where WGAN-GP's critic settles, as a multiple s of the optimal critic: it maximises s·W - lambda (s - 1)², so s = 1 + W / (2 lambda),
 * and the distance it reports is s·W.
 */
export function penalisedCritic(
  distance: number,
  penalty: number,
): { readonly slope: number; readonly reported: number } {
  const slope = 1 + distance / (2 * penalty);
  return { slope, reported: slope * distance };
}
