// Step 4: out/ is built from the sources as they are.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeBuildInformation } from './build-information.mjs';
import { run, tail } from './command.mjs';
import { writeLicencesPage } from './licences-page.mjs';
import { SetupError, say, seconds } from './messages.mjs';
import { CACHE, inCache, inRoot } from './paths.mjs';

const STAMP = inCache('build.sha256');
const ENTRIES = ['main/index.js', 'main/engine-worker.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html'];

export const buildNeeded = () => !(isBuilt() && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceHash());

/** @returns {boolean} whether there is something to run, however old */
export const isBuilt = () => ENTRIES.every((entry) => existsSync(inRoot('out', entry)));

export async function build() {
  const startedAt = Date.now();
  say('Building the app ...');
  // Taken before, so that a source saved during the build causes another one.
  const hash = sourceHash();
  rmSync(STAMP, { force: true });
  const { ok, output } = await run(
    process.execPath,
    [inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'],
    { env: { ...process.env, NO_COLOR: '1' } },
  );
  if (!ok || !isBuilt()) throw new SetupError(`The build failed:\n${tail(output, 40)}`);
  await writeManualPage();
  writeLicencesPage();
  await writeBuildInformation();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(STAMP, hash);
  say(`The app is built (${seconds(startedAt)}).`);
}

/** The program knows its own options: it writes its manual page itself. */
async function writeManualPage() {
  const { ok, output } = await run(process.execPath, [inRoot('out', 'main', 'cli.js'), 'man']);
  if (!ok) throw new SetupError(`The manual page could not be made:\n${tail(output, 10)}`);
  writeFileSync(inRoot('out', 'inpaint-studio.1'), output);
}

/** By content, not by time: a checkout renews times. */
function sourceHash() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'electron.vite.config.ts', ...sources()])
    hash.update(file).update(readFileSync(inRoot(file)));
  return hash.digest('hex');
}

/** @returns {string[]} relative to the root, sorted */
function sources() {
  return readdirSync(inRoot('src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(inRoot(), path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}
