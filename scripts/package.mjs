#!/usr/bin/env node
// The program with its window as packages for this system, in dist/: unpacked, on Linux a deb, elsewhere an installer.
// usage: npm run package [-- --unpacked | --appimage]
//   --unpacked   the unpacked program alone
//   --appimage   an AppImage too (electron-builder fetches its tools then)
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { configuration, missingFiles } from './package/configuration.mjs';
import { debRefusal, kilobytesOf, makeDeb } from './package/deb.mjs';
import { drawIcons } from './package/icons.mjs';
import { writePartsList } from './package/parts-list.mjs';
import { setUp } from './setup.mjs';
import { build } from './setup/build.mjs';
import { electronRuntime } from './setup/electron-runtime.mjs';
import { withLock } from './setup/lock.mjs';
import { runScript, say, SetupError } from './setup/messages.mjs';
import { inCache, inRoot } from './setup/paths.mjs';

/** What a program may take on the disk, megabytes. */
const MOST_MEGABYTES = 350;

await runScript(async () => {
  const unpackedAlone = process.argv.includes('--unpacked');
  const appImage = process.argv.includes('--appimage');
  await setUp({ build: false });
  await withLock(inCache('setup.lock'), build);
  const missing = missingFiles();
  if (missing.length > 0) throw new SetupError(`The checkout lacks ${missing.join(', ')}.`);

  const runtime = electronRuntime();
  if (runtime === undefined) throw new SetupError('There is no Electron to package. Run: node scripts/setup.mjs');
  // The stand-in for development is years old: it is packed to test the packing, into a folder of that name.
  const standIn = runtime.kind === 'pinned';
  const output = inRoot('dist', ...(standIn ? ['development'] : []));
  if (standIn)
    say('This packs the Electron for development, which is out of support: for tests alone, never for users.');
  const version = readFileSync(path.join(runtime.folder, 'version'), 'utf8').trim().replace(/^v/, '');
  const about = JSON.parse(readFileSync(inRoot('out', 'build.json'), 'utf8'));

  await drawIcons();
  mkdirSync(output, { recursive: true });
  await writePartsList(path.join(output, 'parts.cdx.json'), { name: 'electron', version }, about.date);
  // A deb is made of the unpacked program, below.
  const unpackedIsEnough = unpackedAlone || (process.platform === 'linux' && !appImage);
  const config = configuration({ electron: { folder: runtime.folder, version }, output, commit: about.commit });
  const unpacked = unpackedFolder(output);
  rmSync(unpacked, { recursive: true, force: true });
  const { build: pack, Platform } = await import('electron-builder');
  await pack({ targets: Platform.current().createTarget(unpackedIsEnough ? 'dir' : undefined), config });
  const megabytes = kilobytesOf(unpacked) / 1024;
  say(`The unpacked program is in ${unpacked} (${megabytes.toFixed(0)} MB).`);
  if (megabytes > MOST_MEGABYTES) throw new SetupError(`That is more than the ${MOST_MEGABYTES} MB that it may take.`);
  if (unpackedAlone) return;

  const refusal = debRefusal();
  if (refusal === undefined) {
    say(`The deb is ${await makeDeb({ unpacked, output, version: about.version, date: about.date })}.`);
  } else if (process.platform === 'linux') say(`No deb was made: ${refusal}.`);
});

/** As electron-builder calls it. @param {string} output */
function unpackedFolder(output) {
  const names = { linux: 'linux-unpacked', win32: 'win-unpacked', darwin: 'mac' };
  const name = names[/** @type {keyof typeof names} */ (process.platform)];
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`;
  return path.join(output, name === 'mac' ? `mac${suffix}` : name.replace('-', `${suffix}-`));
}
