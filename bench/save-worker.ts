/**
 * Times the encoding of a JPEG that was filled, its untouched blocks kept, against the plain encoding of the same samples, in turn:
 * REPEATS WIDTH HEIGHT HOLE. The picture is the sample, mirrored until it is as large as asked, and
 * the hole is filled with what stands beside it. Prints one line of JSON.
 */
import sharp from 'sharp';
import { encodePicture } from '../src/engine/image/encode-picture';
import { mirrored } from '../src/engine/image/picture-view';
import { readPicture } from '../src/engine/image/read-picture';

const [repeats, width, height, hole] = process.argv.slice(2).map(Number);
const QUALITY = 92;

async function photo(progressive: boolean): Promise<Buffer> {
  const { data, info } = await sharp('resources/sample.jpg').raw().toBuffer({ resolveWithObject: true });
  const samples = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const row = 3 * info.width * mirrored(y, info.height);
    for (let x = 0; x < width; x++, to += 3) {
      const from = row + 3 * mirrored(x, info.width);
      for (let i = 0; i < 3; i++) samples[to + i] = data[from + i];
    }
  }
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
const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

async function measured(progressive: boolean): Promise<object> {
  const file = await photo(progressive);
  const picture = await readPicture(file);
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
  return { megabytes: file.length / 2 ** 20, kept: middle(kept), plain: middle(plain) };
}

console.log(JSON.stringify({ sequential: await measured(false), progressive: await measured(true) }));
