/** The records that tell of a Photoshop file's layers (same specification, "Layer records"). */
import type { Rect } from '../../../shared/geometry';
import { SIGNATURE, uint32 } from './resources';

/** Numbers of channels besides those of the colours, which count from 0. */
export const ALPHA = -1;
export const MASK = -2;

/** What a record says of a layer; `group` marks where a group begins and ends, from below. */
export interface LayerRecord {
  readonly name: string;
  readonly visible: boolean;
  /** 0..1 */
  readonly opacity: number;
  readonly box: Rect;
  readonly channels: readonly number[];
  readonly group?: 'end' | 'begin';
}

const SECTIONS = { begin: 2, end: 3 } as const;
const HIDDEN = 2;
/** Its pixels say nothing about how the picture looks. */
const NO_PIXELS = 0x18;

/** A record, with the places in it where the lengths of its channels are to be filled in. */
export function layerRecord(layer: LayerRecord): { bytes: Buffer; lengthsAt: readonly number[] } {
  const { box, channels, name, visible, opacity, group } = layer;
  const head = Buffer.alloc(18 + 6 * channels.length);
  writeBox(head, 0, box);
  head.writeUInt16BE(channels.length, 16);
  const lengthsAt = channels.map((id, index) => {
    head.writeInt16BE(id, 18 + 6 * index);
    return 20 + 6 * index;
  });
  const blend = Buffer.alloc(12);
  blend.write(`${SIGNATURE}norm`, 'latin1');
  blend[8] = Math.round(opacity * 255);
  blend[10] = (visible ? 0 : HIDDEN) | (group ? NO_PIXELS : 0);
  const extra = Buffer.concat([
    channels.includes(MASK) ? maskData(box) : uint32(0),
    // No blending ranges.
    uint32(0),
    shortName(name),
    tagged('luni', unicode(name)),
    ...(group ? [tagged('lsct', Buffer.concat([uint32(SECTIONS[group]), Buffer.from(`${SIGNATURE}norm`)]))] : []),
  ]);
  return { bytes: Buffer.concat([head, blend, uint32(extra.length), extra]), lengthsAt };
}

/** As large as the layer, and hiding what lies outside. */
function maskData(box: Rect): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32BE(20);
  writeBox(bytes, 4, box);
  return bytes;
}

function writeBox(to: Buffer, at: number, { x, y, width, height }: Rect): void {
  [y, x, y + height, x + width].forEach((value, index) => to.writeInt32BE(value, at + 4 * index));
}

/** For programs that know no Unicode: length and characters, filled up to a multiple of four. */
function shortName(name: string): Buffer {
  const plain = name.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 63);
  const bytes = Buffer.alloc(Math.ceil((1 + plain.length) / 4) * 4);
  bytes[0] = plain.length;
  bytes.write(plain, 1, 'latin1');
  return bytes;
}

function unicode(name: string): Buffer {
  const units = Buffer.from(name, 'utf16le').swap16();
  return Buffer.concat([uint32(units.length / 2), units, Buffer.alloc(units.length % 4)]);
}

function tagged(key: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(SIGNATURE + key, 'latin1'), uint32(data.length), data]);
}
