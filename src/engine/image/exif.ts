/**
 * EXIF as bytes. The picture library writes its own, shorter version of a file's EXIF; this keeps every byte of the
 * original but those that a changed picture makes untrue. Layout: TIFF 6.0, section 2, and EXIF 2.32, section 4.
 */
import type { Size } from '../../shared/geometry';
import { TiffBlock } from './tiff-block';

const TAG = {
  stripOffsets: 0x0111,
  orientation: 0x0112,
  stripLengths: 0x0117,
  thumbnailOffset: 0x0201,
  thumbnailLength: 0x0202,
  exifDirectory: 0x8769,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
} as const;

/** The block without the "Exif" prefix that JPEG and some WebP files put before it. */
export function withoutExifPrefix(block: Uint8Array): Uint8Array {
  const prefix = Buffer.from('Exif\0\0', 'latin1');
  return Uint8Array.from(prefix.equals(block.subarray(0, 6)) ? block.subarray(6) : block);
}

/**
 * A copy that fits upright samples of the given size: orientation 1, the new width and height, and no previews. Null when the
 * block is no readable EXIF.
 */
export function uprightExif(block: Uint8Array, size: Size): Uint8Array | null {
  const copy = withoutExifPreviews(block, size);
  const tiff = copy && TiffBlock.over(copy);
  const main = tiff?.directory(tiff.firstDirectory);
  if (!tiff || !main) return null;
  for (const entry of main.entries) if (entry.tag === TAG.orientation) tiff.setNumber(entry, 1);
  return copy;
}

/**
 * A copy without thumbnail, whether it is a JPEG or plain samples, and without the larger previews in maker notes, since these
 * would still show what was removed from the picture. Their bytes are zeroed, so that the block keeps its length and every
 * offset in it (maker notes have some) stays right. Null when the block is no readable EXIF.
 * @param size width and height for it to state; left out: as it states them
 */
export function withoutExifPreviews(block: Uint8Array, size?: Size): Uint8Array | null {
  const copy = Uint8Array.from(block); // a Buffer's slice would be no copy
  const tiff = TiffBlock.over(copy);
  const main = tiff?.directory(tiff.firstDirectory);
  if (!tiff || !main) return null;
  const thumbnail = main.next === 0 ? null : tiff.directory(main.next);
  for (const [place, length] of [
    [TAG.thumbnailOffset, TAG.thumbnailLength],
    [TAG.stripOffsets, TAG.stripLengths],
  ]) {
    const value = (tag: number): number => {
      const entry = thumbnail?.entries.find((candidate) => candidate.tag === tag);
      return entry && entry.count === 1 ? tiff.number(entry) : 0;
    };
    const start = value(place);
    copy.fill(0, start, start + value(length));
  }
  if (size) {
    for (const entry of main.entries) if (entry.tag === TAG.exifDirectory) setSize(tiff, tiff.number(entry), size);
  }
  tiff.unlinkNext(main);
  blankJpegs(Buffer.from(copy.buffer));
  return copy;
}

/** Zeroes whatever is a JPEG in a block, from its first marker to its end. */
function blankJpegs(block: Buffer): void {
  const [begin, end] = [Buffer.from([0xff, 0xd8, 0xff]), Buffer.from([0xff, 0xd9])];
  for (let at = block.indexOf(begin); at >= 0; at = block.indexOf(begin, at + 1)) {
    if (![0xdb, 0xe0, 0xe1, 0xc0, 0xc4, 0xdd, 0xfe].includes(block[at + 3])) continue;
    let last = block.indexOf(end, at + 3);
    // A preview may have a thumbnail of its own, which ends first.
    for (let inner = block.indexOf(begin, at + 3); inner >= 0 && inner < last;) {
      inner = block.indexOf(begin, inner + 3);
      last = block.indexOf(end, last + 2);
    }
    if (last < 0) return;
    block.fill(0, at, last + 2);
  }
}

function setSize(tiff: TiffBlock, at: number, size: Size): void {
  for (const entry of tiff.directory(at)?.entries ?? []) {
    if (entry.tag === TAG.pixelWidth) tiff.setNumber(entry, size.width);
    if (entry.tag === TAG.pixelHeight) tiff.setNumber(entry, size.height);
  }
}
