/**
 * A JPEG whose pixels outside the changed ones stay what they are: only the blocks of 8 x 8 samples that a change touches are
 * coded anew, by the file's own tables and at its own colour resolution; all others keep their coefficients. Decoders that
 * smooth between samples of colour mix up to one sample across the border of a changed block. On a smaller canvas the blocks at
 * its right and lower edge stay whole, as jpegtran leaves them: up to 15 pixels that are cut off are in the file, unseen.
 */
import type { Size } from '../../../shared/geometry';
import type { Pause } from '../../raster/pacing';
import type { Picture, Samples } from '../picture';
import { ChangedBlocks, coloursOf, layoutOf, storedOffset } from './changed-blocks';
import { type Plane, readCoefficients } from './coefficients';
import { fileHead, type FileHead } from './scan-head';
import { MARKER, PROGRESSIVE, type Segment, segment } from './segments';
import { type Splicing, spliceScan } from './splice-scan';
import { writeProgressive, writeWhole } from './write-scans';

/** Why a file cannot be changed in part: another picture's or of a kind such as CMYK, or its blocks do not fit the new canvas. */
export type NotInPart = 'kind' | 'canvas';

/**
 * @param file the picture's own
 * @param samples as the picture's, changed somewhere
 * @param kept what to write for each segment of the file that describes the picture, of the size it is stored in; null: nothing
 */
export async function transplant(
  file: Buffer,
  picture: Picture,
  samples: Samples,
  kept: (segment: Segment, stored: Size) => Uint8Array | null,
  pause: Pause,
): Promise<Buffer | NotInPart> {
  if (picture.depth !== 8 || picture.channels !== 3) return 'kind';
  const head = fileHead(file);
  if (!head) return 'kind';
  const { frame, segments } = head;
  const layout = layoutOf(frame.components);
  const colours = coloursOf(frame.components, segments);
  if (!layout || !colours) return 'kind';
  const offset = storedOffset(picture, frame);
  if (offset.x % layout.unitWidth !== 0 || offset.y % layout.unitHeight !== 0) return 'canvas';
  const changed = await ChangedBlocks.find(picture, samples, { layout, colours, file: frame }, pause);
  const { stored } = changed;
  if (!picture.origin.frame && (stored.width !== frame.width || stored.height !== frame.height)) return 'kind';
  const splicing: Splicing = {
    layout,
    changed,
    shift: { x: offset.x / layout.unitWidth, y: offset.y / layout.unitHeight },
    across: Math.ceil(frame.width / layout.unitWidth),
    down: Math.ceil(frame.height / layout.unitHeight),
  };
  const scans = (await spliceScan(file, head, splicing, pause)) ?? (await codedAnew(file, splicing, pause));
  if (!scans) return 'kind';
  return Buffer.concat([
    Buffer.from([0xff, MARKER.soi]),
    ...descriptions(head, stored, (one) => kept(one, stored)),
    ...scans,
    Buffer.from([0xff, MARKER.eoi]),
  ]);
}

/** Segments before the scans, without their tables of codes. */
function descriptions(
  { segments, frame }: FileHead,
  stored: Size,
  kept: (one: Segment) => Uint8Array | null,
): Buffer[] {
  return segments.flatMap(({ marker, data }) => {
    if (marker === MARKER.dht || marker === MARKER.dri) return [];
    if (marker === MARKER.dqt) return [segment(marker, data)];
    if (marker === frame.kind) {
      const sized = Buffer.from(data);
      sized.writeUInt16BE(stored.height, 1);
      sized.writeUInt16BE(stored.width, 3);
      return [segment(marker, sized)];
    }
    const content = kept({ marker, data });
    return content ? [segment(marker, content)] : [];
  });
}

/** All scans of a file, from its coefficients; null: it is damaged. */
async function codedAnew(file: Buffer, splicing: Splicing, pause: Pause): Promise<Buffer[] | null> {
  const read = readCoefficients(file);
  await pause();
  if (!read) return null;
  const planes = read.planes.map((plane, place) => moved(plane, place, splicing));
  const { changed, layout } = splicing;
  let done = 0;
  for (let unit = changed.units.indexOf(1); unit >= 0; unit = changed.units.indexOf(1, unit + 1)) {
    const x = unit % changed.unitsAcross;
    const y = (unit - x) / changed.unitsAcross;
    for (const [place, plane] of planes.entries()) {
      const { h, v } = layout.planes[place];
      for (let row = y * v; row < (y + 1) * v; row++) {
        for (let column = x * h; column < (x + 1) * h; column++) {
          const at = 64 * (row * plane.across + column);
          changed.renew(place, column, row, plane.blocks, at, plane.steps);
        }
      }
    }
    if (++done % 256 === 0) await pause();
  }
  await pause();
  return read.frame.kind === PROGRESSIVE ? writeProgressive(planes) : [writeWhole(planes)];
}

/** A plane as it lies on the new canvas; blocks that the file does not have are zeros. */
function moved(plane: Plane, place: number, { changed, layout, shift, across, down }: Splicing): Plane {
  const same = shift.x === 0 && shift.y === 0 && changed.unitsAcross === across && changed.unitsDown === down;
  const { stepX, stepY } = layout.planes[place];
  const alone = layout.planes.length === 1;
  const used = {
    usedAcross: Math.ceil(Math.ceil(changed.stored.width / stepX) / 8),
    usedDown: Math.ceil(Math.ceil(changed.stored.height / stepY) / 8),
  };
  if (same) return { ...plane, ...used };
  const { h, v } = alone ? { h: 1, v: 1 } : plane;
  const width = changed.unitsAcross * h;
  const height = changed.unitsDown * v;
  const blocks = new Int16Array(64 * width * height);
  const left = shift.x * h;
  const [from, to] = [Math.max(0, -left), Math.min(width, plane.across - left)];
  for (let y = 0; y < height; y++) {
    const old = y + shift.y * v;
    if (old < 0 || old >= plane.down || to <= from) continue;
    const start = 64 * (old * plane.across + left + from);
    blocks.set(plane.blocks.subarray(start, start + 64 * (to - from)), 64 * (y * width + from));
  }
  return { ...plane, ...used, across: width, down: height, blocks };
}
