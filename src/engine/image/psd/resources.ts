/**
 * What stands in a Photoshop file before its layers: header and image resources. Adobe Photoshop File Formats Specification,
 * "Photoshop File Format": "File Header Section" and "Image Resources Section".
 */
import type { Size } from '../../../shared/geometry';

export const SIGNATURE = '8BIM';
/** Colour modes that are read and written. */
export const MODES = { grey: 1, rgb: 3 } as const;

/** Numbers of image resources. */
export const RESOURCES = { resolution: 1005, profile: 1039, version: 1057, exif: 1058, xmp: 1060 } as const;

/** What a picture says of itself besides its samples. */
export interface PsdInformation {
  /** Pixels per inch. */
  readonly density?: number;
  /** An ICC profile. */
  readonly profile?: Uint8Array;
  /** A TIFF structure without the "Exif" prefix. */
  readonly exif?: Uint8Array;
  readonly xmp?: Uint8Array;
}

export interface PsdShape extends Size {
  /** All channels of the merged picture. */
  readonly channels: number;
  readonly depth: 8 | 16;
  readonly grey: boolean;
}

export function header({ channels, width, height, depth, grey }: PsdShape): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.write('8BPS', 'latin1');
  bytes.writeUInt16BE(1, 4);
  bytes.writeUInt16BE(channels, 12);
  bytes.writeUInt32BE(height, 14);
  bytes.writeUInt32BE(width, 18);
  bytes.writeUInt16BE(depth, 22);
  bytes.writeUInt16BE(grey ? MODES.grey : MODES.rgb, 24);
  return bytes;
}

/** The section with its length. */
export function resourceSection({ density, profile, exif, xmp }: PsdInformation): Buffer {
  const blocks = [
    density === undefined ? [] : resource(RESOURCES.resolution, resolution(density)),
    profile ? resource(RESOURCES.profile, profile) : [],
    exif ? resource(RESOURCES.exif, exif) : [],
    xmp ? resource(RESOURCES.xmp, xmp) : [],
  ].flat();
  const section = Buffer.concat(blocks);
  return Buffer.concat([uint32(section.length), section]);
}

function resource(id: number, data: Uint8Array): Buffer[] {
  const head = Buffer.alloc(12);
  head.write(SIGNATURE, 'latin1');
  head.writeUInt16BE(id, 4);
  head.writeUInt32BE(data.length, 8);
  return [head, Buffer.from(data), Buffer.alloc(data.length & 1)];
}

/** Across and down: pixels per inch as 16.16, the unit to show it in, the unit of lengths. */
function resolution(density: number): Buffer {
  const bytes = Buffer.alloc(16);
  for (const at of [0, 8]) {
    bytes.writeUInt32BE(Math.round(density * 65_536), at);
    bytes.writeUInt16BE(1, at + 4);
    bytes.writeUInt16BE(1, at + 6);
  }
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
