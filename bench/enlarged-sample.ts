import sharp from 'sharp';
import { mirrored } from '../src/engine/image/picture-view';

/** The sample, mirrored until it is as large as asked: samples of RGB. */
export async function enlargedSample(width: number, height: number): Promise<Uint8Array> {
  const { data, info } = await sharp('resources/sample.jpg').raw().toBuffer({ resolveWithObject: true });
  const samples = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const row = 3 * info.width * mirrored(y, info.height);
    for (let x = 0; x < width; x++, to += 3) {
      const from = row + 3 * mirrored(x, info.width);
      samples[to] = data[from];
      samples[to + 1] = data[from + 1];
      samples[to + 2] = data[from + 2];
    }
  }
  return samples;
}
