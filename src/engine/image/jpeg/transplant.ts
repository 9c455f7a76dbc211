/**
 * A JPEG whose pixels outside the changed ones stay what they are: only the blocks of 8 x 8 samples that a change touches are
 * coded anew, by the file's own tables and at its own colour resolution; all others keep their coefficients. Decoders that
 * smooth between samples of colour mix up to one sample across the border of a changed block.
 */
import { inBands, type Pause } from '../../raster/pacing';
import { storedPoint, storedSize } from '../orientation';
import type { Picture, Samples } from '../picture';
import { type Plane, readCoefficients } from './coefficients';
import { samplesOfBlock, writeBlock } from './dct';
import { MARKER, PROGRESSIVE, type Segment, segment } from './segments';
import { writeProgressive, writeWhole } from './write-scans';

/** What leads back from an orientation's upright pixels. */
const INVERSE = [1, 1, 2, 3, 4, 5, 8, 7, 6] as const;

/**
 * @param file the picture's own
 * @param samples as the picture's, changed somewhere
 * @param kept what to write for each segment of the file that describes the picture; null: nothing
 * @returns null where the file is of a kind that cannot be changed in part (arithmetic, CMYK), or another picture's
 */
export async function transplant(
  file: Buffer,
  picture: Picture,
  samples: Samples,
  kept: (segment: Segment) => Uint8Array | null,
  pause: Pause,
): Promise<Buffer | null> {
  if (picture.depth !== 8 || picture.channels !== 3) return null;
  const read = readCoefficients(file);
  await pause();
  if (!read) return null;
  const { frame, segments, planes } = read;
  const orientation = picture.origin.orientation ?? 1;
  const stored = storedSize(orientation, picture);
  if (frame.width !== stored.width || frame.height !== stored.height) return null;
  const colours = colourOf(planes, segments);
  if (!colours || !planes.every(isEven)) return null;
  const change = await changedPixels(picture, samples, pause);
  const look: Look = { picture, samples, change, orientation, colours, stored };
  for (const [place, plane] of planes.entries()) await renew(plane, place, planes, look, pause);
  const head = segments.flatMap(({ marker, data }) => {
    if (marker === MARKER.dht || marker === MARKER.dri) return [];
    if (marker === MARKER.dqt) return [segment(marker, data)];
    if (marker === frame.kind) return [segment(marker, data)];
    const content = kept({ marker, data });
    return content ? [segment(marker, content)] : [];
  });
  await pause();
  const scans = frame.kind === PROGRESSIVE ? writeProgressive(planes) : [writeWhole(planes)];
  return Buffer.concat([Buffer.from([0xff, MARKER.soi]), ...head, ...scans, Buffer.from([0xff, MARKER.eoi])]);
}

/** Whether a plane has a whole number of the finest one's samples under each of its own. */
function isEven({ h, v }: Plane, _: number, planes: readonly Plane[]): boolean {
  return planes.every((other) => Math.max(other.h, h) % h === 0 && Math.max(other.v, v) % v === 0);
}

/** A plane's value, 0..255, of a colour. */
type Colour = (red: number, green: number, blue: number) => number;

/** JFIF's YCbCr, plain RGB, or grey; null for what is neither (T.871; Adobe's APP14 segment). */
function colourOf(planes: readonly Plane[], segments: readonly Segment[]): readonly Colour[] | null {
  const brightness: Colour = (r, g, b) => 0.299 * r + 0.587 * g + 0.114 * b;
  if (planes.length === 1) return [brightness];
  if (planes.length !== 3) return null;
  const adobe = segments.find(({ marker, data }) => marker === 0xee && data.toString('latin1', 0, 5) === 'Adobe');
  const named = planes.map(({ id }) => String.fromCharCode(id)).join('');
  const jfif = segments.some(({ marker, data }) => marker === MARKER.app0 && data.toString('latin1', 0, 4) === 'JFIF');
  if (adobe && !jfif ? adobe.data[11] === 0 : named === 'RGB' && !jfif) return [(r) => r, (_, g) => g, (_, __, b) => b];
  return [
    brightness,
    (r, g, b) => 128 - 0.168736 * r - 0.331264 * g + 0.5 * b,
    (r, g, b) => 128 + 0.5 * r - 0.418688 * g - 0.081312 * b,
  ];
}

interface Look {
  readonly picture: Picture;
  readonly samples: Samples;
  /** 1 where a pixel is changed, as the picture is seen. */
  readonly change: Uint8Array;
  readonly orientation: number;
  readonly colours: readonly Colour[];
  readonly stored: { readonly width: number; readonly height: number };
}

async function changedPixels({ width, height, samples: old }: Picture, samples: Samples, pause: Pause) {
  const change = new Uint8Array(width * height);
  await inBands({ width, height }, pause, (from, to) => {
    for (let at = from * width, i = 3 * at; at < to * width; at++, i += 3) {
      if (old[i] !== samples[i] || old[i + 1] !== samples[i + 1] || old[i + 2] !== samples[i + 2]) change[at] = 1;
    }
  });
  return change;
}

/** Codes the blocks of a plane anew that hold a changed pixel. */
async function renew(plane: Plane, place: number, planes: readonly Plane[], look: Look, pause: Pause): Promise<void> {
  const stepX = Math.max(...planes.map(({ h }) => h)) / plane.h;
  const stepY = Math.max(...planes.map(({ v }) => v)) / plane.v;
  const touched = touchedBlocks(plane, stepX, stepY, look);
  let done = 0;
  for (let block = 0; block < touched.length; block++) {
    if (touched[block] === 0) continue;
    const at = 64 * block;
    const x = 8 * (block % plane.across);
    const y = 8 * Math.floor(block / plane.across);
    const values = samplesOfBlock(plane.blocks, at, plane.steps);
    for (let i = 0; i < 64; i++) {
      const value = changedValue(look, place, (x + (i & 7)) * stepX, (y + (i >> 3)) * stepY, stepX, stepY);
      if (value !== null) values[i] = value - 128;
    }
    writeBlock(values, plane.blocks, at, plane.steps);
    if (++done % 1024 === 0) await pause();
  }
}

function touchedBlocks(plane: Plane, stepX: number, stepY: number, { picture, change, orientation, stored }: Look) {
  const touched = new Uint8Array(plane.across * plane.down);
  const { width } = picture;
  for (let at = change.indexOf(1); at >= 0; at = change.indexOf(1, at + 1)) {
    const { x, y } = storedPoint(orientation, at % width, Math.floor(at / width), stored);
    touched[Math.floor(y / (8 * stepY)) * plane.across + Math.floor(x / (8 * stepX))] = 1;
  }
  return touched;
}

/**
 * The mean of the pixels under a plane's sample; null where none of them changed. What lies over the edge repeats it.
 * @param left,top of the first of them, as stored
 */
function changedValue(look: Look, place: number, left: number, top: number, across: number, down: number) {
  const { picture, samples, change, orientation, colours, stored } = look;
  let sum = 0;
  let changed = false;
  for (let v = top; v < top + down; v++) {
    for (let u = left; u < left + across; u++) {
      const [x, y] = [Math.min(u, stored.width - 1), Math.min(v, stored.height - 1)];
      const point = orientation === 1 ? { x, y } : storedPoint(INVERSE[orientation], x, y, picture);
      const at = point.y * picture.width + point.x;
      if (change[at] === 1) changed = true;
      sum += colours[place](samples[3 * at], samples[3 * at + 1], samples[3 * at + 2]);
    }
  }
  return changed ? sum / (across * down) : null;
}
