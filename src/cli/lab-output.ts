/** What the lab's commands write besides tables. */
import { basename, extname } from 'node:path';
import { makeFolderOf } from '../engine/files/results';
import { writeAside } from '../engine/files/write-aside';
import type { CliContext } from './cli-context';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { UsageError } from './failure';
import { table } from './table';

/** Numbers by their column. */
export interface Columns {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (number | string)[])[];
}

/** @throws UsageError for an ending that is no kind of file */
export function checkOut(out: string | undefined): void {
  if (out === undefined || ['.csv', '.json'].includes(extname(out).toLowerCase())) return;
  throw new UsageError(`--out is a file ending in .csv or .json, not "${basename(out)}".`);
}

/** What a command of the lab has found out. */
export interface Finding {
  /** What JSON holds. */
  readonly whole: unknown;
  /** What CSV holds. */
  readonly columns: Columns;
  /** What is printed for a person. */
  readonly text: () => string;
}

/** Writes `--out`, where there is one, and prints JSON where it is asked for, else the text. */
export async function report(
  { whole, columns, text }: Finding,
  { out, json }: { readonly out: string | undefined; readonly json: boolean },
  output: CliContext['output'],
): Promise<ExitCode> {
  const asJson = `${JSON.stringify(whole, null, 2)}\n`;
  if (out !== undefined) {
    await makeFolderOf(out);
    await writeAside(out, extname(out).toLowerCase() === '.json' ? asJson : csv(columns));
  }
  output.write(json ? asJson : text());
  return EXIT_CODES.done.code;
}

/** A table with these columns' names as its head. @param cell what a value is shown as */
export function columnsTable(
  { head, rows }: Columns,
  cell: (value: number | string, column: number) => string,
): string {
  return table(
    head.map((name) => name.toUpperCase()),
    rows.map((row) => row.map(cell)),
  );
}

function csv({ head, rows }: Columns): string {
  return [head, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** Numbers with commas between. @throws UsageError */
export function numbersOf(text: string, option: string): number[] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (numbers.every(Number.isFinite)) return numbers;
  throw new UsageError(`--${option} is numbers with commas between, such as 0.5,0.5,0, not "${text}".`);
}

/** As many digits as tell something. */
export const figure = (value: number): string => {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(3) : String(Number(value.toPrecision(5)));
};
