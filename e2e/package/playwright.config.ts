import { defineConfig } from '@playwright/test';

/** The packaged program, driven as a person does: see scripts/test-package.mjs, which packs and unpacks it. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.package.ts',
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  outputDir: '../../test-results/package',
});
