import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setUp } from '../scripts/setup.mjs';
import { command, median } from './measure.mjs';
import { withWindow } from './window.mjs';

const REPEATS = 5;
const WINDOWS = 3;

/**
 * Start-up of the built command line (its version, which needs no model and no runtime) against Node that does nothing,
 * and of the built app's window, until it shows the sample, against an empty window of the same Electron.
 */
export async function startRows(report) {
  const times = { cli: [], node: [], window: [], empty: [] };
  let peak = 0;
  for (let i = 0; i < REPEATS; i++) {
    const run = await command(process.execPath, ['out/main/cli.js', '--version']);
    peak = Math.max(peak, run.peakMegabytes);
    times.cli.push(run.seconds);
    times.node.push((await command(process.execPath, ['-e', '0'])).seconds);
  }
  report({ name: 'start of the command line (--version)', seconds: median(times.cli), megabytes: peak, peer: 'node -e 0', peerSeconds: median(times.node) });

  await setUp();
  const empty = emptyApp();
  // The first of each reads the programs from the disk.
  for (let i = 0; i <= WINDOWS; i++) {
    const window = await withWindow(untilPicture);
    const nothing = await withWindow(untilDrawn, empty);
    if (i === 0) continue;
    times.window.push(window);
    times.empty.push(nothing);
  }
  report({ name: 'start of the window, until it shows the sample', seconds: median(times.window), peer: 'empty window', peerSeconds: median(times.empty) });
}

/** Seconds until the tile with the picture's corner shows something other than the grey of what has not arrived. */
async function untilPicture({ page, started }) {
  await page.waitForFunction(
    () => {
      const canvas = document.querySelector('.canvas-view canvas');
      if (!canvas || canvas.width === 0) return false;
      const [red, green, blue, alpha] = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
      return alpha > 0 && !(red === 128 && green === 128 && blue === 128);
    },
    undefined,
    { polling: 'raf' },
  );
  return (performance.now() - started) / 1000;
}

/** Seconds until the page has drawn a frame. */
async function untilDrawn({ page, started }) {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return (performance.now() - started) / 1000;
}

function emptyApp() {
  const folder = resolve('.cache/bench/empty-app');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify({ name: 'empty', version: '0.0.0', type: 'module', main: 'main.js' }));
  writeFileSync(
    `${folder}/main.js`,
    "import { app, BrowserWindow } from 'electron';\napp.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<p>empty'));\n",
  );
  return folder;
}
