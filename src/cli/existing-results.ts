/** Results that are there already when a batch is begun: of an earlier run, or of one that was stopped. */
import { basename } from 'node:path';
import { exists } from '../engine/files/results';
import { errorFor } from '../shared/error-texts';
import type { InpaintJob, RefusedPhoto } from './inpaint-jobs';
import type { InpaintOptions } from './inpaint-options';

export interface SortedJobs {
  readonly jobs: readonly InpaintJob[];
  /** Done before, and to be left as they are. */
  readonly skipped: readonly InpaintJob[];
  readonly refused: readonly RefusedPhoto[];
}

/** A result is replaced where its very file was named, or --overwrite was said; with --skip-existing it counts as done. */
export async function sortByExisting(
  jobs: readonly InpaintJob[],
  { out, overwrite, skipExisting }: Pick<InpaintOptions, 'out' | 'overwrite' | 'skipExisting'>,
): Promise<SortedJobs> {
  const there = await Promise.all(jobs.map(({ output }) => exists(output)));
  const fresh = (_: InpaintJob, index: number) => !there[index];
  if (skipExisting) return { jobs: jobs.filter(fresh), skipped: jobs.filter((_, i) => there[i]), refused: [] };
  if (overwrite) return { jobs, skipped: [], refused: [] };
  const replaced = ({ output }: InpaintJob, index: number) => !there[index] || output === out;
  const refused = jobs
    .filter((job, index) => !replaced(job, index))
    .map(({ photo, output }) => ({
      photo,
      error: errorFor('result-exists', { name: basename(output) }, { file: output }).toReport(),
    }));
  return { jobs: jobs.filter(replaced), skipped: [], refused };
}
