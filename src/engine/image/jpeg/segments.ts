/** The outer structure of a JPEG file: marker segments up to the first scan (ITU-T T.81, annex B; JFIF 1.02; CIPA DC-007). */

export const MARKER = {
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dqt: 0xdb,
  dht: 0xc4,
  dri: 0xdd,
  app0: 0xe0,
  app1: 0xe1,
} as const;

/** The kind of frame whose coefficients come in several scans. */
export const PROGRESSIVE = 0xc2;

export interface Segment {
  /** The marker's second byte. */
  readonly marker: number;
  /** Without the length field. */
  readonly data: Buffer;
}

/** One of the picture's planes. */
export interface Component {
  readonly id: number;
  /** Samples a unit of the picture, across and down. */
  readonly h: number;
  readonly v: number;
  /** Number of its quantisation table. */
  readonly table: number;
}

export interface Frame {
  /** 0xc0 baseline, 0xc1 extended sequential, 0xc2 progressive; others are not read here. */
  readonly kind: number;
  /** Bits of a sample. */
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
}

/** Whether a marker begins a frame: SOF0 to SOF15 without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/**
 * Segments from `at` on until the next scan or the end of the file.
 * @returns `at`: where the scan's marker stands; the file's length when there is none
 */
export function segmentsFrom(
  file: Buffer,
  start: number,
): { readonly segments: readonly Segment[]; readonly at: number } {
  const segments: Segment[] = [];
  let at = start;
  while (at + 4 <= file.length) {
    if (file[at] !== 0xff || file[at + 1] === 0xff || file[at + 1] === 0) {
      at += 1;
      continue;
    }
    const marker = file[at + 1];
    if (marker === MARKER.sos) return { segments, at };
    if (marker === MARKER.eoi) break;
    if (marker === MARKER.soi || (marker >= 0xd0 && marker <= 0xd7) || marker === 1) {
      at += 2;
      continue;
    }
    const length = file.readUInt16BE(at + 2);
    segments.push({ marker, data: file.subarray(at + 4, at + 2 + length) });
    at += 2 + length;
  }
  return { segments, at: file.length };
}

/** The frame's header; null when the file has none that can be read. */
export function frameOf(file: Buffer): Frame | null {
  const header = segmentsFrom(file, 2).segments.find(({ marker }) => isFrame(marker));
  return header ? readFrame(header) : null;
}

export function readFrame({ marker, data }: Segment): Frame | null {
  if (!isFrame(marker) || data.length < 6 || data.length < 6 + 3 * data[5]) return null;
  return {
    kind: marker,
    precision: data[0],
    height: data.readUInt16BE(1),
    width: data.readUInt16BE(3),
    components: Array.from({ length: data[5] }, (_, i) => ({
      id: data[6 + 3 * i],
      h: data[7 + 3 * i] >> 4,
      v: data[7 + 3 * i] & 15,
      table: data[8 + 3 * i],
    })),
  };
}

/** A segment as it stands in a file. */
export function segment(marker: number, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(4 + data.length);
  bytes.writeUInt16BE(0xff00 | marker, 0);
  bytes.writeUInt16BE(2 + data.length, 2);
  bytes.set(data, 4);
  return bytes;
}
