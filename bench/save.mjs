import { bundle } from './bundle.mjs';
import { json, median } from './measure.mjs';

const REPEATS = 3;
const [WIDTH, HEIGHT, HOLE] = [6000, 4000, 300];

/**
 * A filled JPEG of 24 megapixels encoded with its untouched blocks kept, against the library's plain encoding of the same
 * samples, in processor seconds.
 */
export async function saveRows(report) {
  const worker = await bundle('bench/save-worker.ts');
  const times = await json(process.execPath, [worker, ...[REPEATS, WIDTH, HEIGHT, HOLE].map(String)]);
  for (const [kind, { kept, plain }] of Object.entries(times)) {
    report({
      name: `a filled JPEG encoded, ${(WIDTH * HEIGHT) / 1e6} MP, ${kind}, processor`,
      seconds: median(kept),
      peer: 'sharp’s plain encoding; goal 1',
      peerSeconds: median(plain),
    });
  }
}
