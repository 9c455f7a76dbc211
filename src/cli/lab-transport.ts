import { cheapestTransport, lineCosts, MOST_PLACES, optimalCritic, penalisedCritic } from '../shared/lab/transport';
import type { CliContext } from './cli-context';
import type { ExitCode } from './exit-codes';
import { UsageError } from './failure';
import { checkOut, columnsTable, figure, numbersOf, report } from './lab-output';

export interface LabTransportOptions {
  readonly from: string;
  readonly to: string;
  readonly penalty: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** `lab transport` @throws UsageError */
export async function runLabTransport(options: LabTransportOptions, { output }: CliContext): Promise<ExitCode> {
  const { penalty, out, json } = options;
  checkOut(out);
  const [from, to] = [levelsOf(options.from, 'from'), levelsOf(options.to, 'to')];
  if (from.length !== to.length)
    throw new UsageError('--from and --to name the same cauldrons: as many numbers in each.');
  const [had, wanted] = [sumOf(from), sumOf(to)];
  if (Math.abs(had - wanted) > 1e-9 * had)
    throw new UsageError(`There is ${figure(had)} in --from, but ${figure(wanted)} in --to: both must be as much.`);
  if (!(penalty > 0)) throw new UsageError('--penalty is a number above 0.');

  const costs = lineCosts(from.length);
  const { moves, cost, targetPotentials } = cheapestTransport(from, to, costs);
  const critic = optimalCritic(costs, targetPotentials);
  const dual = critic.reduce((sum, value, i) => sum + value * ((from[i] ?? 0) - (to[i] ?? 0)), 0);
  const distance = cost / had;
  const penalised = penalisedCritic(distance, penalty);
  const result = { cost, dual, distance, moves, critic, penalised: { penalty, ...penalised } };
  const head = ['from', 'to', 'amount', 'way', 'cost'];
  const rows = moves.map(({ from: a, to: b, mass }) => [a + 1, b + 1, mass, Math.abs(a - b), mass * Math.abs(a - b)]);
  const columns = { head, rows };
  const cauldrons = {
    head: ['cauldron', 'has', 'wanted', 'critic'],
    rows: from.map((level, i) => [i + 1, level, to[i] ?? 0, critic[i] ?? 0]),
  };
  const inFigures = (value: number | string): string => figure(Number(value));
  const text = (): string =>
    [
      `${columnsTable(columns, inFigures)}\n${columnsTable(cauldrons, inFigures)}\n`,
      `Cost ${figure(cost)}; the critic says ${figure(dual)}, the same. Distance W1 of the shares: ${figure(distance)}. `,
      `A critic of WGAN-GP with lambda ${figure(penalty)} settles at the slope ${figure(penalised.slope)} and reports ${figure(penalised.reported)}.\n`,
    ].join('');
  return report({ whole: result, columns, text }, { out, json }, output);
}

function levelsOf(text: string, option: string): number[] {
  const levels = numbersOf(text, option);
  if (levels.length > MOST_PLACES) throw new UsageError(`--${option} names at most ${MOST_PLACES} cauldrons.`);
  if (levels.some((level) => level < 0) || sumOf(levels) <= 0)
    throw new UsageError(`--${option} is what is in cauldrons: none below 0, and something in all.`);
  return levels;
}

const sumOf = (levels: readonly number[]): number => levels.reduce((sum, level) => sum + level, 0);
