// Starts a program of node_modules with its output shown as it comes.
import { spawn } from 'node:child_process';
import { ROOT, inRoot } from '../setup/paths.mjs';

/**
 * @param {string} script of node_modules, such as vitest/vitest.mjs
 * @param {readonly string[]} args
 * @returns {Promise<boolean>} whether it ended with 0
 */
export function runTool(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [inRoot('node_modules', script), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** @param {readonly string[]} [args] */
export const runVitest = (args = []) =>
  runTool('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=./scripts/testing/vitest-summary.mjs',
    ...args,
  ]);

/** @param {readonly string[]} [args] */
export const runPlaywright = (args = []) => runTool('@playwright/test/cli.js', ['test', ...args]);
