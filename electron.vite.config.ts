import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Both Electrons that may run the build understand these: the current one and the pinned one of scripts/electron (Chrome 130, Node 20).
const NODE = 'node20';
const CHROME = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: NODE,
      outDir: 'out/main',
      // Everything in "dependencies" and "optionalDependencies" stays an import: native modules cannot be bundled.
      externalizeDeps: { include: ['electron', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'] },
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          'engine-worker': 'src/engine/services/worker.ts',
          'decode-worker': 'src/engine/image/decode/decode-worker.ts',
          'inference-worker': 'src/engine/inference/inference-worker.ts',
          'trainer-worker': 'src/engine/train/service/worker.ts',
          'train-job': 'src/engine/train/service/job-worker.ts',
          'train-batches': 'src/engine/train/batch-worker.ts',
          'train-feeder': 'src/engine/train/feeder-process.ts',
          'train-loop': 'src/engine/train/loop-process.ts',
          'lab-worker': 'src/engine/lab/lab-worker.ts',
          cli: 'src/cli/index.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      outDir: 'out/preload',
      // A sandboxed preload can only require 'electron': what it uses is bundled, as CommonJS.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts', trainer: 'src/preload/trainer.ts', lab: 'src/preload/lab.ts' },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // Relative, because the page is served from the app's own protocol.
    base: './',
    plugins: [react()],
    // As src/main/app-files.ts names it: each answer gets a nonce of its own in its place.
    html: { cspNonce: 'CSP_NONCE' },
    build: {
      target: CHROME,
      outDir: 'out/renderer',
      rollupOptions: {
        input: {
          index: 'src/renderer/index.html',
          trainer: 'src/renderer/trainer.html',
          lab: 'src/renderer/lab.html',
        },
      },
    },
  },
});
