#!/usr/bin/env node
// usage: npm start [-- photo]
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { openDisplay } from './display.mjs';
import { electronLaunch } from './electron.mjs';
import { sandboxRefusal } from './sandbox.mjs';
import { setUp } from './setup.mjs';
import { runScript, say } from './setup/messages.mjs';

/** Signals closer together than this are one: a terminal sends Ctrl-C to the whole group, and npm passes it on once more. */
const SAME_SIGNAL_MS = 500;

await runScript(async () => {
  await setUp();
  const display = await openDisplay();
  if (display.virtual) {
    say(
      'There is no display here: the window is on a virtual one, where nobody sees it. Close it with Ctrl-C, or start on a desktop.',
    );
  }
  const { executablePath, args, env } = electronLaunch({ args: process.argv.slice(2), env: display.env });
  const refusal = sandboxRefusal(path.dirname(executablePath));
  if (refusal) say(`The window runs without Chromium's sandbox: ${refusal}.`);
  try {
    // In a process group of its own, so that Ctrl-C reaches it once, through us: at a second signal Chromium drops everything.
    const app = spawn(executablePath, args, {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    });
    return await watch(app);
  } finally {
    display.close();
  }
});

/**
 * Hands signals on to the app and waits for its end.
 * @param {import('node:child_process').ChildProcess} app @returns {Promise<number>} its exit code, as a shell would report it
 */
function watch(app) {
  let sentAt = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (Date.now() - sentAt < SAME_SIGNAL_MS) return;
      sentAt = Date.now();
      app.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    app.once('error', reject);
    app.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}
