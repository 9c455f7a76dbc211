import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { electronLaunch } from '../electron.mjs';

describe('launching the app', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'electron-'));
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it.runIf(process.platform === 'linux')('starts the given Electron on the checkout, the photo last', () => {
    writeFileSync(path.join(folder, 'electron'), '');
    vi.stubEnv('ELECTRON_RUN_AS_NODE', '1');
    const { executablePath, args, env } = electronLaunch({ args: ['a photo.jpg'], env: { EXTRA: 'yes' } });
    expect(executablePath).toBe(path.join(folder, 'electron'));
    expect(args.slice(-2)).toEqual([path.resolve(import.meta.dirname, '../..'), 'a photo.jpg']);
    expect(env).toMatchObject({ EXTRA: 'yes' });
    expect(env).not.toHaveProperty('ELECTRON_RUN_AS_NODE');
  });

  it('says so when that folder holds none', () => {
    expect(() => electronLaunch()).toThrow(/ELECTRON_OVERRIDE_DIST_PATH names/);
  });
});
