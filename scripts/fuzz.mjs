#!/usr/bin/env node
// Damages files by chance and gives them to every reader: scripts/tests/fuzz.test.ts. usage: npm run fuzz -- [--cases 20000] [--seed 1]
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setUp } from './setup.mjs';
import { runScript, say, SetupError } from './setup/messages.mjs';
import { CACHE, inCache } from './setup/paths.mjs';
import { runTool } from './testing/runners.mjs';

const TRACE = inCache('fuzz-case.txt');

await runScript(async () => {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
  });
  for (const [name, value] of Object.entries(values)) {
    if (!/^\d{1,9}$/.test(value)) throw new SetupError(`--${name} is a whole number, not "${value}".`);
  }
  await setUp({ electron: false, build: false });
  mkdirSync(CACHE, { recursive: true });
  Object.assign(process.env, {
    INPAINT_STUDIO_FUZZ_CASES: values.cases,
    INPAINT_STUDIO_FUZZ_SEED: values.seed,
    INPAINT_STUDIO_FUZZ_TRACE: TRACE,
  });
  const ok = await runTool('vitest/vitest.mjs', [
    'run',
    '--project',
    'unit',
    'scripts/tests/fuzz.test.ts',
    '--reporter=default',
  ]);
  if (!ok && existsSync(TRACE)) say(`The last case was ${readFileSync(TRACE, 'utf8').trim()}.`);
  rmSync(TRACE, { force: true });
  return ok ? 0 : 1;
});
