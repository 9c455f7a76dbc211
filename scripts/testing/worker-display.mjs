// A screen for each of Playwright's workers.
import { openDisplay } from '../display.mjs';
import { hasDisplay } from '../setup/system-packages.mjs';

/**
 * How many flows may run at once: keyboard focus and the clipboard are a display's, so on a real one a single window at a time; where
 * displays are virtual each worker has its own, and one computes while the other waits.
 */
export const WORKERS = hasDisplay() ? 1 : 2;

/**
 * Gives this worker a display: what it starts inherits it.
 * @returns {Promise<() => void>} closes it
 */
export async function openWorkerDisplay() {
  const display = await openDisplay();
  Object.assign(process.env, display.env);
  return display.close;
}
