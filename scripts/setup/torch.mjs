// PyTorch for tests: its build for CPUs (190 MB instead of gigabytes for CUDA), in a Python environment of its own that the
// probe of src/engine/runtime/torch/python.ts looks at. A Python that has PyTorch already is used as it is.
import { existsSync } from 'node:fs';
import { onPath, run } from './command.mjs';
import { inCache } from './paths.mjs';
import { providePython } from './python-environment.mjs';

const ENVIRONMENT = inCache('torch');
const VERSION = '2.13.0';
/** Where PyTorch's builds for CPUs are, beside what pip is set up to look at. */
const INDEX = 'https://download.pytorch.org/whl/cpu';

/**
 * Makes sure that there is one, where that is possible. With nothing to do it ends at once.
 * @returns {Promise<string | undefined>} why there is none
 */
export async function provideTorch() {
  if (process.env.INPAINT_STUDIO_PYTHON !== undefined || existsSync(ENVIRONMENT)) return undefined;
  if (onPath('python3') && (await run('python3', ['-c', 'import torch'])).ok) return undefined;
  return providePython({
    folder: ENVIRONMENT,
    what: 'PyTorch for the tests (190 MB)',
    packages: [...['--extra-index-url', INDEX], `torch==${process.platform === 'darwin' ? VERSION : `${VERSION}+cpu`}`],
    trial: ['-c', 'import torch; torch.ones(2, 2) @ torch.ones(2, 2)'],
  });
}
