#!/usr/bin/env node
// What to run before every commit: types, lint, import rules, unused exports, formatting, unit tests, and lint and
// types of the Python files. usage: npm run check
import { run } from './setup/command.mjs';
import { runScript, say, seconds } from './setup/messages.mjs';
import { inRoot } from './setup/paths.mjs';
import { pythonChecks } from './setup/python-checks.mjs';
import { setUp } from './setup.mjs';

/** The long ones first. */
const CHECKS = [
  { name: 'lint and import rules', script: 'eslint/bin/eslint.js', args: ['.'] },
  { name: 'import circles', script: '../scripts/lint/import-circles.mjs', args: [] },
  { name: 'types', script: 'typescript/bin/tsc', args: ['--build', '--pretty'] },
  { name: 'unit tests', script: 'vitest/vitest.mjs', args: ['run', '--project', 'unit', '--reporter=dot'] },
  {
    name: 'unused files, exports and packages',
    script: 'knip/bin/knip.js',
    args: ['--cache', '--cache-location', '.cache/knip'],
  },
  {
    name: 'formatting',
    script: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier', '.'],
  },
];
const AT_ONCE = 2;

await runScript(async () => {
  // Unit tests look at the built program and at Electron's executable.
  await setUp();
  const python = await pythonChecks();
  if (typeof python === 'string') say(`Python files are not checked: ${python}`);
  const node = CHECKS.map(({ script, args, ...check }) => ({
    ...check,
    program: process.execPath,
    args: [inRoot('node_modules', script), ...args],
  }));
  const waiting = [...node, ...(typeof python === 'string' ? [] : python)];
  let failures = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const startedAt = Date.now();
      const { ok, output } = await run(check.program, check.args);
      say(`${ok ? 'ok    ' : 'FAILED'} ${check.name} (${seconds(startedAt)})`);
      if (!ok) failures++;
      // Warnings are shown, too; test runners have nothing to say when all is well.
      if (output && !(ok && check.name === 'unit tests')) say(`${output}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failures === 0 ? 0 : 1;
});
