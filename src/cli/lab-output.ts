/** What the lab's commands write besides tables. */
import { basename, extname } from 'node:path';
import { makeFolderOf } from '../engine/files/results';
import { writeAside } from '../engine/files/write-aside';
import { UsageError } from './failure';

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

/** @param whole what a file of JSON holds; `columns` are what CSV does */
export async function writeOut(out: string | undefined, whole: unknown, columns: Columns): Promise<void> {
  if (out === undefined) return;
  await makeFolderOf(out);
  const json = extname(out).toLowerCase() === '.json';
  await writeAside(out, json ? `${JSON.stringify(whole, null, 2)}\n` : csv(columns));
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
