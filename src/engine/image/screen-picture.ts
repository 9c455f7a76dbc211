import { encodePicture } from './encode-picture';
import type { Picture, Samples } from './picture';
import { sharp } from './sharp';

/** Copied pictures are for the moment: a smaller file is not worth the wait. */
const COMPRESSION = 1;

/**
 * A PNG as programs take it from the clipboard, which knows no colour profiles: 8 bit in sRGB, with alpha where the picture
 * has it, without camera data.
 * @param samples width x height x channels, of the picture's depth, as from `applyPatches`
 * @throws StudioError as `encodePicture`
 */
export async function screenPicture(picture: Picture, samples: Samples): Promise<Buffer> {
  const { bytes } = await encodePicture(picture, samples, 'png', { keepMetadata: false });
  // Named for the way as well: samples of 16 bit would be taken as they are.
  return sharp(bytes, { limitInputPixels: false })
    .pipelineColourspace('srgb')
    .toColourspace('srgb')
    .png({ compressionLevel: COMPRESSION })
    .toBuffer();
}
