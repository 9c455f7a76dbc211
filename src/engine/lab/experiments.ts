/** The experiments, a row each: what is to be learnt, by which networks, and with which settings unless others are asked for. */
import type { Distribution, Grid } from '../../shared/lab/densities';
import type { LabOptions } from './lab-options';

/** Normal distributions of equal weight and deviation, in one or two dimensions. */
export interface Target {
  /** A point each: [x], or [x, y]. */
  readonly modes: readonly (readonly number[])[];
  readonly deviation: number;
  /** Networks see values divided by it. */
  readonly scale: number;
  /** What one-dimensional samples are counted on. */
  readonly grid?: Grid;
}

export interface Experiment {
  /** What is to be seen, in a sentence for the list. */
  readonly about: string;
  readonly target: Target;
  /** Widths of hidden layers; those of the generator are for `mlp`. */
  readonly criticLayers: readonly number[];
  readonly generatorLayers: readonly number[];
  readonly defaults: LabOptions;
}

/** Cells of the grids. */
const CELLS = 400;
const gridOver = (from: number, to: number): Grid => ({ from, cell: (to - from) / CELLS, count: CELLS });

const DENSITY: LabOptions = {
  ...{ loss: 'non-saturating', penalty: 'none', penaltyWeight: 0.1, generator: 'linear', z: 1, steps: 4000 },
  ...{ batch: 128, criticSteps: 1, generatorRate: 0.02, criticRate: 0.01, beta1: 0.9, beta2: 0.999 },
  ...{ schedule: 'constant', average: 0, dropout: false, l2: 0, packing: 1, noise: 0, seed: 1 },
};
const MODES: LabOptions = {
  ...DENSITY,
  ...{ generator: 'mlp', z: 4, generatorRate: 5e-4, criticRate: 1e-3, beta1: 0.5, beta2: 0.9 },
  ...{ schedule: 'cosine', average: 0.995 },
};
const PLANE: LabOptions = { ...MODES, z: 16, generatorRate: 1e-3, beta2: 0.99 };

const ring = Array.from({ length: 8 }, (_, i) => [2 * Math.cos((i * Math.PI) / 4), 2 * Math.sin((i * Math.PI) / 4)]);
const grid = Array.from({ length: 25 }, (_, i) => [2 * (i % 5) - 4, 2 * Math.floor(i / 5) - 4]);
const DENSE = { criticLayers: [64, 64, 64], generatorLayers: [256, 256] };
const WIDE = { criticLayers: [128, 128], generatorLayers: [128, 128] };

export const EXPERIMENTS = {
  normal: {
    about: 'one bell, N(15, 7), by a straight line',
    target: { modes: [[15]], deviation: 7, scale: 1, grid: gridOver(-25, 55) },
    ...DENSE,
    defaults: DENSITY,
  },
  narrow: {
    about: 'a narrow bell, N(3, 0.7): --dropout hides its width from the critic',
    target: { modes: [[3]], deviation: 0.7, scale: 1, grid: gridOver(-2, 8) },
    ...DENSE,
    defaults: { ...DENSITY, criticRate: 1e-3, generatorRate: 1e-2 },
  },
  'near-modes': {
    about: 'two bells at -3 and 7; --generator linear can only choose one or lie across both',
    target: { modes: [[-3], [7]], deviation: 1.5, scale: 5, grid: gridOver(-12, 16) },
    ...DENSE,
    defaults: MODES,
  },
  'far-modes': {
    about: 'two bells at -3 and 25',
    target: { modes: [[-3], [25]], deviation: 1.5, scale: 10, grid: gridOver(-15, 37) },
    ...DENSE,
    defaults: MODES,
  },
  ring: {
    about: 'eight spots on a ring: loses most of them; mended by --penalty r1 or --z 2',
    target: { modes: ring, deviation: 0.1, scale: 1 },
    ...WIDE,
    defaults: PLANE,
  },
  grid: {
    about: 'twenty-five spots on a grid',
    target: { modes: grid, deviation: 0.05, scale: 2 },
    ...WIDE,
    defaults: { ...PLANE, steps: 6000 },
  },
} as const satisfies Readonly<Record<string, Experiment>>;

export type ExperimentName = keyof typeof EXPERIMENTS;
export const EXPERIMENT_NAMES = Object.keys(EXPERIMENTS) as readonly ExperimentName[];

export const experimentOf = (name: ExperimentName): Experiment => EXPERIMENTS[name];

/** The target as what exact distances are computed of; of one dimension. */
export function distributionOf({ modes, deviation }: Target): Distribution {
  return {
    kind: 'mixture',
    parts: modes.map(([mean = 0]) => ({ weight: 1, of: { kind: 'normal', mean, deviation } })),
  };
}
