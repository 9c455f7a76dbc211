/** What of a JPEG's descriptions stays when its picture is changed. */
import type { Size } from '../../../shared/geometry';
import { withoutExifPreviews } from '../exif';
import { withoutPhotoshopPreviews, withoutXmpPreviews } from '../previews';
import { MARKER, type Segment } from './segments';

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const PROFILE = 'ICC_PROFILE\0';
const PHOTOSHOP = 'Photoshop 3.0\0';
const JFIF = 'JFIF\0';
const [APP2, APP13, APP14, COMMENT] = [0xe2, 0xed, 0xee, 0xfe];

/**
 * A segment without previews of the picture; null: it goes, since it is a preview, or describes what lies behind the picture
 * (MPF, gain maps, the rest of a long XMP packet, in which whole originals stand).
 * @param keep everything, or what is needed to see it alone: its colours, and how it stands
 * @param stored EXIF orientation of what is stored; and its size, where the file's own does not fit any more
 */
export function keptSegment(
  { marker, data }: Segment,
  keep: 'everything' | 'profile',
  stored: { readonly orientation?: number; readonly size?: Size } = {},
): Uint8Array | null {
  const begins = (text: string) => data.toString('latin1', 0, text.length) === text;
  if (marker === MARKER.app0 && begins(JFIF) && data.length >= 14) {
    const plain = Buffer.from(data.subarray(0, 14));
    plain.fill(0, 12); // no thumbnail
    return plain;
  }
  if (marker === APP14 || (marker === APP2 && begins(PROFILE))) return data;
  if (keep === 'profile')
    return marker === MARKER.app1 && begins(EXIF) ? orientationAlone(stored.orientation ?? 1) : null;
  if (marker === COMMENT) return data;
  if (marker === MARKER.app1 && begins(EXIF)) {
    const block = withoutExifPreviews(data.subarray(EXIF.length), stored.size);
    return block && Buffer.concat([data.subarray(0, EXIF.length), block]);
  }
  if (marker === MARKER.app1 && begins(XMP)) {
    return Buffer.from(XMP + withoutXmpPreviews(data.toString('utf8', XMP.length)), 'utf8');
  }
  if (marker === APP13 && begins(PHOTOSHOP)) {
    const resources = withoutPhotoshopPreviews(data.subarray(PHOTOSHOP.length));
    return resources.length === 0 ? null : Buffer.concat([data.subarray(0, PHOTOSHOP.length), resources]);
  }
  return null;
}

/** An EXIF segment that says how the picture stands and nothing else; null: as it is stored. */
function orientationAlone(orientation: number): Uint8Array | null {
  if (orientation === 1) return null;
  const block = Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0', 'latin1');
  block.writeUInt16LE(orientation, block.length - 8);
  return block;
}

/** Whether there are further pictures, a gain map or a film behind the picture. */
export function pointsBehind(segments: readonly Segment[]): boolean {
  return segments.some(
    ({ marker, data }) => marker === APP2 && /^(MPF\0|urn:iso:std:iso:ts:21496)/.test(data.toString('latin1', 0, 30)),
  );
}
