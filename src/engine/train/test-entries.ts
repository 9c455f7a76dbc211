/** Entries of threads and processes, bundled for tests as the program's build does it. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { clusterFolder } from '../runtime/torch/python';

export interface BuiltEntry {
  readonly file: string;
  remove(): Promise<void>;
}

/** @param source a file of this folder, such as `batch-worker.ts` */
export async function buildEntry(source: string): Promise<BuiltEntry> {
  const name = path.basename(source, '.ts');
  // Below the checkout, so that it finds its packages.
  const outDir = path.resolve(clusterFolder(), '..', '.cache', 'tests', `${name}-${process.pid}`);
  const entryFileNames = `${name}.mjs`;
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: path.resolve(import.meta.dirname, source),
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames } },
    },
  });
  return { file: path.join(outDir, entryFileNames), remove: () => rm(outDir, { recursive: true, force: true }) };
}
