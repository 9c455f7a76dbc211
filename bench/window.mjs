import { _electron } from 'playwright';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDisplay } from '../scripts/display.mjs';
import { electronLaunch } from '../scripts/electron.mjs';
import { ROOT } from '../scripts/setup/paths.mjs';

/**
 * Starts the built app, or another of the same Electron, with a new folder of settings, and ends it after `work`.
 * @param {(opened: { app, page, folder: string, started: number }) => Promise<T>} work gets Playwright's hold of the app and
 *   of its window, a folder to write into, and when the process was started (performance.now())
 * @param {string} program folder of the app
 * @template T
 * @returns {Promise<T>}
 */
export async function withWindow(work, program = ROOT) {
  const display = await openDisplay();
  const folder = mkdtempSync(join(tmpdir(), 'studio-bench-'));
  const userData = join(folder, 'user-data');
  mkdirSync(userData);
  // Without the tour, whose card lies over the picture and would be dragged instead.
  writeFileSync(join(userData, 'settings.json'), JSON.stringify({ language: 'en', tourSeen: true }));
  const launch = electronLaunch({ env: { ...display.env, INPAINT_STUDIO_USER_DATA: userData } });
  const started = performance.now();
  const app = await _electron.launch({ ...launch, args: launch.args.map((arg) => (arg === ROOT ? program : arg)) });
  try {
    return await work({ app, page: await app.firstWindow(), folder, started });
  } finally {
    await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
    await app.close().catch(() => undefined);
    display.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
