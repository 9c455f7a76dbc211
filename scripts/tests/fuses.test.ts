import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, it } from 'vitest';
import { FUSES, setFuses } from '../package/fuses.mjs';
import { electronRuntime } from '../setup/electron-runtime.mjs';

/** How a set fuse and one that is not stand in the executable: the digits 1 and 0. */
const [ON, OFF] = [49, 48];
const NAMES = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));

it('every fuse of Electron is decided, and none lets the program run as plain Node or be steered from outside', () => {
  expect(Object.keys(FUSES).toSorted()).toEqual(NAMES.toSorted());
  expect(FUSES).toMatchObject({
    RunAsNode: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    OnlyLoadAppFromAsar: true,
    EnableEmbeddedAsarIntegrityValidation: true,
    EnableCookieEncryption: true,
  });
});

it('the fuses are set in an executable of Electron', async () => {
  const runtime = electronRuntime();
  if (!runtime) throw new Error('There is no Electron yet: run node scripts/setup.mjs');
  const folder = mkdtempSync(path.join(tmpdir(), 'fuses-'));
  try {
    const executable = path.join(folder, path.basename(runtime.executable));
    copyFileSync(runtime.executable, executable);
    await setFuses(executable);
    const wire = await getCurrentFuseWire(executable);
    for (const name of NAMES as (keyof typeof FUSES)[]) {
      const state = wire[FuseV1Options[name]];
      expect(state, name).toBe(FUSES[name] ? ON : OFF);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
