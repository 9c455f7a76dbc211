// Lint and types of the Python files: ruff and mypy, in a Python environment of their own. Where a Python with PyTorch is there,
// mypy knows PyTorch's types as well; pyproject.toml says what is checked.
import { existsSync } from 'node:fs';
import { inCache } from './paths.mjs';
import { programOf, providePython } from './python-environment.mjs';

const ENVIRONMENT = inCache('python-checks');
const TORCH = programOf(inCache('torch'), 'python');

/** @typedef {{ name: string, program: string, args: readonly string[] }} Check */

/**
 * Installs them where they are missing and Python and pip are there.
 * @returns {Promise<readonly Check[] | string>} what to run, or why there is none
 */
export async function pythonChecks() {
  const refusal = await providePython({
    folder: ENVIRONMENT,
    what: 'ruff and mypy (30 MB)',
    packages: ['ruff==0.17.6', 'mypy==2.4.1'],
    trial: ['-m', 'mypy', '--version'],
  });
  if (refusal !== undefined) return refusal;
  const python = process.env.INPAINT_STUDIO_PYTHON ?? (existsSync(TORCH) ? TORCH : programOf(ENVIRONMENT, 'python'));
  return [
    { name: 'lint of Python', program: programOf(ENVIRONMENT, 'ruff'), args: ['check', '--quiet', '.'] },
    {
      name: 'types of Python',
      program: programOf(ENVIRONMENT, 'mypy'),
      args: ['--no-error-summary', '--python-executable', python],
    },
  ];
}
