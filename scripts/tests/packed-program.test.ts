import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, it } from 'vitest';
import {
  configuration,
  outputFolder,
  packedExecutable,
  packedResources,
  unpackedFolder,
} from '../package/configuration.mjs';
import { debFile } from '../package/deb.mjs';
import { electronRuntime } from '../setup/electron-runtime.mjs';
import { inRoot } from '../setup/paths.mjs';

it("what is packed is rid of Electron's own app and has its fuses set before it is signed or put into an installer", async () => {
  const runtime = electronRuntime();
  if (!runtime) throw new Error('There is no Electron yet: run node scripts/setup.mjs');
  const folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
  try {
    const [executable, resources] = [packedExecutable(folder), packedResources(folder)];
    mkdirSync(path.dirname(executable), { recursive: true });
    mkdirSync(resources, { recursive: true });
    copyFileSync(runtime.executable, executable);
    for (const name of ['app.asar', 'default_app.asar']) writeFileSync(path.join(resources, name), '');
    const { afterPack } = configuration({ electron: { folder: '', version: '' }, output: '', commit: null });
    if (typeof afterPack !== 'function') throw new Error('Nothing is done after packing.');
    await afterPack({ appOutDir: folder } as Parameters<typeof afterPack>[0]);
    expect(existsSync(path.join(resources, 'default_app.asar'))).toBe(false);
    expect(existsSync(path.join(resources, 'app.asar'))).toBe(true);
    expect((await getCurrentFuseWire(executable))[FuseV1Options.OnlyLoadAppFromAsar]).toBe(49);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

it("on macOS Electron's own app lies in the program's bundle", () => {
  const bundle = path.join('mac-arm64', 'Inpaint Studio.app', 'Contents', 'Resources');
  expect(packedResources('mac-arm64', 'darwin')).toBe(bundle);
});

it('what is packed has its place by Electron, system, processor and version, and what is driven is looked for there', () => {
  expect(outputFolder({ kind: 'official' })).toBe(inRoot('dist'));
  expect(outputFolder({ kind: 'pinned' })).toBe(inRoot('dist', 'development'));
  expect(unpackedFolder('dist', 'linux', 'x64')).toBe(path.join('dist', 'linux-unpacked'));
  expect(unpackedFolder('dist', 'linux', 'arm64')).toBe(path.join('dist', 'linux-arm64-unpacked'));
  expect(unpackedFolder('dist', 'win32', 'arm64')).toBe(path.join('dist', 'win-arm64-unpacked'));
  expect(unpackedFolder('dist', 'darwin', 'arm64')).toBe(path.join('dist', 'mac-arm64'));
  expect(path.basename(debFile('dist', '0.1.0'))).toMatch(/^inpaint-studio-desktop_0\.1\.0_\w+\.deb$/);
});
