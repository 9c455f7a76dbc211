import { MOST_SHIFT, twoBells } from '../shared/lab/densities';
import type { CliContext } from './cli-context';
import type { ExitCode } from './exit-codes';
import { UsageError } from './failure';
import { checkOut, columnsTable, figure, numbersOf, report } from './lab-output';

export interface LabBellsOptions {
  readonly shift: string;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** `lab bells` @throws UsageError */
export async function runLabBells({ shift, out, json }: LabBellsOptions, { output }: CliContext): Promise<ExitCode> {
  checkOut(out);
  const shifts = numbersOf(shift, 'shift');
  if (shifts.some((each) => each < 0 || each > MOST_SHIFT))
    throw new UsageError(`--shift is numbers from 0 to ${MOST_SHIFT}.`);
  const result = shifts.map((each) => {
    const { js, kl, wasserstein, value, slopes } = twoBells(each);
    return { shift: each, js, kl, wasserstein, value, slopes };
  });
  const head = ['shift', 'js', 'kl', 'w1', 'minimax', 'non-saturating', 'wasserstein'];
  const rows = result.map(({ js, kl, wasserstein, slopes, ...row }) => [
    ...[row.shift, js, kl, wasserstein],
    ...[slopes.minimax, slopes.nonSaturating, slopes.wasserstein],
  ]);
  const columns = { head, rows };
  const text = (): string =>
    `${columnsTable(columns, (value) => figure(Number(value)))}\nThe last three columns: the slope by which each loss draws the generator back, under the best critic.\n`;
  return report({ whole: result, columns, text }, { out, json }, output);
}
