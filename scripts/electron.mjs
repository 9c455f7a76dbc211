// How the built app is launched: by `npm start`, by the end-to-end tests and by whatever else needs a running window.
import { existsSync, realpathSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { sandboxRefusal } from './sandbox.mjs';
import { electronRuntime } from './setup/electron-runtime.mjs';
import { SetupError } from './setup/messages.mjs';
import { ROOT } from './setup/paths.mjs';
import { hasDisplay } from './setup/system-packages.mjs';

/** Chromium keeps pictures in shared memory; containers often give 64 MB, and the page crashes. */
const ENOUGH_SHARED_MEMORY = 512 * 2 ** 20;

/**
 * What to start, in the form both `child_process.spawn` and Playwright's `_electron.launch` take. The display is not part of it: run under
 * one (see openDisplay), or as a Playwright test, whose worker opens one.
 * @param {{ args?: readonly string[], env?: Record<string, string | undefined> }} [options] args: the app's own, such as a photo;
 *   env: added to this process's environment
 * @returns {{ executablePath: string, args: string[], env: Record<string, string>, cwd: string }}
 * @throws {SetupError} when the set-up has not run
 */
export function electronLaunch({ args = [], env = {} } = {}) {
  // scripts/test-package.mjs: the flows drive a packaged program, which brings its own Electron and app.
  const packaged = process.env.INPAINT_STUDIO_PACKAGED;
  if (packaged) {
    const folder = path.dirname(realpathSync(packaged));
    return { executablePath: packaged, args: [...switches(folder), ...args], env: environment(env), cwd: ROOT };
  }
  const runtime = electronRuntime();
  if (!runtime || !existsSync(runtime.executable)) {
    throw new SetupError(
      runtime?.kind === 'given'
        ? `ELECTRON_OVERRIDE_DIST_PATH names ${runtime.folder}, but ${runtime.executable} does not exist. Correct or remove the variable.`
        : 'There is no Electron to run the app with yet. Run: node scripts/setup.mjs',
    );
  }
  return {
    executablePath: runtime.executable,
    args: [...switches(runtime.folder), ROOT, ...args],
    env: environment(env),
    cwd: ROOT,
  };
}

/** @param {string} folder */
function switches(folder) {
  if (process.platform !== 'linux') return [];
  return [
    ...(sandboxRefusal(folder) ? ['--no-sandbox'] : []),
    // A machine without a desktop has no message bus either, and Chromium's many complaints about it bury the app's own lines.
    ...(hasDisplay() ? [] : ['--log-level=3']),
    ...(sharedMemory() < ENOUGH_SHARED_MEMORY ? ['--disable-dev-shm-usage'] : []),
  ];
}

function sharedMemory() {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    return bsize * blocks;
  } catch {
    return 0;
  }
}

/** @param {Record<string, string | undefined>} extra @returns {Record<string, string>} */
function environment(extra) {
  const all = { ...process.env, ...extra };
  // Set by editors and test runners; with it Electron is plain Node and shows no window.
  delete all.ELECTRON_RUN_AS_NODE;
  return /** @type {Record<string, string>} */ (
    Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  );
}
