import { test as base } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StudioWindow } from './pages/studio-window';

interface Fixtures {
  /** A folder of the test's own, gone afterwards. */
  readonly folder: string;
  /** Starts the built app, with its own settings; `args` as on the command line. Closed after the test. */
  readonly launch: (...args: string[]) => Promise<StudioWindow>;
  /** The app as it starts without arguments: on the sample. */
  readonly studio: StudioWindow;
}

/** Playwright's test with the running app. */
export const test = base.extend<Fixtures>({
  // Playwright reads the fixtures that are needed off the pattern, also when there is none.
  // eslint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'studio-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  launch: async ({ folder }, use, info) => {
    const windows: StudioWindow[] = [];
    await use(async (...args) => {
      const studio = await StudioWindow.launch(join(folder, `user-data-${windows.length}`), args);
      windows.push(studio);
      return studio;
    });
    for (const [index, studio] of windows.entries()) {
      const failed = info.status !== info.expectedStatus;
      await studio.close(failed ? info.outputPath(`window-${index}`) : null);
    }
  },
  studio: async ({ launch }, use) => use(await launch()),
});

export { expect } from '@playwright/test';
