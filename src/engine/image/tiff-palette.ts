/** TIFFs with a palette (TIFF 6.0, section 5): stored as grey of 8 bits, whose levels are then said to be places in it. */
import { componentsOf } from './few-colours';
import { TiffBlock } from './tiff-block';
import { withFields } from './tiff-tags';

const PHOTOMETRIC = 262;
const PALETTE = 3;
const COLOUR_MAP = 320;
const PROFILE = 34_675;
const SHORT = 3;
const UNDEFINED = 7;
const ENTRIES = 256;

/** Whether a TIFF's samples are places in a palette. */
export function hasPalette(file: Uint8Array): boolean {
  const tiff = TiffBlock.over(file);
  const kind = tiff?.find(PHOTOMETRIC);
  return tiff !== null && kind !== undefined && tiff.number(kind) === PALETTE;
}

/**
 * @param file a grey TIFF of places in `colours`, which are those of `coloursOf` without transparent ones
 * @param profile an ICC profile of these colours, which the library does not write to what is grey for it
 */
export function withColourMap(file: Buffer, colours: Uint32Array, profile: Uint8Array | undefined): Buffer {
  const map = Buffer.alloc(3 * ENTRIES * 2);
  colours.forEach((colour, place) => {
    const components = componentsOf(colour);
    for (let channel = 0; channel < 3; channel++)
      map.writeUInt16LE(components[channel] * 257, 2 * (channel * ENTRIES + place));
  });
  return withFields(file, [
    { tag: PHOTOMETRIC, type: SHORT, count: 1, data: Uint8Array.of(PALETTE, 0) },
    { tag: COLOUR_MAP, type: SHORT, count: 3 * ENTRIES, data: map },
    ...(profile ? [{ tag: PROFILE, type: UNDEFINED, count: profile.length, data: profile }] : []),
  ]);
}
