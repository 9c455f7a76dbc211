import { bundle } from './bundle.mjs';
import { json } from './measure.mjs';

const HOLE = ['1000', '800'];
const REPEATS = '2';
const PICTURES = [
  { megapixels: 24, width: 6000, height: 4000 },
  { megapixels: 100, width: 12_000, height: 8334 },
];
/** What a fill of the hole may take on two cores, seconds; and how soon something is to be seen. */
const GOAL = 6;
const PREVIEW_GOAL = 1;

/**
 * From Fill to the result in a started engine, decoding and encoding left out: models/default with detail, the first of the
 * fills, which makes its sessions. 100 megapixels against 24 with the same hole.
 */
export async function fillRows(report) {
  const worker = await bundle('bench/fill-worker.ts');
  const inference = await bundle('src/engine/inference/inference-worker.ts');
  let smaller;
  for (const { megapixels, width, height } of PICTURES) {
    const run = await json(process.execPath, [worker, inference, 'models', REPEATS, String(width), String(height), ...HOLE]);
    const [first] = run.fills;
    const name = `fill, ${megapixels} MP, hole ${HOLE.join(' x ')}`;
    report({
      name: `${name} (engine; the network’s process: ${run.networkMegabytes.toFixed(0)} MB)`,
      seconds: first.seconds,
      megabytes: run.peakMegabytes,
      ...(smaller === undefined ? { peer: 'goal', peerSeconds: GOAL } : { peer: '24 MP', peerSeconds: smaller }),
    });
    report({ name: `${name}: preview`, seconds: first.preview, peer: 'goal', peerSeconds: PREVIEW_GOAL });
    report({ name: `${name}: longest time until a cancel is heard`, seconds: first.longestDeaf, peer: 'goal', peerSeconds: 1 });
    smaller ??= first.seconds;
  }
}
