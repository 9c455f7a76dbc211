#!/usr/bin/env node
// Packs the program and drives what was packed: on Linux the files of the deb, elsewhere the unpacked program. Not a part of npm test,
// for packing takes minutes. usage: npm run test:package [-- --packed]
//   --packed   what the last run packed is driven again
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { EXECUTABLE } from './package/configuration.mjs';
import { electronRuntime } from './setup/electron-runtime.mjs';
import { run, tail } from './setup/command.mjs';
import { runScript, say, SetupError } from './setup/messages.mjs';
import { inCache, inRoot, ROOT } from './setup/paths.mjs';
import { runPlaywright } from './testing/runners.mjs';

await runScript(async () => {
  if (!process.argv.includes('--packed')) {
    const { ok, output } = await run(process.execPath, [path.join(ROOT, 'scripts', 'package.mjs')]);
    if (!ok) throw new SetupError(`Packing failed:\n${tail(output, 30)}`);
  }
  const folder = inRoot('dist', ...(electronRuntime()?.kind === 'pinned' ? ['development'] : []));
  const installed = mkdtempSync(inCache('installed-'));
  try {
    process.env.INPAINT_STUDIO_PACKAGED = await program(folder, installed);
    say(`Drives ${process.env.INPAINT_STUDIO_PACKAGED} ...`);
    return (await runPlaywright(['--config', 'e2e/package/playwright.config.ts'])) ? 0 : 1;
  } finally {
    rmSync(installed, { recursive: true, force: true });
  }
});

/** @param {string} folder @param {string} installed an empty folder @returns {Promise<string>} the packaged program */
async function program(folder, installed) {
  const deb = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (deb !== undefined) {
    const { ok, output } = await run('dpkg-deb', ['--extract', path.join(folder, deb), installed]);
    if (!ok) throw new SetupError(`The deb cannot be unpacked:\n${tail(output)}`);
    return path.join(installed, 'usr', 'bin', EXECUTABLE);
  }
  const candidates = [
    path.join(folder, 'linux-unpacked', EXECUTABLE),
    path.join(folder, 'win-unpacked', `${EXECUTABLE}.exe`),
    path.join(folder, 'mac', 'Inpaint Studio.app', 'Contents', 'MacOS', EXECUTABLE),
  ];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new SetupError(`There is no packaged program in ${folder}.`);
  return found;
}
