import { bundle } from './bundle.mjs';
import { json } from './measure.mjs';

const REPEATS = '2';
/** Sides of square holes on 24 megapixels, the one that the others are compared with first. */
const HOLES = [256, 16, 64, 1024, 2048];
/** Widths and heights of photos with a hole of 256 x 256, the one that the others are compared with first. */
const PHOTOS = [
  [1224, 816],
  [3000, 2000],
  [6000, 4000],
  [12_000, 8334],
];

/** What a fill in a started engine costs against the hole's area and against the photo's: the second of two alike fills. */
export async function scalingRows(report) {
  const worker = await bundle('bench/fill-worker.ts');
  const inference = await bundle('src/engine/inference/inference-worker.ts');
  const fill = async (width, height, hole) => {
    const sides = [width, height, hole, hole].map(String);
    const { fills, peakMegabytes } = await json(process.execPath, [worker, inference, 'models', 'remove', REPEATS, ...sides]);
    return { seconds: fills[1].seconds, megabytes: peakMegabytes };
  };
  let base;
  for (const hole of HOLES) {
    const run = await fill(6000, 4000, hole);
    base ??= run;
    report({ name: `fill, 24 MP, hole ${hole} x ${hole}`, ...run, peer: `hole ${HOLES[0]} x ${HOLES[0]}`, peerSeconds: base.seconds, peerMegabytes: base.megabytes });
  }
  let smallest;
  for (const [width, height] of PHOTOS) {
    const run = await fill(width, height, 256);
    smallest ??= run;
    report({ name: `fill, ${Math.round((width * height) / 1e6)} MP, hole 256 x 256`, ...run, peer: '1 MP', peerSeconds: smallest.seconds, peerMegabytes: smallest.megabytes });
  }
}
