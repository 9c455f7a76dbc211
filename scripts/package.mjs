#!/usr/bin/env node
// The program with its window as packages for this system, in dist/: unpacked, on Linux a deb, elsewhere an installer.
// usage: npm run package [-- --unpacked | --appimage]
//   --unpacked   the unpacked program alone
//   --appimage   an AppImage too (electron-builder fetches its tools then)
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { configuration, missingFiles, outputFolder, unpackedFolder } from './package/configuration.mjs';
import { debFile, debRefusal, kilobytesOf, makeDeb } from './package/deb.mjs';
import { drawIcons } from './package/icons.mjs';
import { writePartsList } from './package/parts-list.mjs';
import { buildAnew } from './setup.mjs';
import { readBuildInformation } from './setup/build-information.mjs';
import { electronRuntime } from './setup/electron-runtime.mjs';
import { runScript, say, SetupError } from './setup/messages.mjs';

/** What a program may take on the disk, megabytes. */
const MOST_MEGABYTES = 350;

await runScript(async () => {
  const unpackedAlone = process.argv.includes('--unpacked');
  const appImage = process.argv.includes('--appimage');
  await buildAnew({ electron: true });
  const missing = missingFiles();
  if (missing.length > 0) throw new SetupError(`The checkout lacks ${missing.join(', ')}.`);

  const runtime = electronRuntime();
  if (runtime === undefined) throw new SetupError('There is no Electron to package. Run: node scripts/setup.mjs');
  if (runtime.kind === 'pinned')
    say('This packs the Electron for development, which is out of support: for tests alone, never for users.');
  const version = readFileSync(path.join(runtime.folder, 'version'), 'utf8').trim().replace(/^v/, '');
  const about = readBuildInformation();
  const output = outputFolder(runtime);
  const unpacked = unpackedFolder(output);
  const deb = debFile(output, about.version);

  await drawIcons();
  mkdirSync(output, { recursive: true });
  await writePartsList(path.join(output, 'parts.cdx.json'), { name: 'electron', version }, about.date);
  // A deb is made of the unpacked program, below.
  const unpackedIsEnough = unpackedAlone || (process.platform === 'linux' && !appImage);
  const config = configuration({ electron: { folder: runtime.folder, version }, output, commit: about.commit });
  // What is there afterwards is of this run.
  for (const made of [unpacked, deb]) rmSync(made, { recursive: true, force: true });
  const { build: pack, Platform } = await import('electron-builder');
  await pack({ targets: Platform.current().createTarget(unpackedIsEnough ? 'dir' : undefined), config });
  const megabytes = kilobytesOf(unpacked) / 1024;
  say(`The unpacked program is in ${unpacked} (${megabytes.toFixed(0)} MB).`);
  if (megabytes > MOST_MEGABYTES) throw new SetupError(`That is more than the ${MOST_MEGABYTES} MB that it may take.`);
  if (unpackedAlone || process.platform !== 'linux') return;

  const refusal = debRefusal();
  if (refusal !== undefined) return say(`No deb was made: ${refusal}.`);
  await makeDeb({ unpacked, file: deb, version: about.version, date: about.date });
  say(`The deb is ${deb}.`);
});
