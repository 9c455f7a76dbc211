import { bundle } from './bundle.mjs';
import { json } from './measure.mjs';

const HOLES = [
  [256, 256],
  [1000, 800],
];
const REPEATS = '2';
const PHOTO = { megapixels: 24, width: 6000, height: 4000 };
const LARGER = { megapixels: 100, width: 12_000, height: 8334 };

/**
 * From Fill to the result in a started engine, decoding and encoding left out: models/default with detail, the first of the
 * fills, which makes its sessions. Remove against Restore of the same hole, and 100 megapixels against 24.
 */
export async function fillRows(report) {
  const worker = await bundle('bench/fill-worker.ts');
  const inference = await bundle('src/engine/inference/inference-worker.ts');
  const fill = async (manner, { width, height }, hole, ...more) => {
    const sizes = [width, height, ...hole].map(String);
    const run = await json(process.execPath, [worker, inference, 'models', manner, REPEATS, ...sizes, ...more]);
    return { ...run.fills[0], second: run.fills[1], variants: run.variants, refused: run.refused, megabytes: run.peakMegabytes, network: run.networkMegabytes.toFixed(0) };
  };
  let remove;
  for (const hole of HOLES) {
    const name = `fill, ${PHOTO.megapixels} MP, hole ${hole.join(' x ')}`;
    const restore = await fill('restore', PHOTO, hole);
    remove = await fill('remove', PHOTO, hole, 'variants');
    report({
      name: `${name}: Remove (engine; the network’s process: ${remove.network} MB)`,
      seconds: remove.seconds,
      megabytes: remove.megabytes,
      peer: 'Restore; goal 1.2',
      peerSeconds: restore.seconds,
      peerMegabytes: restore.megabytes,
    });
    const { second, variants, refused } = remove;
    report({ name: `${name}: processor`, seconds: second.cpu, peer: 'Restore; goal 1.2', peerSeconds: restore.second.cpu });
    report({ name: `${name}: five variants`, seconds: variants.seconds, peer: 'one; goal 2', peerSeconds: second.seconds });
    report({ name: `${name}: five variants, processor`, seconds: variants.cpu, peer: 'one; goal 2', peerSeconds: second.cpu });
    report({ name: `${name}: preview`, seconds: remove.preview, peer: 'Restore; goal 1', peerSeconds: restore.preview });
    // 0.3 s at most on a quiet machine; how long it takes on another says the ratio to what has always been heard soon.
    const deaf = `${name}: longest time until a cancel is heard`;
    report({ name: deaf, seconds: remove.longestDeaf, peer: 'Restore; goal 1', peerSeconds: restore.longestDeaf });
    const cut = `${name}: cut again without a piece, processor`;
    report({ name: cut, seconds: refused.cpu, peer: 'one; goal 0.25', peerSeconds: second.cpu });
  }
  const [hole] = HOLES.slice(-1);
  const larger = await fill('remove', LARGER, hole);
  report({
    name: `fill, ${LARGER.megapixels} MP, hole ${hole.join(' x ')}: Remove`,
    seconds: larger.seconds,
    megabytes: larger.megabytes,
    peer: `${PHOTO.megapixels} MP; goal 1.1`,
    peerSeconds: remove.seconds,
    peerMegabytes: remove.megabytes,
  });
}
