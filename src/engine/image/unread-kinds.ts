/** Kinds of files that people take for pictures and that are not read, by how they begin, so that the message can name them. */

/* eslint-disable no-control-regex -- first bytes of files are what they are */
const KINDS: readonly (readonly [kind: string, begins: RegExp])[] = [
  ['BMP of an unusual form', /^BM/],
  ['JPEG XL', /^(\xff\x0a|\0\0\0\x0cJXL )/],
  ['JPEG 2000', /^(\xff\x4f\xff\x51|\0\0\0\x0cjP )/],
  ['PDF', /^%PDF/],
  ['OpenEXR', /^\x76\x2f\x31\x01/],
  ['camera raw', /^(FUJIFILMCCD-RAW|[^]{4}ftypcrx )/],
  ['SVG', /^(\xef\xbb\xbf)?\s*<(svg|\?xml|!doctype svg|!--)/i],
];

/** @param bytes of a whole file or its beginning @returns undefined for what is no picture that is known of */
export function kindOfBytes(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  return KINDS.find(([, begins]) => begins.test(head))?.[0];
}
