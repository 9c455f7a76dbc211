import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

const SOURCES = {
  'inference-worker': 'src/engine/inference/inference-worker.ts',
  'decode-worker': 'src/engine/image/decode/decode-worker.ts',
} as const;

/** Builds the program of a worker process for the tests of a file. @returns its path, once the tests run */
export function builtWorker(name: 'inference-worker' | 'decode-worker'): { readonly entry: string } {
  // Inside the checkout, so that the packages are found.
  const folder = path.join(ROOT, '.cache', `${name}-test-${process.pid}`);
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
          input: { [name]: SOURCES[name] },
          output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
        },
      },
    });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return { entry: path.join(folder, `${name}.mjs`) };
}
