#!/usr/bin/env node
// Makes a fresh checkout ready to run. Each step looks first and does only what is missing; with nothing to do it ends at once.
// usage: node scripts/setup.mjs [--no-electron]
import { realpathSync } from 'node:fs';
import { build, buildNeeded } from './setup/build.mjs';
import { electronNeeded, installElectron } from './setup/electron-runtime.mjs';
import { withLock } from './setup/lock.mjs';
import { runScript } from './setup/messages.mjs';
import { installPackages, packagesNeeded } from './setup/packages.mjs';
import { inCache } from './setup/paths.mjs';
import { separateSharpSymbols, sharpSymbolsNeeded } from './setup/sharp-symbols.mjs';
import { installSystemPackages, systemPackagesNeeded } from './setup/system-packages.mjs';

/** @typedef {{ needed: () => boolean, work: () => Promise<void> }} Step */

/** @type {Record<'packages' | 'sharp' | 'electron' | 'system' | 'build', Step>} */
const STEPS = {
  packages: { needed: packagesNeeded, work: installPackages },
  sharp: { needed: sharpSymbolsNeeded, work: separateSharpSymbols },
  electron: { needed: electronNeeded, work: installElectron },
  system: { needed: systemPackagesNeeded, work: installSystemPackages },
  build: { needed: buildNeeded, work: build },
};

/**
 * @param {{ electron?: boolean, build?: boolean }} [wanted] electron: what it takes to show a window (the command line needs none)
 */
export async function setUp({ electron = true, build: built = true } = {}) {
  const steps = [
    STEPS.packages,
    ...(electron ? [STEPS.sharp, STEPS.electron, STEPS.system] : []),
    ...(built ? [STEPS.build] : []),
  ];
  // Looked at in order: a later step may need what an earlier one brings.
  const first = steps.findIndex((step) => step.needed());
  if (first < 0) return;
  await withLock(inCache('setup.lock'), async () => {
    for (const step of steps.slice(first)) {
      if (step.needed()) await step.work();
    }
  });
}

/**
 * Builds out/, whether or not it is up to date.
 * @param {{ electron?: boolean }} [wanted] electron: what it takes to show a window, too
 */
export async function buildAnew({ electron = false } = {}) {
  await setUp({ electron, build: false });
  await withLock(inCache('setup.lock'), build);
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  await runScript(() => setUp({ electron: !process.argv.includes('--no-electron') }));
}
