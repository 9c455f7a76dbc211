import { defineConfig } from '@playwright/test';
import { WORKERS } from './scripts/testing/worker-display.mjs';

export default defineConfig({
  testDir: 'e2e',
  workers: WORKERS,
  fullyParallel: false,
  // Retries would hide a flow that only mostly works.
  retries: 0,
  // Limits are there to end what hangs: a busy machine may take its time, and a quiet one waits for none of them.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  globalSetup: './scripts/testing/e2e-setup.mjs',
  outputDir: 'test-results',
  // The same for every platform: where another runtime draws, they are not compared.
  snapshotPathTemplate: '{testDir}/golden/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: '.cache/results/e2e.json' }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
