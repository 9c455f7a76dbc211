import { test as base } from '@playwright/test';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../scripts/testing/process-tree.mjs';
import { StudioWindow } from './pages/studio-window';
import { openWorkerDisplay } from '../scripts/testing/worker-display.mjs';

interface Fixtures {
  /** Every window that the test has opened; those that still run are closed after it. */
  readonly windows: StudioWindow[];
  /** What the app has been set to before; set with `test.use`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A folder of the test's own, gone afterwards. */
  readonly folder: string;
  /** Starts the built app, with its own settings; `args` as on the command line. Closed after the test. */
  readonly launch: (...args: string[]) => Promise<StudioWindow>;
  /** Starts it again after it has ended, with what it left behind. */
  readonly launchAgain: (ended: StudioWindow, ...args: string[]) => Promise<StudioWindow>;
  /** The app as it starts without arguments: on the sample. */
  readonly studio: StudioWindow;
}

interface WorkerFixtures {
  /** The screen of this worker's windows, open while it lives. */
  readonly display: void;
}

/** Playwright's test with the running app. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  display: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const close = await openWorkerDisplay();
      await use();
      close();
    },
    { scope: 'worker', auto: true },
  ],
  // Playwright reads the fixtures that are needed off the pattern, also when there is none.
  // eslint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'studio-e2e-'));
    await use(folder);
    await removeFolder(folder);
  },
  // The folder is named so that it goes after the windows that write into it, whichever a test asks for first.
  windows: async ({ folder: _ }, use, info) => {
    const windows: StudioWindow[] = [];
    await use(windows);
    for (const [index, studio] of windows.entries()) {
      const failed = info.status !== info.expectedStatus;
      await studio.close(failed ? info.outputPath(`window-${index}`) : null);
    }
  },
  // English, whatever the machine speaks, and somebody who knows the program: the tour would lie over the picture.
  settings: [{ language: 'en', tourSeen: true }, { option: true }],
  launch: async ({ folder, settings, windows }, use) => {
    await use(async (...args) => {
      const userData = join(folder, `user-data-${windows.length}`);
      await mkdir(userData, { recursive: true });
      await writeFile(join(userData, 'settings.json'), JSON.stringify(settings));
      const studio = await StudioWindow.launch(userData, args);
      windows.push(studio);
      return studio;
    });
  },
  launchAgain: async ({ windows }, use) => {
    await use(async (ended, ...args) => {
      const studio = await StudioWindow.launch(ended.userData, args);
      windows.push(studio);
      return studio;
    });
  },
  studio: async ({ launch }, use) => use(await launch()),
});

export { expect } from '@playwright/test';
