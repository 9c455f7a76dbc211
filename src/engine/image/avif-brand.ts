/** What a file of the family of HEIC and AVIF says that it is (ISO/IEC 14496-12, 4.3: major and compatible brands). */

/** Behind length and name of the first box; then a version and the compatible brands follow. */
const MAJOR = 8;
const COMPATIBLE = 16;
const BRAND = 4;

/**
 * An AVIF that begins with the brand of all pictures or sequences (ISO/IEC 23008-12, 10.2 and 10.3) with its own in that place,
 * as the picture library goes by the first one alone. Anything else as it is.
 */
export function withAvifBrand(file: Buffer): Buffer {
  if (!/^ftypm[is]f1$/.test(file.toString('latin1', 4, MAJOR + BRAND))) return file;
  const brands: string[] = [];
  const end = Math.min(file.readUInt32BE(0), file.length);
  for (let at = COMPATIBLE; at + BRAND <= end; at += BRAND) brands.push(file.toString('latin1', at, at + BRAND));
  const own = brands.find((brand) => brand === 'avif' || brand === 'avis');
  if (own === undefined || brands.some((brand) => /^he[iv]/.test(brand))) return file;
  return Buffer.concat([file.subarray(0, MAJOR), Buffer.from(own, 'latin1'), file.subarray(MAJOR + BRAND)]);
}
