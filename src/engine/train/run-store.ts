/** The runs of a folder: each is a folder of its own below it. */
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import type { RunSummary, StepRecord } from '../../shared/training';
import { progressSentence } from '../../shared/training-words/progress';
import { hasCritics } from './critic-kinds';
import { holdsRun } from './new-run';
import { progressNotes } from './progress-notes';
import { RunFolder } from './run-folder';
import { readIdentity, readStatus } from './run-status';
import { keptBackOf } from './split';

/** Recent lines that the time left is estimated from. */
const RECENT_LINES = 10;

/** Paths of the runs below a folder. */
export async function runsBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(root, entry.name));
  const found = await Promise.all(folders.map(async (folder) => ((await holdsRun(folder)) ? [folder] : [])));
  return found.flat().sort();
}

/** @throws StudioError `training-data` when the folder holds no usable run */
export async function summarise(folder: string): Promise<RunSummary> {
  const run = new RunFolder(folder);
  const [config, identity, status] = [await run.config(), await readIdentity(folder), await readStatus(folder)];
  const records = courseOf(await run.records());
  const last = records.at(-1) ?? null;
  const step = last?.step ?? 0;
  const secondsPerStep = paceOf(records);
  const measuredOn = await keptBackOf(config.validation.share, run.splitFile);
  const measured = records.flatMap(({ step: at, validation }) =>
    validation === undefined ? [] : [{ step: at, holeL1: validation.holeL1 }],
  );
  const progress = progressNotes({ state: status.state, step, steps: config.steps, records, measuredOn });
  return {
    runId: path.basename(folder),
    name: identity?.name ?? path.basename(folder),
    state: status.state,
    error: status.error,
    created: identity?.created ?? (await stat(folder)).birthtimeMs,
    pictures: path.basename(await run.pictureFolder()),
    base: identity?.base ?? null,
    preset: identity?.preset ?? null,
    side: config.side,
    batch: config.batch,
    adversarial: hasCritics(config.weights),
    step,
    steps: config.steps,
    seconds: last?.seconds ?? 0,
    secondsPerStep,
    secondsLeft: secondsPerStep === null || status.state !== 'running' ? null : secondsPerStep * (config.steps - step),
    runtime: null,
    best: measured.length === 0 ? null : measured.reduce((a, b) => (b.holeL1 < a.holeL1 ? b : a)),
    last,
    progress,
    sentence: progressSentence(progress, 'en'),
  };
}

/**
 * The log without what was undone: after a crash or a roll-back the same steps are logged again. What the failure monitor said
 * stays.
 */
export function courseOf(records: readonly StepRecord[]): StepRecord[] {
  const course: StepRecord[] = [];
  for (const record of records) {
    if (record.advice === undefined) {
      const undone = course.findIndex(({ step, advice }) => step >= record.step && advice === undefined);
      if (undone >= 0) course.push(...course.splice(undone).filter(({ advice }) => advice !== undefined));
    }
    course.push(record);
  }
  return course;
}

function paceOf(records: readonly StepRecord[]): number | null {
  const [first, last] = [records.at(-RECENT_LINES), records.at(-1)];
  if (first === undefined || last === undefined || last.step <= first.step) return null;
  return (last.seconds - first.seconds) / (last.step - first.step);
}

/**
 * Deletes a run for good.
 * @throws StudioError `bad-request` when it is being trained, `training-data` when the folder holds no run
 */
export async function deleteRun(folder: string): Promise<void> {
  if (!(await holdsRun(folder))) throw noRun(folder);
  if ((await readStatus(folder)).state === 'running') throw errorFor('run-busy', {}, { file: folder });
  await rm(folder, { recursive: true, force: true });
}

export function noRun(folder: string): StudioError {
  return errorFor('no-such-run', { name: path.basename(folder) }, { file: folder });
}
