import path from 'node:path';
import { build } from 'vite';

/** Bundles a TypeScript entry for plain Node into .cache/bench and returns the file. */
export async function bundle(entry) {
  const name = path.basename(entry, '.ts');
  const outDir = path.resolve('.cache/bench');
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr: path.resolve(entry), outDir, emptyOutDir: false, target: 'node20', rollupOptions: { output: { entryFileNames: `${name}.mjs` } } },
  });
  return path.join(outDir, `${name}.mjs`);
}
