/**
 * What a run is called and where it stands, beside its state proper: run.json is written once and by renaming, status.json
 * by whoever trains it. A process that dies leaves `running` behind with its id: that is how an interruption is noticed.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ErrorReport } from '../../shared/errors';
import { errorFor, toErrorReport } from '../../shared/error-texts';
import { errorReportSchema } from '../../shared/protocol/values';
import { presetSchema, type RunState } from '../../shared/training';
import { removeLeftovers, writeAside } from '../files/write-aside';
import { isRunning, ownIdentity } from '../process/process-identity';

const identitySchema = z.object({
  name: z.string(),
  /** Milliseconds since 1970. */
  created: z.number(),
  base: z.string().nullable(),
  preset: presetSchema.nullable(),
});
export type RunIdentity = z.infer<typeof identitySchema>;

const statusSchema = z.object({
  state: z.enum(['new', 'running', 'paused', 'stopped', 'finished', 'failed']),
  /** Of the process that trains. */
  pid: z.number().int().nullable(),
  /** When that process was started, as the system says it: another one may have its id by now. */
  started: z.string().max(200).nullable().default(null),
  error: errorReportSchema.nullable(),
});
type Status = z.infer<typeof statusSchema>;

const FRESH: Status = { state: 'new', pid: null, started: null, error: null };

/** null in runs that were made by hand or by an older version. */
export async function readIdentity(folder: string): Promise<RunIdentity | null> {
  return identitySchema.safeParse(await readJson(path.join(folder, 'run.json'))).data ?? null;
}

export async function writeIdentity(folder: string, identity: RunIdentity): Promise<void> {
  await writeJson(path.join(folder, 'run.json'), identity);
}

/** Where a run stands, whoever trained it last. */
export async function readStatus(
  folder: string,
): Promise<{ readonly state: RunState; readonly error: ErrorReport | null; readonly pid: number | null }> {
  const { state, pid, started, error } =
    statusSchema.safeParse(await readJson(path.join(folder, 'status.json'))).data ?? FRESH;
  const report = error === null ? null : withoutUndefined(error);
  const runs = state === 'running' && pid !== null && (await isRunning({ pid, started }));
  if (state === 'running' && !runs) return { state: 'interrupted', error: null, pid: null };
  return { state, error: report, pid };
}

/** @throws StudioError run-busy-elsewhere when another process trains the run */
export async function refuseBusyElsewhere(folder: string): Promise<void> {
  const { state, pid } = await readStatus(folder);
  if (state === 'running' && pid !== process.pid) {
    throw errorFor('run-busy-elsewhere', { name: path.basename(folder), pid: pid ?? 0 }, { file: folder });
  }
}

/**
 * Notes that this process trains the run, does the work and notes how it ended.
 * @throws StudioError run-busy-elsewhere when another process trains it
 */
export async function asTrainer<T>(folder: string, work: () => Promise<T>, endOf: (result: T) => EndState): Promise<T> {
  await refuseBusyElsewhere(folder);
  await removeLeftovers(folder);
  await writeStatus(folder, { state: 'running', ...(await ownIdentity()), error: null });
  try {
    const result = await work();
    await writeStatus(folder, { ...FRESH, state: endOf(result) });
    return result;
  } catch (thrown) {
    await writeStatus(folder, { ...FRESH, state: 'failed', error: toErrorReport(thrown) });
    throw thrown;
  }
}

export type EndState = 'paused' | 'stopped' | 'finished';

/** A full disk must not hide how a run ended: the state is then found out from what is there. */
export async function writeStatus(folder: string, status: Status): Promise<void> {
  await writeJson(path.join(folder, 'status.json'), status).catch(() => undefined);
}

const withoutUndefined = ({ file, ...report }: z.infer<typeof errorReportSchema>): ErrorReport =>
  file === undefined ? report : { ...report, file };

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

async function writeJson(file: string, data: unknown): Promise<void> {
  await writeAside(file, new TextEncoder().encode(`${JSON.stringify(data)}\n`));
}
