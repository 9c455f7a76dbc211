import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { exists, makeFolderOf } from '../engine/files/results';
import { writeMask } from '../engine/image/mask-file';
import { PictureView } from '../engine/image/picture-view';
import { readPicture } from '../engine/image/read-picture';
import { drawWire, findWires } from '../engine/selection/find-wires';
import { selectObject } from '../engine/selection/select-object';
import { BitPlane } from '../shared/bit-plane';
import { errorFor } from '../shared/error-texts';
import { intersect, isEmpty, rectOf } from '../shared/geometry';
import { type CliContext, stopIf } from './cli-context';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { UsageError } from './failure';
import type { MaskOptions } from './mask-options';
import { photoShare } from './photo-share';

/**
 * `mask`: writes what is found in a photo as a mask for `inpaint`.
 * @throws UsageError for a box outside the photo; StudioError as `readPicture` and `writeMask` do, mask-exists,
 * nothing-found, out-not-made
 */
export async function runMask(options: MaskOptions, { output, signal }: CliContext): Promise<ExitCode> {
  const { photo, out, box, wires, overwrite, json } = options;
  if (!overwrite && (await exists(out))) throw errorFor('mask-exists', { name: basename(out) }, { file: out });
  const picture = await readPicture(photo);
  const { width, height } = picture;
  if (box && isEmpty(intersect(box, rectOf(picture)))) {
    throw new UsageError(`--box lies outside the photo of ${width} x ${height} pixels.`);
  }
  const pause = async () => {
    await setImmediate();
    stopIf(signal);
  };
  const view = new PictureView(picture);
  const mask = box
    ? await selectObject(view, { box, object: null, background: null }, pause)
    : new BitPlane(width, height);
  const object = mask.count();
  const found = wires ? await findWires(view, pause) : [];
  for (const wire of found) drawWire(mask, wire);
  const pixels = mask.count();
  if (pixels === 0) throw errorFor('nothing-found', {}, { file: photo });
  await makeFolderOf(out);
  await writeMask(mask, out);
  const lines = wires ? `, ${found.length} ${found.length === 1 ? 'line' : 'lines'}` : '';
  if (json) {
    const report = { photo, out, width, height, pixels, objectPixels: object, wires: found };
    output.write(`${JSON.stringify(report, null, 2)}\n`);
  } else output.write(`${out} (${photoShare(pixels, picture)} of the photo${lines})\n`);
  return EXIT_CODES.done.code;
}
