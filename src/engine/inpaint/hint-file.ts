import { StudioError } from '../../shared/errors';
import { boundsWhere, type Size } from '../../shared/geometry';
import type { Hint } from './hint';
import { sampleTo8 } from '../image/planes';
import { readPicture } from '../image/read-picture';

/**
 * A colour hint from a picture file with transparency: what is opaque in it is the hint. Its colours are taken as the
 * photo's own: a profile is not applied.
 * @returns null when it is transparent everywhere
 * @throws StudioError mask-size-mismatch when it has not the size of the picture, bad-request when it has no transparency;
 * and as `readPicture`
 */
export async function readHint(file: string, size: Size): Promise<Hint | null> {
  const { width, height, channels, depth, samples } = await readPicture(file);
  if (width !== size.width || height !== size.height) {
    throw new StudioError({
      code: 'mask-size-mismatch',
      message: `The hint has ${width} x ${height} pixels, but the picture has ${size.width} x ${size.height}.`,
      remedy: 'Paint the hint on a transparent layer over the picture itself.',
      file,
    });
  }
  if (channels !== 4) {
    throw new StudioError({
      code: 'bad-request',
      message: 'The hint has no transparency, so it would cover everything.',
      remedy: 'Save it as a PNG that is transparent where there is no hint.',
      file,
    });
  }
  const to8 = depth === 16 ? sampleTo8 : (sample: number) => sample;
  const box = boundsWhere({ width, height }, (at) => to8(samples[4 * at + 3]) > 0);
  if (!box) return null;
  const pixels = new Uint8Array(box.width * box.height * 4);
  for (let y = 0, to = 0; y < box.height; y++) {
    let from = ((box.y + y) * width + box.x) * 4;
    for (let i = 0; i < box.width * 4; i++) pixels[to++] = to8(samples[from++]);
  }
  return { box, step: 1, pixels };
}
