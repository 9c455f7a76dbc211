/**
 * Writes a picture with its layers as a Photoshop file: 8 or 16 bit, colour or grey, with its profile. Adobe Photoshop File
 * Formats Specification, "Photoshop File Format". Why no library: none that is maintained writes 16 bit, or layer after layer.
 */
import type { FileHandle } from 'node:fs/promises';
import type { BitPlane } from '../../../shared/bit-plane';
import { errorFor } from '../../../shared/error-texts';
import type { StudioError } from '../../../shared/errors';
import type { Rect } from '../../../shared/geometry';
import type { SampleBlock } from '../patches';
import type { Samples } from '../picture';
import { largestSample } from '../planes';
import { FileSink } from './file-sink';
import { ALPHA, layerRecord, type LayerRecord, MASK } from './layer-records';
import { packedBound, packRow } from './packbits';
import { header, type PsdInformation, type PsdShape, resourceSection, SIGNATURE, uint32 } from './resources';

/** What a layer shows: samples of a box, and where of it is seen; null: everywhere. */
export interface LayerRaster {
  readonly block: SampleBlock;
  readonly mask: BitPlane | null;
}

export interface PsdLayer {
  readonly kind: 'layer';
  readonly name: string;
  readonly visible: boolean;
  /** 0..1 */
  readonly opacity: number;
  readonly box: Rect;
  readonly masked: boolean;
  /** Called once, when the layer is written, so that one at a time is in memory. */
  readonly raster: () => Promise<LayerRaster>;
}

export interface PsdGroup {
  readonly kind: 'group';
  readonly name: string;
  readonly visible: boolean;
  readonly layers: readonly PsdLayer[];
}

export interface PsdContent {
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  readonly grey: boolean;
  /** Whether the merged picture has transparency. */
  readonly alpha: boolean;
  readonly information: PsdInformation;
  /** Lowest first. */
  readonly layers: readonly (PsdLayer | PsdGroup)[];
  /** Rows of the merged picture, which are asked for once a channel. */
  readonly merged: (box: Rect) => SampleBlock;
}

/** Longest side, pixels, and bytes of a file (the larger kind of file, PSB, is known to few programs). */
export const PSD_LIMITS = { side: 30_000, bytes: 2 ** 31 - 1 } as const;

const BAND = 64;
const RLE = Buffer.from([0, 1]);

/** A layer that is written, with the channels of it. */
interface Written {
  readonly record: LayerRecord;
  readonly raster: (() => Promise<LayerRaster>) | null;
}

/**
 * Writes a file's content, of which a megabyte and a layer are in memory at a time.
 * @throws StudioError format-unsupported for more than `PSD_LIMITS`
 */
export async function writePsd(file: FileHandle, content: PsdContent): Promise<void> {
  const { width, height, depth, grey, alpha } = content;
  if (Math.max(width, height) > PSD_LIMITS.side) throw tooLarge();
  const colours = grey ? 1 : 3;
  const shape: PsdShape = { width, height, depth, grey, channels: colours + (alpha ? 1 : 0) };
  const sink = new FileSink(file);
  await sink.write(header(shape));
  // No palette.
  await sink.write(uint32(0));
  await sink.write(resourceSection(content.information));
  const sectionAt = await sink.leave(4);
  if (depth === 8) {
    await writeLayers(sink, content, colours);
    // No mask for the whole picture.
    await sink.write(uint32(0));
  } else {
    // Layers of 16 bit stand in a block of their own, behind the place of those of 8.
    await sink.write(Buffer.concat([uint32(0), uint32(0), Buffer.from(`${SIGNATURE}Lr16`, 'latin1')]));
    await writeLayers(sink, content, colours);
  }
  await sink.fillIn(sectionAt, uint32(sink.position - sectionAt - 4));
  await writeMerged(sink, content, shape, colours);
  checkLength(sink);
  await sink.flush();
}

function checkLength({ position }: FileSink): void {
  if (position > PSD_LIMITS.bytes) throw tooLarge();
}

function tooLarge(): StudioError {
  return errorFor('psd-too-large', { most: PSD_LIMITS.side });
}

async function writeLayers(sink: FileSink, content: PsdContent, colours: number): Promise<void> {
  const all = content.layers.flatMap((layer) => written(layer, colours));
  const lengthAt = await sink.leave(4);
  const count = Buffer.alloc(2);
  count.writeInt16BE(content.alpha ? -all.length : all.length);
  await sink.write(count);
  const places: number[] = [];
  for (const { record } of all) {
    const { bytes, lengthsAt } = layerRecord(record);
    places.push(...lengthsAt.map((at) => sink.position + at));
    await sink.write(bytes);
  }
  const lengths: number[] = [];
  for (const { record, raster } of all) {
    const shown = await raster?.();
    for (const channel of record.channels) {
      const begun = sink.position;
      if (shown) await writeChannel(sink, shown, channel);
      else await sink.leave(2);
      lengths.push(sink.position - begun);
      checkLength(sink);
    }
  }
  await sink.pad(lengthAt + 4, 4);
  await sink.fillIn(lengthAt, uint32(sink.position - lengthAt - 4));
  for (const [index, at] of places.entries()) await sink.fillIn(at, uint32(lengths[index]));
}

/** A layer's record, or a group's with those between its marks. */
function written(layer: PsdLayer | PsdGroup, colours: number): Written[] {
  const ids = Array.from({ length: colours }, (_, index) => index);
  if (layer.kind === 'layer') {
    const { name, visible, opacity, box, masked, raster } = layer;
    // A layer with a mask has transparency to other programs.
    const channels = [ALPHA, ...ids, ...(masked ? [MASK] : [])];
    return [{ record: { name, visible, opacity, box, channels }, raster }];
  }
  const { name, visible } = layer;
  const mark = { visible, opacity: 1, box: { x: 0, y: 0, width: 0, height: 0 }, channels: [ALPHA, ...ids] };
  return [
    { record: { ...mark, name: '</Layer group>', group: 'end' }, raster: null },
    ...layer.layers.flatMap((each) => written(each, colours)),
    { record: { ...mark, name, group: 'begin' }, raster: null },
  ];
}

async function writeChannel(sink: FileSink, raster: LayerRaster, channel: number): Promise<void> {
  const { width, height } = raster.block.box;
  await sink.write(RLE);
  const rows = new RowCoder(sink, width, raster.block.depth, height);
  await rows.begin();
  for (let y = 0; y < height; y++) {
    fillRow(rows.samples, raster, channel, y);
    await rows.write();
  }
  await rows.end();
}

function fillRow(row: Samples, { block, mask }: LayerRaster, channel: number, y: number): void {
  const { channels, samples, box, depth } = block;
  const full = largestSample(depth);
  if (channel === MASK) {
    for (let x = 0; x < box.width; x++) row[x] = mask === null || mask.get(x, y) ? full : 0;
  } else if (channel === ALPHA && channels === 3) row.fill(full);
  else {
    let from = y * box.width * channels + (channel === ALPHA ? 3 : channel);
    for (let x = 0; x < box.width; x++, from += channels) row[x] = samples[from];
  }
}

async function writeMerged(sink: FileSink, content: PsdContent, shape: PsdShape, colours: number): Promise<void> {
  const { width, height, depth } = content;
  await sink.write(RLE);
  const rows = new RowCoder(sink, width, depth, height * shape.channels);
  await rows.begin();
  for (let channel = 0; channel < shape.channels; channel++) {
    for (let top = 0; top < height; top += BAND) {
      const box = { x: 0, y: top, width, height: Math.min(BAND, height - top) };
      const block = content.merged(box);
      for (let y = 0; y < box.height; y++) {
        fillRow(rows.samples, { block, mask: null }, channel === colours ? ALPHA : channel, y);
        if (block.channels === 4 && channel < colours) layOnWhite(rows.samples, block, y);
        await rows.write();
      }
    }
  }
  await rows.end();
}

/** What is transparent in the merged picture has white under it there: so does Photoshop, and so it is read. */
function layOnWhite(row: Samples, { samples, box, depth }: SampleBlock, y: number): void {
  const white = largestSample(depth);
  for (let x = 0, from = y * box.width * 4 + 3; x < box.width; x++, from += 4) {
    if (samples[from] < white) row[x] = Math.round(white + ((row[x] - white) * samples[from]) / white);
  }
}

/** Rows of a channel, packed one after another behind the table of their lengths. */
class RowCoder {
  /** The row that is written next. */
  readonly samples: Samples;
  private readonly bytes: Buffer;
  private readonly packed: Uint8Array;
  private readonly lengths: Buffer;
  private tableAt = 0;
  private row = 0;

  constructor(
    private readonly sink: FileSink,
    width: number,
    depth: 8 | 16,
    rows: number,
  ) {
    this.samples = depth === 16 ? new Uint16Array(width) : new Uint8Array(width);
    this.bytes = Buffer.alloc((width * depth) / 8);
    this.packed = new Uint8Array(packedBound(this.bytes.length));
    this.lengths = Buffer.alloc(2 * rows);
  }

  async begin(): Promise<void> {
    this.tableAt = await this.sink.leave(this.lengths.length);
  }

  async write(): Promise<void> {
    this.bytes.set(new Uint8Array(this.samples.buffer));
    if (this.samples instanceof Uint16Array) this.bytes.swap16();
    const length = packRow(this.bytes, this.packed);
    this.lengths.writeUInt16BE(length, 2 * this.row++);
    await this.sink.write(this.packed.subarray(0, length));
  }

  async end(): Promise<void> {
    await this.sink.fillIn(this.tableAt, this.lengths);
  }
}
