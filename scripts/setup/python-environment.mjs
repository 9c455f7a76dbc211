// A Python environment of our own with packages at fixed versions, made whole or not at all.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { onPath, run, tail } from './command.mjs';
import { withLock } from './lock.mjs';
import { SetupError, say, seconds } from './messages.mjs';
import { inCache } from './paths.mjs';

const PROGRAMS = process.platform === 'win32' ? 'Scripts' : 'bin';

/** A program of an environment. @param {string} environment its folder @param {string} name */
export const programOf = (environment, name) => path.join(environment, PROGRAMS, name);

/**
 * @typedef {object} Wanted
 * @property {string} folder where it stays
 * @property {string} what for people: "PyTorch for the tests (190 MB)"
 * @property {readonly string[]} packages what pip is asked for, its options included
 * @property {readonly string[]} trial what Python is given to see that it works
 */

/**
 * Makes sure that there is one, where that is possible. With nothing to do it ends at once.
 * @param {Wanted} wanted
 * @returns {Promise<string | undefined>} why there is none
 */
export async function providePython(wanted) {
  const isInstalled = () => existsSync(path.join(wanted.folder, PROGRAMS));
  if (isInstalled()) return undefined;
  if (!onPath('python3')) return 'python3 is not installed';
  try {
    await withLock(inCache('setup.lock'), async () => {
      if (!isInstalled()) await install(wanted);
    });
    return undefined;
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
}

/** @param {Wanted} wanted */
async function install({ folder, what, packages, trial }) {
  const startedAt = Date.now();
  say(`Installing ${what} ...`);
  mkdirSync(inCache(), { recursive: true });
  const work = mkdtempSync(inCache('python-'));
  const python = programOf(folder, 'python');
  try {
    // Its programs name their folder, so it is made where it stays; a half one is taken away again.
    await step('python3', ['-m', 'venv', folder], 'A Python environment could not be made');
    const pip = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '--retries', '1'];
    await step(python, [...pip, ...packages], `${packages.at(-1)} could not be installed`);
    await step(python, trial, `${what} does not work`);
  } catch (error) {
    if (existsSync(folder)) renameSync(folder, path.join(work, 'failed'));
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say(`${what}: ready (${seconds(startedAt)}).`);
}

/** @param {string} program @param {readonly string[]} args @param {string} failure */
async function step(program, args, failure) {
  const { ok, output } = await run(program, args);
  if (!ok) throw new SetupError(`${failure}:\n${tail(output, 5)}`);
}
