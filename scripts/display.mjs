// A screen for the window: the real one, or a virtual one (Xvfb) where there is none.
import { spawn } from 'node:child_process';
import { SetupError } from './setup/messages.mjs';
import { hasDisplay } from './setup/system-packages.mjs';

const SCREEN = '1600x1000x24';

/**
 * @typedef {object} Display
 * @property {boolean} virtual nobody can see it
 * @property {Record<string, string>} env to add to the environment of what shall appear on it
 * @property {() => void} close
 */

/** @returns {Promise<Display>} */
export function openDisplay() {
  return hasDisplay() ? Promise.resolve({ virtual: false, env: {}, close: () => {} }) : startXvfb();
}

/** @returns {Promise<Display>} */
function startXvfb() {
  return new Promise((resolve, reject) => {
    // Xvfb picks a free number itself and writes it to descriptor 3 when it accepts windows. In a process group of its own, Ctrl-C
    // reaches the app first and does not take the screen away under it.
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let errors = '';
    server.stderr?.on('data', (data) => (errors += data));
    const fail = (/** @type {string} */ reason) =>
      reject(
        new SetupError(
          `The virtual display did not start: ${reason}\nSet DISPLAY to a running X server, or reinstall the package xvfb.`,
        ),
      );
    server.once('error', (error) => fail(error.message));
    server.once('exit', (code) => fail(errors.trim() || `Xvfb ended with code ${code}`));

    const close = () => {
      server.kill('SIGTERM');
      process.removeListener('exit', close);
    };
    server.stdio[3]?.once('data', (data) => {
      process.once('exit', close);
      // It serves in the background; the app's end is what we wait for.
      server.unref();
      for (const stream of [server.stderr, server.stdio[3]]) /** @type {import('node:net').Socket} */ (stream).unref();
      resolve({ virtual: true, env: { DISPLAY: `:${String(data).trim()}` }, close });
    });
  });
}
