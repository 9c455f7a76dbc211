/** Entries of threads and processes, bundled for tests as the program's build does it. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { clusterFolder } from '../runtime/torch/python';

export interface BuiltEntries {
  file(name: string): string;
  remove(): Promise<void>;
}

/** @param input what is built, by the name that it gets: files of train/, such as `batch-worker.ts`; the decoder comes along */
export async function buildEntries(input: Readonly<Record<string, string>>): Promise<BuiltEntries> {
  // Below the checkout, so that they find its packages.
  const folder = path.resolve(clusterFolder(), '..', '.cache', 'tests', `entries-${randomUUID()}`);
  const outDir = path.join(folder, 'out', 'main');
  const all = { ...input, 'decode-worker': '../image/decode/decode-worker.ts' };
  const sources = Object.entries(all).map(([name, source]) => [
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
  // A decoder reads no other description than that of its own program.
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  return {
    file: (name) => path.join(outDir, `${name}.js`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
