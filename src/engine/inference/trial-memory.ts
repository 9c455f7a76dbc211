import { createHash } from 'node:crypto';
import os from 'node:os';
import { z } from 'zod';
import { JsonFile } from '../files/json-file';
import type { ProviderTrial } from './choose-provider';
import { driverVersion } from './driver-version';

/** Not every driver's version can be read: after this long the trials are made again. */
const KEPT_FOR_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

/** Counted up when other things are measured, so that older figures are not compared with newer ones. */
const PROBE_VERSION = 2;

const memorySchema = z.object({
  machine: z.string(),
  made: z.number(),
  trials: z.array(
    z.object({
      provider: z.string().max(40),
      result: z
        .object({ label: z.string().max(200), milliseconds: z.number().min(0), deviation: z.number().min(0) })
        .nullable(),
      reason: z.string().max(4000),
    }),
  ),
});

/**
 * Keeps the trials of execution providers in a file, since they take a second or two: for this machine, this system, its
 * graphics drivers and these providers, for a week. A file that cannot be read or written only costs the time of new trials.
 * @param file null: nothing is kept
 */
export async function rememberTrials(
  file: string | null,
  providers: readonly string[],
  make: () => Promise<ProviderTrial[]>,
): Promise<ProviderTrial[]> {
  const machine = await fingerprint(providers);
  const memory = new JsonFile(file, memorySchema.nullable(), null);
  const known = await memory.read();
  const age = Date.now() - (known?.made ?? 0);
  if (known?.machine === machine && age >= 0 && age < KEPT_FOR_MILLISECONDS) return known.trials;
  const trials = await make();
  await memory.write({ machine, made: Date.now(), trials });
  return trials;
}

async function fingerprint(providers: readonly string[]): Promise<string> {
  const machine = [process.arch, os.release(), os.cpus()[0]?.model, os.availableParallelism()];
  const about = [PROBE_VERSION, process.versions.modules, ...machine, await driverVersion()];
  return createHash('sha256')
    .update(JSON.stringify([...about, ...providers]))
    .digest('hex');
}
