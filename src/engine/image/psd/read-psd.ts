/**
 * Reads the merged picture of a Photoshop file (PSD or PSB), as it is stored for programs that know no layers: 8 or 16 bit,
 * colour or grey, with transparency. Adobe Photoshop File Formats Specification, "Photoshop File Format".
 */
import type { Samples } from '../picture';
import { largestSample, newSamples } from '../planes';
import { unpackRow } from './packbits';
import { MODES, type PsdInformation, RESOURCES, SIGNATURE } from './resources';

/** What a file claims of its merged picture, before any of it is decoded. */
export interface PsdClaims {
  readonly width: number;
  readonly height: number;
  /** Of its file; those behind colours and transparency are selections that were saved. */
  readonly channels: number;
  readonly depth: number;
  readonly mode: number;
  readonly large: boolean;
}

export interface MergedPicture {
  /** 1 or 3 of colour, and one more for transparency, not premultiplied. */
  readonly channels: 1 | 2 | 3 | 4;
  /** width x height x channels */
  readonly samples: Samples;
  readonly information: PsdInformation;
  /** Whether there were channels besides colour and transparency. */
  readonly more: boolean;
}

/** Why a merged picture is not read. */
export class UnreadPsd extends Error {
  constructor(
    readonly why: { readonly kind: 'colours'; readonly name: string } | { readonly kind: 'no-merged' | 'damaged' },
  ) {
    super(why.kind);
  }
}

const HEADER = 26;
const MODE_NAMES = ['black and white', 'grey', 'indexed', 'RGB', 'CMYK', '', '', 'multichannel', 'duotone', 'Lab'];

/** @throws UnreadPsd when the header is cut off */
export function psdClaims(bytes: Buffer): PsdClaims {
  if (bytes.length < HEADER) throw new UnreadPsd({ kind: 'damaged' });
  return {
    large: bytes.readUInt16BE(4) === 2,
    channels: bytes.readUInt16BE(12),
    height: bytes.readUInt32BE(14),
    width: bytes.readUInt32BE(18),
    depth: bytes.readUInt16BE(22),
    mode: bytes.readUInt16BE(24),
  };
}

/** @throws UnreadPsd */
export function readMergedPsd(bytes: Buffer): MergedPicture {
  const claims = psdClaims(bytes);
  const { mode, depth, large } = claims;
  const colours = mode === MODES.rgb ? 3 : mode === MODES.grey ? 1 : 0;
  if (colours === 0 || (depth !== 8 && depth !== 16) || claims.channels < colours) {
    throw new UnreadPsd({ kind: 'colours', name: `${MODE_NAMES[mode] ?? mode}, ${depth} bit` });
  }
  try {
    let at = HEADER;
    at += 4 + bytes.readUInt32BE(at);
    const resources = bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at));
    at += 4 + resources.length;
    const { information, merged } = readResources(resources);
    if (!merged) throw new UnreadPsd({ kind: 'no-merged' });
    const length = large ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at);
    at += large ? 8 : 4;
    const alpha = claims.channels > colours && hasMergedAlpha(bytes.subarray(at, at + length), claims);
    at += length;
    if (!Number.isSafeInteger(at) || at > bytes.length - 2) throw new UnreadPsd({ kind: 'damaged' });
    const channels = (colours + (alpha ? 1 : 0)) as MergedPicture['channels'];
    const samples = readChannels(bytes.subarray(at), claims, depth, channels);
    if (alpha) liftFromWhite(samples, channels, depth);
    return { channels, samples, information, more: claims.channels > channels };
  } catch (thrown) {
    // Reading behind the end.
    if (thrown instanceof RangeError) throw new UnreadPsd({ kind: 'damaged' });
    throw thrown;
  }
}

function readResources(section: Buffer): { information: PsdInformation; merged: boolean } {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 12 <= section.length && section.toString('latin1', at, at + 4) === SIGNATURE;) {
    const id = section.readUInt16BE(at + 4);
    const name = 1 + section[at + 6];
    const data = at + 6 + name + (name & 1);
    const length = section.readUInt32BE(data);
    found.set(id, section.subarray(data + 4, data + 4 + length));
    at = data + 4 + length + (length & 1);
  }
  const [resolution, profile, exif, xmp, version] = [
    RESOURCES.resolution,
    RESOURCES.profile,
    RESOURCES.exif,
    RESOURCES.xmp,
    RESOURCES.version,
  ].map((id) => found.get(id));
  const density = resolution && resolution.length >= 4 ? resolution.readUInt32BE(0) / 65_536 : 0;
  const information = {
    ...(density > 0 ? { density } : {}),
    ...(profile ? { profile } : {}),
    ...(exif ? { exif } : {}),
    ...(xmp ? { xmp } : {}),
  };
  // A file that says nothing of it has one.
  return { information, merged: !version || version.length < 5 || version[4] !== 0 };
}

/** Whether the layers' list says, by a negative count, that the first channel behind the colours is transparency. */
function hasMergedAlpha(section: Buffer, { depth, large }: PsdClaims): boolean {
  const wide = large ? 8 : 4;
  if (depth === 8 || (section.length > wide && section.readUInt32BE(wide - 4) > 0)) {
    return section.length >= wide + 2 && section.readInt16BE(wide) < 0;
  }
  const block = section.indexOf(`${SIGNATURE}Lr16`, 0, 'latin1');
  return block >= 0 && section.readInt16BE(block + 8 + wide) < 0;
}

function readChannels(data: Buffer, claims: PsdClaims, depth: 8 | 16, channels: number): Samples {
  const { width, height, large } = claims;
  const rowBytes = (width * depth) / 8;
  const compression = data.readUInt16BE(0);
  if (compression > 1) throw new UnreadPsd({ kind: 'damaged' });
  const wide = large ? 4 : 2;
  const rows = claims.channels * height;
  let at = 2 + (compression === 1 ? rows * wide : 0);
  // Every row is there before anything is made for it: a packed one takes two bytes at least.
  const least = compression === 1 ? 2 * Math.ceil(rowBytes / 128) : rowBytes;
  if (data.length < at + channels * height * least) throw new UnreadPsd({ kind: 'damaged' });
  const samples = newSamples(width * height * channels, depth);
  const row = Buffer.alloc(rowBytes);
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < height; y++) {
      const entry = 2 + (channel * height + y) * wide;
      const length = compression === 0 ? rowBytes : large ? data.readUInt32BE(entry) : data.readUInt16BE(entry);
      const stored = data.subarray(at, at + length);
      if (compression === 0 ? stored.copy(row) < rowBytes : !unpackRow(stored, row)) {
        throw new UnreadPsd({ kind: 'damaged' });
      }
      at += length;
      let to = y * width * channels + channel;
      if (depth === 8) for (let x = 0; x < width; x++, to += channels) samples[to] = row[x];
      else for (let x = 0; x < width; x++, to += channels) samples[to] = (row[2 * x] << 8) | row[2 * x + 1];
    }
  }
  return samples;
}

/** Takes the white away that is laid under what is transparent. */
function liftFromWhite(samples: Samples, channels: number, depth: 8 | 16): void {
  const white = largestSample(depth);
  for (let at = channels - 1; at < samples.length; at += channels) {
    const alpha = samples[at];
    if (alpha === white) continue;
    for (let to = at - channels + 1; to < at; to++) {
      const lifted = alpha === 0 ? white : Math.round(white + ((samples[to] - white) * white) / alpha);
      samples[to] = Math.min(white, Math.max(0, lifted));
    }
  }
}
