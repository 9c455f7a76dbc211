/**
 * Times the encoding of a JPEG that was filled, its untouched blocks kept, against the plain encoding of the same samples, in turn:
 * REPEATS WIDTH HEIGHT HOLE. The picture is the sample, mirrored until it is as large as asked, and
 * the hole is filled with what stands beside it. Prints all seconds as one line of JSON.
 */
import sharp from 'sharp';
import '../src/engine/testing/decode-here';
import { encodePicture } from '../src/engine/image/encode-picture';
import { readPicture } from '../src/engine/image/read-picture';
import { enlargedSample } from './enlarged-sample';

const [repeats, width, height, hole] = process.argv.slice(2).map(Number);
const QUALITY = 92;

async function photo(progressive: boolean): Promise<Buffer> {
  const samples = await enlargedSample(width, height);
  return sharp(samples, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .jpeg({ quality: QUALITY, progressive })
    .toBuffer();
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

async function measured(progressive: boolean): Promise<object> {
  const picture = await readPicture(await photo(progressive));
  const samples = picture.samples.slice();
  const [left, top] = [(width - hole) >> 1, (height - hole) >> 1];
  for (let y = top; y < top + hole; y++) {
    const at = 3 * (y * width + left);
    samples.set(samples.subarray(at - 3 * hole, at), at);
  }
  const [kept, plain]: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= repeats; turn++) {
    const own = await seconds(() => encodePicture(picture, samples, 'jpeg'));
    const raw = { width, height, channels: 3 as const };
    const other = await seconds(() => sharp(samples, { raw, limitInputPixels: false }).jpeg({ quality: QUALITY, progressive }).toBuffer());
    if (turn === 0) continue;
    kept.push(own);
    plain.push(other);
  }
  return { kept, plain };
}

console.log(JSON.stringify({ sequential: await measured(false), progressive: await measured(true) }));
