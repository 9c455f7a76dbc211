import { defineConfig } from '@playwright/test';

/** The pictures of the window for docs/: see scripts/screenshots.mjs. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.pictures.ts',
  workers: 1,
  timeout: 1_200_000,
  expect: { timeout: 60_000 },
  globalSetup: '../../scripts/testing/e2e-setup.mjs',
  outputDir: '../../test-results/pictures',
});
