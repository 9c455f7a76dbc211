// PyTorch for tests: its build for CPUs (190 MB instead of gigabytes for CUDA), in a Python environment of its own that the
// probe of src/engine/runtime/torch/python.ts looks at. A Python that has PyTorch already is used as it is.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { onPath, run, tail } from './command.mjs';
import { withLock } from './lock.mjs';
import { SetupError, say, seconds } from './messages.mjs';
import { inCache } from './paths.mjs';

const VERSION = '2.13.0';
/** Where PyTorch's builds for CPUs are, beside what pip is set up to look at. */
const INDEX = 'https://download.pytorch.org/whl/cpu';

const ENVIRONMENT = inCache('torch');
const programs = process.platform === 'win32' ? 'Scripts' : 'bin';
const python = path.join(ENVIRONMENT, programs, 'python');

/** @returns {boolean} */
const isInstalled = () => existsSync(path.join(ENVIRONMENT, programs));

/**
 * Makes sure that there is one, where that is possible. With nothing to do it ends at once.
 * @returns {Promise<string | undefined>} why there is none
 */
export async function provideTorch() {
  if (process.env.INPAINT_STUDIO_PYTHON !== undefined || isInstalled()) return undefined;
  if (!onPath('python3')) return 'python3 is not installed';
  if ((await run('python3', ['-c', 'import torch'])).ok) return undefined;
  try {
    await withLock(inCache('setup.lock'), async () => {
      if (!isInstalled()) await install();
    });
    return undefined;
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
}

async function install() {
  const startedAt = Date.now();
  say('Installing PyTorch for the tests (190 MB) ...');
  mkdirSync(inCache(), { recursive: true });
  const work = mkdtempSync(inCache('torch-'));
  try {
    // Its programs name their folder, so it is made where it stays; a half one is taken away again.
    await step('python3', ['-m', 'venv', ENVIRONMENT], 'A Python environment could not be made');
    const build = process.platform === 'darwin' ? VERSION : `${VERSION}+cpu`;
    const pip = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '--retries', '1'];
    const args = [...pip, '--extra-index-url', INDEX, `torch==${build}`];
    await step(python, args, `torch ${build} could not be installed`);
    await step(python, ['-c', 'import torch; torch.ones(2, 2) @ torch.ones(2, 2)'], 'PyTorch does not work');
  } catch (error) {
    if (existsSync(ENVIRONMENT)) renameSync(ENVIRONMENT, path.join(work, 'failed'));
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say(`PyTorch is ready (${seconds(startedAt)}).`);
}

/** @param {string} program @param {readonly string[]} args @param {string} failure */
async function step(program, args, failure) {
  const { ok, output } = await run(program, args);
  if (!ok) throw new SetupError(`${failure}:\n${tail(output, 5)}`);
}
