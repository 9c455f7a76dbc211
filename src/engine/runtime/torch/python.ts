/** Finds a Python with PyTorch and the program's own Python files. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { errorFor } from '../../../shared/error-texts';
import { reasonOf } from '../../process/failed-command';

/** Names a Python to be used instead of the ones looked for. */
export const PYTHON_VARIABLE = 'INPAINT_STUDIO_PYTHON';

const probeSchema = z.object({
  version: z.string(),
  device: z.enum(['cuda', 'cpu']),
  /** The GPU's name; empty on a CPU. */
  deviceName: z.string(),
  /** Whether bfloat16 is multiplied in hardware. */
  bf16: z.boolean(),
  threads: z.number().int(),
});

export interface TorchProbe extends z.infer<typeof probeSchema> {
  /** The program that answered. */
  readonly python: string;
}

const importing = promisify(execFile);

/** Loading PyTorch from a cold disk takes half a minute on a slow one. */
const PROBE_TIMEOUT_MS = 120_000;

/**
 * The folder with the Python files: `cluster` beside the sources, or beside the built program (unpacked from its archive,
 * which Python cannot read).
 * @throws StudioError `runtime-unavailable`
 */
export function clusterFolder(from: string = path.dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'cluster').replace(/app\.asar([\\/])/, 'app.asar.unpacked$1');
    if (existsSync(path.join(found, 'rank.py'))) return found;
    if (path.dirname(folder) === folder) throw errorFor('installation-lacks', { part: 'cluster/rank.py' });
  }
}

/** Options before a script: PyTorch works without NumPy, and need not say that it is missing. */
export const QUIETLY: readonly string[] = ['-W', 'ignore:Failed to initialize NumPy'];

/** The built feeder-process.ts, which Node, or Electron as Node, can run out of the program's archive. */
export function builtFeeder(): string {
  const program = path.dirname(clusterFolder()).replace(/app\.asar\.unpacked$/, 'app.asar');
  return path.join(program, 'out', 'main', 'train-feeder.js');
}

/**
 * The first Python that can import PyTorch: the one that the environment names, else one installed for the tests, else
 * the one on the path.
 * @throws StudioError `runtime-unavailable`, with what each of them said
 */
export async function probeTorch(env: NodeJS.ProcessEnv = process.env): Promise<TorchProbe> {
  const named = env[PYTHON_VARIABLE];
  const cluster = clusterFolder();
  const installed = path.join(cluster, '..', '.cache', 'torch', 'bin', 'python');
  const candidates =
    named === undefined ? [...(existsSync(installed) ? [installed] : []), 'python3', 'python'] : [named];
  const refusals: string[] = [];
  for (const python of candidates) {
    try {
      const { stdout } = await importing(python, [...QUIETLY, path.join(cluster, 'probe.py')], {
        env,
        timeout: PROBE_TIMEOUT_MS,
      });
      return { python, ...probeSchema.parse(JSON.parse(stdout)) };
    } catch (thrown) {
      refusals.push(`${python}: ${reasonOf(thrown)}`);
    }
  }
  throw errorFor('python-without-torch', { reasons: refusals.join('; '), variable: PYTHON_VARIABLE });
}

/** "PyTorch 2.13.0 on CPU, 2 threads" */
export function describeTorch({ version, device, deviceName, threads }: TorchProbe): string {
  const where = device === 'cpu' ? `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}` : deviceName;
  return `PyTorch ${version} on ${where}`;
}
