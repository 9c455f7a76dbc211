/** A run's checkpoints besides the last one: checkpoints/step-N.safetensors, the latest few, and best.safetensors. */
import { copyFile, link, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { readingFailed, writingFailed } from '../files/file-errors';
import { makeFolder } from '../files/make-folder';
import { asideName, writeAside } from '../files/write-aside';

/** Name of the checkpoint that a run goes on from. */
export const LAST_CHECKPOINT = 'checkpoint.safetensors';
/** The one with the lowest l1 in the hole on validation. */
export const BEST_CHECKPOINT = 'best.safetensors';
const HISTORY = 'checkpoints';
const NAME = /^step-(\d+)\.safetensors$/;

export interface KeptCheckpoint {
  /** What `rollBack` takes: `best`, or the number of steps done. */
  readonly name: string;
  readonly file: string;
}

/** Keeps the last checkpoint under its step as well, and forgets all but the latest `count` such. */
export async function keepCheckpoint(run: string, step: number, count: number): Promise<void> {
  if (count === 0) return;
  await makeFolder(path.join(run, HISTORY));
  await replaceByLink(path.join(run, LAST_CHECKPOINT), path.join(run, HISTORY, `step-${step}.safetensors`));
  const steps = await keptSteps(run);
  for (const old of steps.slice(0, Math.max(0, steps.length - count))) {
    await rm(path.join(run, HISTORY, `step-${old}.safetensors`), { force: true });
  }
}

/** Keeps the last checkpoint as the best one. */
export async function keepBest(run: string): Promise<void> {
  await replaceByLink(path.join(run, LAST_CHECKPOINT), path.join(run, BEST_CHECKPOINT));
}

/** Oldest first, the best one last. */
export async function keptCheckpoints(run: string): Promise<KeptCheckpoint[]> {
  const kept = (await keptSteps(run)).map((step) => ({
    name: String(step),
    file: path.join(run, HISTORY, `step-${step}.safetensors`),
  }));
  const entries = await readdir(run).catch((): string[] => []);
  return entries.includes(BEST_CHECKPOINT) ? [...kept, { name: 'best', file: path.join(run, BEST_CHECKPOINT) }] : kept;
}

/**
 * Makes a kept checkpoint the one that the run goes on from.
 * @param name as in KeptCheckpoint
 * @throws StudioError `training-data` when there is none of that name, `disk-full`
 */
export async function rollBack(run: string, name: string): Promise<void> {
  await writeAside(path.join(run, LAST_CHECKPOINT), await readKept(run, name));
}

/** @throws StudioError `training-data` when there is none of that name */
export async function readKept(run: string, name: string): Promise<Uint8Array> {
  const kept = await keptCheckpoints(run);
  const chosen = kept.find((checkpoint) => checkpoint.name === name);
  if (chosen === undefined) {
    const others = kept.map((checkpoint) => checkpoint.name).join(', ');
    throw others === ''
      ? errorFor('last-checkpoint-only', { checkpoint: name }, { file: run })
      : errorFor('no-such-checkpoint', { checkpoint: name, others }, { file: run });
  }
  return readFile(chosen.file).catch((thrown: unknown) => {
    throw readingFailed(chosen.file, thrown);
  });
}

async function keptSteps(run: string): Promise<number[]> {
  const entries = await readdir(path.join(run, HISTORY)).catch((): string[] => []);
  return entries
    .map((entry) => NAME.exec(entry))
    .filter((match) => match !== null)
    .map((match) => Number(match[1]))
    .sort((a, b) => a - b);
}

/**
 * A second name for the same bytes costs no space: checkpoints are replaced, never written over. Made aside, so that there is the
 * old one or the new one at any moment.
 * @throws StudioError disk-full, file-not-writable
 */
async function replaceByLink(from: string, to: string): Promise<void> {
  const aside = path.join(path.dirname(to), await asideName('file'));
  try {
    await link(from, aside).catch(() => copyFile(from, aside));
    await rename(aside, to);
  } catch (thrown) {
    throw writingFailed(to, thrown);
  } finally {
    // Where both are names of the same bytes, renaming does nothing and leaves both (rename(2)).
    await rm(aside, { force: true }).catch(() => undefined);
  }
}
