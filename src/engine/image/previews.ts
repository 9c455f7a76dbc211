/**
 * Small copies of the picture inside its metadata. They still show what was removed, and so go: XMP thumbnails and embedded
 * originals (XMP specification, part 2, 1.2.2.1; Adobe and Google extensions), Photoshop's thumbnail resources (Adobe Photoshop
 * File Formats, image resources 1033 and 1036). EXIF's are `uprightExif`'s. What points to gain maps, films and depths behind
 * the picture goes too, since these are not kept.
 */

/** The elements of XMP that hold a picture, a film, or point to one, with any namespace's usual prefix. */
const ELEMENTS = [
  'xmp:Thumbnails',
  'xap:Thumbnails',
  'xmpGImg:image',
  'xapGImg:image',
  'xmp:PageInfo',
  'GImage:Data',
  'GDepth:Data',
  'GAudio:Data',
  'Container:Directory',
  'GContainer:Directory',
  'hdrgm:[A-Za-z]+',
  'HDRGainMap:[A-Za-z]+',
  'GCamera:(?:MotionPhoto|MicroVideo)[A-Za-z]*',
  'xmpNote:HasExtendedXMP',
];
const ELEMENT = new RegExp(`<(${ELEMENTS.join('|')})(?:\\s[^>]*)?(?:/>|>[^]*?</\\1>)`, 'g');
const ATTRIBUTE = new RegExp(`\\s(?:${ELEMENTS.join('|')})\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'g');
const FURTHER = /hdrgm:|HDRGainMap:|GCamera:(?:MotionPhoto|MicroVideo)|Container:Directory|GDepth:Data|GImage:Data/;

export function withoutXmpPreviews(xmp: string): string {
  return xmp.replace(ELEMENT, '').replace(ATTRIBUTE, '');
}

/** Whether XMP speaks of a gain map, a film, a depth map or another picture behind this one. */
export function tellsOfFurtherData(xmp: string): boolean {
  return FURTHER.test(xmp);
}

const THUMBNAILS = [1033, 1036];

/** Photoshop's image resources ("8BIM" blocks, each with its number, a name and data) without the thumbnails. */
export function withoutPhotoshopPreviews(resources: Buffer): Buffer {
  const kept: Buffer[] = [];
  let at = 0;
  while (at + 12 <= resources.length && /^(8BIM|MeSa|PHUT|AgHg|DCSR)$/.test(resources.toString('latin1', at, at + 4))) {
    const id = resources.readUInt16BE(at + 4);
    const named = at + 6 + even(1 + resources[at + 6]);
    if (named + 4 > resources.length) break;
    const end = named + 4 + even(resources.readUInt32BE(named));
    if (!THUMBNAILS.includes(id)) kept.push(resources.subarray(at, Math.min(end, resources.length)));
    at = end;
  }
  return Buffer.concat(at === 0 ? [resources] : kept);
}

function even(length: number): number {
  return length + (length & 1);
}
