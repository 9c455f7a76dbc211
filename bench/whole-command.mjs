import { mkdirSync } from 'node:fs';
import sharp from 'sharp';
import { command, median, pythonWith } from './measure.mjs';

const REPEATS = 3;
const [WIDTH, HEIGHT] = [6000, 4000];
const HOLE = 300;
/** Programs that fill the same hole in the same file: what they need of Python, and where that comes from. */
const PEERS = [
  { method: 'telea', name: 'OpenCV, Telea', modules: 'cv2', from: 'opencv-python-headless' },
  { method: 'patchmatch', name: 'pypatchmatch', modules: 'cv2, patchmatch.patch_match', from: 'opencv-python-headless pypatchmatch', goal: 0.35 },
];

/**
 * The whole command on a 24-megapixel JPEG with a hole 300 pixels wide, against what no program can save: decoding,
 * encoding, and the same command's work on a picture that is just the crop (start, network and blending); and against
 * OpenCV's and pypatchmatch's inpainting of the same files.
 */
export async function wholeCommandRows(report) {
  const folder = '.cache/bench';
  mkdirSync(folder, { recursive: true });
  const [photo, mask, crop, cropMask] = ['photo.jpg', 'mask.png', 'crop.png', 'crop-mask.png'].map((name) => `${folder}/${name}`);
  await makePictures(photo, mask, crop, cropMask);
  const inpaint = (picture, hole, out) => command(process.execPath, ['out/main/cli.js', 'inpaint', picture, '--mask', hole, '-o', out, '--overwrite']);
  const peers = PEERS.map((peer) => ({ ...peer, python: pythonWith(peer.modules), times: [], peak: 0 }));
  const times = { whole: [], crop: [], codec: [] };
  let peak = 0;
  for (let i = 0; i < REPEATS; i++) {
    const whole = await inpaint(photo, mask, `${folder}/out.jpg`);
    peak = Math.max(peak, whole.peakMegabytes);
    times.whole.push(whole.seconds);
    times.crop.push((await inpaint(crop, cropMask, `${folder}/crop-out.png`)).seconds);
    const start = performance.now();
    const { data, info } = await sharp(photo).raw().toBuffer({ resolveWithObject: true });
    await sharp(data, { raw: info }).jpeg({ quality: 92 }).toFile(`${folder}/codec.jpg`);
    times.codec.push((performance.now() - start) / 1000);
    for (const peer of peers) {
      if (peer.python === null) continue;
      const run = await command(peer.python, ['bench/classical_peer.py', peer.method, photo, mask, `${folder}/${peer.method}.jpg`]);
      peer.peak = Math.max(peer.peak, run.peakMegabytes);
      peer.times.push(run.seconds);
    }
  }
  const row = {
    name: `command, ${(WIDTH * HEIGHT) / 1e6} MP JPEG, hole ${HOLE} wide`,
    seconds: median(times.whole),
    megabytes: peak,
  };
  report({
    ...row,
    peer: 'decode + encode + command on the crop',
    peerSeconds: median(times.codec) + median(times.crop),
  });
  for (const { name, goal, from, python, times: seconds, peak: megabytes } of peers) {
    report(
      python === null
        ? { ...row, peer: `${name}: not measured, since no Python here has it (pip install ${from})` }
        : { ...row, peer: goal ? `${name}; goal ${goal}` : name, peerSeconds: median(seconds), peerMegabytes: megabytes },
    );
  }
}

async function makePictures(photo, mask, crop, cropMask) {
  const sample = await sharp('resources/sample.jpg').resize(WIDTH, HEIGHT, { fit: 'cover' }).raw().toBuffer({ resolveWithObject: true });
  await sharp(sample.data, { raw: sample.info }).jpeg({ quality: 92 }).toFile(photo);
  const hole = (width, height) =>
    sharp({ create: { width, height, channels: 3, background: 'black' } }).composite([
      { input: { create: { width: HOLE, height: HOLE, channels: 3, background: 'white' } }, left: (width - HOLE) >> 1, top: (height - HOLE) >> 1 },
    ]);
  await hole(WIDTH, HEIGHT).png().toFile(mask);
  const side = 3 * HOLE;
  const middle = { left: (WIDTH - side) >> 1, top: (HEIGHT - side) >> 1, width: side, height: side };
  await sharp(sample.data, { raw: sample.info }).extract(middle).png().toFile(crop);
  await hole(side, side).png().toFile(cropMask);
}
