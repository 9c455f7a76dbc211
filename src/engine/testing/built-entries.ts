/** Entries of threads and processes, bundled for tests as the program's build does it. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { clusterFolder } from '../runtime/torch/python';

export interface BuiltEntries {
  file(name: string): string;
  remove(): Promise<void>;
}

/** @param input what is built, by the name that it gets: files of train/, such as `batch-worker.ts` */
export async function buildEntries(input: Readonly<Record<string, string>>): Promise<BuiltEntries> {
  // Below the checkout, so that they find its packages.
  const outDir = path.resolve(clusterFolder(), '..', '.cache', 'tests', `entries-${randomUUID()}`);
  const sources = Object.entries(input).map(([name, source]) => [
    name,
    path.resolve(import.meta.dirname, '..', 'train', source),
  ]);
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(sources) as Record<string, string>,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  return {
    file: (name) => path.join(outDir, `${name}.js`),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
