/**
 * The colour box of an AVIF file ("colr" of kind "nclx": ISO/IEC 14496-12, 12.1.5), which the picture library neither reads nor
 * writes: found, and put in as a property of the picture (ISO/IEC 23008-12, 9.3; ISO/IEC 14496-12, 8.11.3).
 */

/** H.273 code points. */
export interface CodePoints {
  readonly primaries: number;
  readonly transfer: number;
}

interface Box {
  readonly name: string;
  /** Of its size field. */
  readonly at: number;
  readonly end: number;
}

const HEADER = 8;
/** A full box has version and flags before its content. */
const FULL_HEADER = 12;

/** null: the file has no such box. */
export function avifCodePoints(file: Buffer): CodePoints | null {
  const box = colourBox(file);
  return box === undefined
    ? null
    : { primaries: file.readUInt16BE(box.at + 12), transfer: file.readUInt16BE(box.at + 14) };
}

function colourBox(file: Buffer): Box | undefined {
  const properties = boxAt(file, ['meta', 'iprp', 'ipco']);
  if (!properties) return undefined;
  return boxes(file, properties.at + HEADER, properties.end).find(
    ({ name, at }) => name === 'colr' && file.toString('latin1', at + 8, at + 12) === 'nclx',
  );
}

/** The file with these code points; how its samples are coded (matrix and range) stays. Null: it is built otherwise. */
export function withAvifCodePoints(file: Buffer, { primaries, transfer }: CodePoints): Buffer | null {
  const box = colourBox(file);
  if (box) {
    const result = Buffer.from(file);
    result.writeUInt16BE(primaries, box.at + 12);
    result.writeUInt16BE(transfer, box.at + 14);
    return result;
  }
  const colour = Buffer.from('\0\0\0\x13colrnclx\0\0\0\0\0\x06\x80', 'latin1');
  colour.writeUInt16BE(primaries, 12);
  colour.writeUInt16BE(transfer, 14);
  return withProperty(file, colour);
}

function withProperty(file: Buffer, property: Buffer): Buffer | null {
  const path = ['meta', 'iprp', 'ipco'];
  const [meta, iprp, ipco] = [1, 2, 3].map((length) => boxAt(file, path.slice(0, length)));
  const [ipma, iloc, pitm] = [
    ['meta', 'iprp', 'ipma'],
    ['meta', 'iloc'],
    ['meta', 'pitm'],
  ].map((way) => boxAt(file, way));
  if (!meta || !iprp || !ipco || !ipma || !iloc || !pitm) return null;
  const number = boxes(file, ipco.at + HEADER, ipco.end).length + 1;
  const item = file[pitm.at + HEADER] === 0 ? file.readUInt16BE(pitm.at + FULL_HEADER) : -1;
  const count = associationsOf(file, ipma, item);
  if (count < 0 || number > 127 || ipco.end > ipma.at) return null;
  const result = Buffer.concat([
    file.subarray(0, ipco.end),
    property,
    file.subarray(ipco.end, count + 1),
    Buffer.of(number),
    file.subarray(count + 1),
  ]);
  const grown = property.length + 1;
  for (const { at } of [meta, iprp]) result.writeUInt32BE(result.readUInt32BE(at) + grown, at);
  result.writeUInt32BE(result.readUInt32BE(ipco.at) + property.length, ipco.at);
  result.writeUInt32BE(result.readUInt32BE(ipma.at + property.length) + 1, ipma.at + property.length);
  result[count + property.length] += 1;
  return moveItems(result, iloc, grown) ? result : null;
}

/** Where the number of an item's properties stands; -1 when they are listed in another form. */
function associationsOf(file: Buffer, { at, end }: Box, item: number): number {
  // Version 0, flags 0: items of 16 bits, properties of 7.
  if (file.readUInt32BE(at + HEADER) !== 0) return -1;
  let place = at + FULL_HEADER + 4;
  while (place + 3 <= end) {
    if (file.readUInt16BE(place) === item) return place + 2;
    place += 3 + file[place + 2];
  }
  return -1;
}

/** Adds to where items' data begin in the file. @returns false when they are told in another form */
function moveItems(file: Buffer, { at }: Box, by: number): boolean {
  const version = file[at + HEADER];
  const sizes = file.readUInt16BE(at + FULL_HEADER);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  if (version > 1 || offsetSize !== 4 || (baseSize !== 0 && baseSize !== 4)) return false;
  let place = at + FULL_HEADER + 4;
  for (let left = file.readUInt16BE(place - 2); left > 0; left--) {
    place += version === 1 ? 6 : 4; // the item, and how its data are found, and where they are
    const extents = file.readUInt16BE(place + baseSize);
    const hasBase = baseSize === 4 && file.readUInt32BE(place) > 0;
    if (hasBase) file.writeUInt32BE(file.readUInt32BE(place) + by, place);
    place += baseSize + 2;
    for (let i = 0; i < extents; i++, place += offsetSize + lengthSize) {
      if (!hasBase) file.writeUInt32BE(file.readUInt32BE(place) + by, place);
    }
  }
  return true;
}

/** The box at a path of names. */
function boxAt(file: Buffer, path: readonly string[]): Box | undefined {
  let inside: { readonly from: number; readonly to: number } = { from: 0, to: file.length };
  let found: Box | undefined;
  for (const name of path) {
    found = boxes(file, inside.from, inside.to).find((box) => box.name === name);
    if (!found) return undefined;
    inside = { from: found.at + (name === 'meta' ? FULL_HEADER : HEADER), to: found.end };
  }
  return found;
}

function boxes(file: Buffer, from: number, to: number): Box[] {
  const list: Box[] = [];
  for (let at = from; at + HEADER <= to;) {
    const length = file.readUInt32BE(at);
    const end = length === 0 ? to : at + length;
    if ((length !== 0 && length < HEADER) || end > to) break;
    list.push({ name: file.toString('latin1', at + 4, at + 8), at, end });
    at = end;
  }
  return list;
}
