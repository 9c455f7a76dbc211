import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

/** Builds the inference process's program for the tests of a file. @returns its path, once the tests run */
export function builtInferenceWorker(): { readonly entry: string } {
  // Inside the checkout, so that the packages are found.
  const folder = path.join(ROOT, '.cache', `inference-test-${process.pid}`);
  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      root: ROOT,
      build: {
        ssr: true,
        target: 'node20',
        outDir: folder,
        rollupOptions: {
          input: { 'inference-worker': 'src/engine/inference/inference-worker.ts' },
          output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
        },
      },
    });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return { entry: path.join(folder, 'inference-worker.mjs') };
}
