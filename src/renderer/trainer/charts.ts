import type { StepRecord } from '../../shared/training';
import { texts } from '../texts';

export const CHART_GROUPS = ['measures', 'losses', 'critics', 'machine'] as const;
export type ChartGroup = (typeof CHART_GROUPS)[number];

/** One curve of a chart; undefined where a line of the log does not have the value. */
export interface Curve {
  readonly label: () => string;
  readonly value: (record: StepRecord) => number | null | undefined;
}

export interface Chart {
  readonly id: string;
  readonly group: ChartGroup;
  readonly title: () => string;
  /** What it is, and which way is good. */
  readonly help: () => string;
  readonly curves: readonly Curve[];
}

const loss = (name: string) => (record: StepRecord) => record.losses[name];
const measure =
  (name: Exclude<keyof NonNullable<StepRecord['validation']>, 'variety'>) =>
  ({ validation }: StepRecord) =>
    validation?.[name];

function single(id: keyof typeof texts.trainer.charts, group: ChartGroup, value: Curve['value']): Chart {
  const words = () => texts.trainer.charts[id];
  return {
    id,
    group,
    title: () => words().title,
    help: () => words().help,
    curves: [{ label: () => words().title, value }],
  };
}

function several(
  id: keyof typeof texts.trainer.charts,
  group: ChartGroup,
  curves: Readonly<Partial<Record<keyof typeof texts.trainer.curves, Curve['value']>>>,
): Chart {
  const words = () => texts.trainer.charts[id];
  const named = Object.entries(curves) as [keyof typeof texts.trainer.curves, Curve['value']][];
  return {
    id,
    group,
    title: () => words().title,
    help: () => words().help,
    curves: named.map(([name, value]) => ({ label: () => texts.trainer.curves[name], value })),
  };
}

/** Everything that a run is drawn by, in the order of the page. */
export const CHARTS: readonly Chart[] = [
  single('holeL1', 'measures', measure('holeL1')),
  single('psnr', 'measures', measure('psnr')),
  single('ssim', 'measures', measure('ssim')),
  single('gradient', 'measures', measure('gradient')),
  single('swd', 'measures', measure('swd')),
  single('perceptual', 'measures', measure('perceptual')),
  several('reconstruction', 'losses', {
    hole: loss('holeLoss'),
    coarse: loss('coarseLoss'),
    known: loss('knownLoss'),
  }),
  several('learnt', 'losses', { perceptual: loss('perceptualLoss'), matching: loss('matchingLoss') }),
  single('loss', 'losses', loss('loss')),
  single('generatorNorm', 'losses', loss('generatorNorm')),
  several('critic', 'critics', { criticLoss: loss('criticLoss'), distance: loss('distance') }),
  single('penalty', 'critics', loss('penalty')),
  single('gradientNorm', 'critics', loss('gradientNorm')),
  several('overfitting', 'critics', {
    rtGlobal: loss('rtGlobal'),
    rtLocal: loss('rtLocal'),
    rtProjected: loss('rtProjected'),
    rvGlobal: measure('rvGlobal'),
    rvLocal: measure('rvLocal'),
    rvProjected: measure('rvProjected'),
  }),
  several('augmentation', 'critics', {
    pGlobal: loss('pGlobal'),
    pLocal: loss('pLocal'),
    pProjected: loss('pProjected'),
  }),
  single('rate', 'machine', ({ rate }) => rate),
  single('waiting', 'machine', ({ waiting }) => 100 * waiting),
];

/** Steps, and the values of each curve at them; null where a curve has none. */
export type Series = readonly [readonly number[], ...(readonly (number | null)[])[]];

/**
 * A chart's values out of a run's log, at the steps at which any of its curves has one; null when none ever has. Of another
 * run the same curves follow, on the steps of both.
 */
export function seriesOf(
  { curves }: Chart,
  records: readonly StepRecord[],
  others: readonly StepRecord[] = [],
): Series | null {
  const runs = [records, others].map((log) =>
    curves.map(({ value }) => {
      const points = new Map<number, number>();
      for (const record of log) {
        const at = value(record);
        if (at !== null && at !== undefined && Number.isFinite(at)) points.set(record.step, at);
      }
      return points;
    }),
  );
  const [own = [], compared = []] = runs;
  if (own.every((points) => points.size === 0)) return null;
  const all = [...own, ...compared.filter((points) => points.size > 0)];
  const steps = [...new Set(all.flatMap((points) => [...points.keys()]))].sort((a, b) => a - b);
  return [steps, ...all.map((points) => steps.map((step) => points.get(step) ?? null))];
}
