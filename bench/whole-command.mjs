import { mkdirSync } from 'node:fs';
import sharp from 'sharp';
import { command, median, pythonWith } from './measure.mjs';

const REPEATS = 3;
const [WIDTH, HEIGHT] = [6000, 4000];
const HOLE = 300;

/**
 * The whole command on a 24-megapixel JPEG with a hole 300 pixels wide, against what no program can save: decoding,
 * encoding, and the same command's work on a picture that is just the crop (start, network and blending); and against
 * OpenCV's inpainting of the same files.
 */
export async function wholeCommandRows(report) {
  const folder = '.cache/bench';
  mkdirSync(folder, { recursive: true });
  const [photo, mask, crop, cropMask] = ['photo.jpg', 'mask.png', 'crop.png', 'crop-mask.png'].map((name) => `${folder}/${name}`);
  await makePictures(photo, mask, crop, cropMask);
  const inpaint = (picture, hole, out) => command(process.execPath, ['out/main/cli.js', 'inpaint', picture, '--mask', hole, '-o', out, '--overwrite']);
  const python = pythonWith('cv2');
  const times = { whole: [], crop: [], codec: [], telea: [] };
  const peaks = { whole: 0, telea: 0 };
  for (let i = 0; i < REPEATS; i++) {
    const whole = await inpaint(photo, mask, `${folder}/out.jpg`);
    peaks.whole = Math.max(peaks.whole, whole.peakMegabytes);
    times.whole.push(whole.seconds);
    times.crop.push((await inpaint(crop, cropMask, `${folder}/crop-out.png`)).seconds);
    const start = performance.now();
    const { data, info } = await sharp(photo).raw().toBuffer({ resolveWithObject: true });
    await sharp(data, { raw: info }).jpeg({ quality: 92 }).toFile(`${folder}/codec.jpg`);
    times.codec.push((performance.now() - start) / 1000);
    if (python === null) continue;
    const telea = await command(python, ['bench/opencv_peer.py', photo, mask, `${folder}/telea.jpg`]);
    peaks.telea = Math.max(peaks.telea, telea.peakMegabytes);
    times.telea.push(telea.seconds);
  }
  const row = {
    name: `command, ${(WIDTH * HEIGHT) / 1e6} MP JPEG, hole ${HOLE} wide`,
    seconds: median(times.whole),
    megabytes: peaks.whole,
  };
  report({
    ...row,
    peer: 'decode + encode + command on the crop',
    peerSeconds: median(times.codec) + median(times.crop),
  });
  report(
    python === null
      ? { ...row, peer: 'OpenCV is not installed (pip install opencv-python-headless)' }
      : { ...row, peer: 'OpenCV, Telea', peerSeconds: median(times.telea), peerMegabytes: peaks.telea },
  );
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
