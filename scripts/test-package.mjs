#!/usr/bin/env node
// Packs the program and drives what was packed: on Linux the files of the deb, elsewhere the unpacked program. Not a part of npm test,
// for packing takes minutes. usage: npm run test:package [-- --packed]
//   --packed   what the last run packed is driven again
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { EXECUTABLE, outputFolder, packedExecutable, unpackedFolder } from './package/configuration.mjs';
import { debFile } from './package/deb.mjs';
import { setFuses } from './package/fuses.mjs';
import { readBuildInformation } from './setup/build-information.mjs';
import { electronRuntime } from './setup/electron-runtime.mjs';
import { run, tail } from './setup/command.mjs';
import { runScript, say, SetupError } from './setup/messages.mjs';
import { inCache, ROOT } from './setup/paths.mjs';
import { runPlaywright } from './testing/runners.mjs';

await runScript(async () => {
  if (!process.argv.includes('--packed')) {
    const { ok, output } = await run(process.execPath, [path.join(ROOT, 'scripts', 'package.mjs')]);
    if (!ok) throw new SetupError(`Packing failed:\n${tail(output, 30)}`);
  }
  const installed = mkdtempSync(inCache('installed-'));
  try {
    process.env.INPAINT_STUDIO_PACKAGED = await program(installed);
    await letBeDriven(process.env.INPAINT_STUDIO_PACKAGED, installed);
    say(`Drives ${process.env.INPAINT_STUDIO_PACKAGED} ...`);
    return (await runPlaywright(['--config', 'e2e/package/playwright.config.ts'])) ? 0 : 1;
  } finally {
    rmSync(installed, { recursive: true, force: true });
  }
});

/** @param {string} installed an empty folder @returns {Promise<string>} the packaged program */
async function program(installed) {
  const folder = outputFolder(electronRuntime());
  const [deb, unpacked] = [debFile(folder, readBuildInformation().version), unpackedFolder(folder)];
  if (existsSync(deb)) {
    const { ok, output } = await run('dpkg-deb', ['--extract', deb, installed]);
    if (!ok) throw new SetupError(`The deb cannot be unpacked:\n${tail(output)}`);
    return path.join(installed, 'usr', 'bin', EXECUTABLE);
  }
  if (!existsSync(unpacked)) throw new SetupError(`There is no packaged program in ${folder}.`);
  cpSync(unpacked, installed, { recursive: true, verbatimSymlinks: true });
  return packedExecutable(installed);
}

/**
 * Playwright steers Electron through Node's inspector, which a packaged program does not listen to: the copy that is driven does, and
 * is the packed one in all else.
 * @param {string} executable @param {string} installed
 */
async function letBeDriven(executable, installed) {
  const file = realpathSync(executable);
  if (!file.startsWith(installed)) throw new SetupError('Only a copy that is thrown away may be made to listen.');
  await setFuses(file, { EnableNodeCliInspectArguments: true });
}
