import { averaged, fate, type Fate, growth, orbit, radius, type Update } from '../shared/lab/game';
import type { CliContext } from './cli-context';
import type { ExitCode } from './exit-codes';
import { UsageError } from './failure';
import { checkOut, columnsTable, figure, numbersOf, report } from './lab-output';

export interface LabGameOptions {
  readonly update: Update;
  readonly rate: number;
  readonly criticSteps: number;
  readonly start: string;
  readonly steps: number;
  readonly averaging: boolean;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** More points than a screen shows; an orbit that goes round is looked at in fewer. */
const MOST_STEPS = 1_000_000;
/** Rows of the table. */
const SHOWN = 11;

const FATES: Readonly<Record<Fate, string>> = {
  'spirals-out': 'it spirals out',
  circles: 'it goes round and neither grows nor shrinks',
  'spirals-in': 'it spirals in to where neither gains',
};

/** `lab game` @throws UsageError */
export async function runLabGame(options: LabGameOptions, { output }: CliContext): Promise<ExitCode> {
  const { update, rate, criticSteps, steps, averaging, out, json } = options;
  checkOut(out);
  const [x, y, ...others] = numbersOf(options.start, 'start');
  if (x === undefined || y === undefined || others.length > 0) throw new UsageError('--start is two numbers: x,y.');
  if (!(rate > 0 && rate <= 10)) throw new UsageError('--rate is a number above 0 and at most 10.');
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS)
    throw new UsageError(`--steps is a whole number from 1 to ${MOST_STEPS}.`);
  if (!Number.isInteger(criticSteps) || criticSteps < 1 || criticSteps > 1000)
    throw new UsageError('--critic-steps is a whole number from 1 to 1000.');

  const game = { update, rate, criticSteps, start: { x, y }, steps };
  const points = averaging ? averaged(orbit(game)) : orbit(game);
  const rows = points.map((point, step) => [step, point.x, point.y, radius(point)] as const);
  const head = ['step', 'x', 'y', 'radius'];
  const result = {
    ...{ update, rate, criticSteps, start: game.start, averaging },
    ...{ growthPerStep: growth(game), fate: fate(game) },
    points: rows.map(([step, px, py, r]) => ({ step, x: px, y: py, radius: r })),
  };
  const columns = { head, rows };
  const last = rows.length - 1;
  const shown = [...new Set(Array.from({ length: SHOWN }, (_, i) => Math.round((i * last) / (SHOWN - 1))))];
  const ended = last < steps ? ` The numbers ended after ${last} steps.` : '';
  const text = (): string => {
    const few = { head, rows: shown.map((step) => rows[step] ?? []) };
    const orbitTable = columnsTable(few, (value, i) => (i === 0 ? String(value) : figure(Number(value))));
    const exact = `Exact: the distance is multiplied by ${growth(game).toFixed(9)} a step in the long run; `;
    return `${orbitTable}${exact}${FATES[fate(game)]}.${averaging ? ' Shown are means of all points so far.' : ''}${ended}\n`;
  };
  return report({ whole: result, columns, text }, { out, json }, output);
}
