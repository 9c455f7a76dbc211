/**
 * A run packed for some minutes on a machine that has PyTorch and neither Node nor anything else: the program's Python files,
 * the step graphs, the plan, weights, and instead of photographs crops of them and masks, of which cluster/packed.py cuts the
 * batches of every step anew. All in one zip archive.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { errorFor } from '../../shared/error-texts';
import { writeAside } from '../files/write-aside';
import { sharp } from '../image/sharp';
import { Random } from '../numeric/random';
import { clusterFolder } from '../runtime/torch/python';
import { drawCrop } from './batches';
import type { TrainConfig } from './config';
import { PictureFolder } from './dataset';
import { feedValidation } from './feeder';
import { openRunData } from './run-data';
import type { RunFolder } from './run-folder';
import { planOf } from './run-plan';
import { splitPictures } from './split';
import { initialState } from './trainer';

/** Photographs may take so much, megabytes: with weights, features, masks and code (15) a pack stays below 45. */
export const PACK_MEGABYTES = 28;
/** Side of the crops, pixels: what is trained on is cut out of them. */
const CROP_SIDE = 384;
const QUALITY = 85;
/** What a crop takes; 22,000 in the mean of 595 photographs. */
const CROP_BYTES = 25_000;
/** Crops of one photograph at most. */
const MOST_OF_ONE = 8;
/** Megabytes: every picture is decoded once. */
const LITTLE_CACHE = 16;
/** Each is used turned and mirrored, too. */
const MASKS = 4000;
/** Stream of the seed; no step's. */
const PACK_STREAM = 0xfffffffd;

export interface PackOptions {
  /** Of photographs at most. */
  readonly megabytes?: number;
  readonly masks?: number;
  readonly signal?: AbortSignal;
}

export interface Packed {
  readonly crops: number;
  /** Of the archive. */
  readonly bytes: number;
}

/**
 * @param file the archive
 * @throws StudioError `bad-request` for a run that needs what a pack does not hold, `training-data`, `disk-full`, `cancelled`
 */
export async function packRun(run: RunFolder, file: string, options: PackOptions = {}): Promise<Packed> {
  const { megabytes = PACK_MEGABYTES, masks = MASKS, signal } = options;
  const config = await run.config();
  refuseUnfit(config);
  await run.ensureGraphs(config.batch);
  const state = (await run.checkpoint()) ?? initialState(config);
  if ((await run.checkpoint()) === null) await run.writeCheckpoint(state);
  const { training, validation } = await openRunData(run, config);
  const zip = new ZipFile();
  const put = (name: string, bytes: Uint8Array | string): void => zip.addBuffer(Buffer.from(bytes), name);
  for (const [folder, ending, name] of [
    [clusterFolder(), '.py', 'cluster'],
    [path.join(run.folder, 'graphs'), '.json', 'run/graphs'],
    [run.folder, '.safetensors', 'run'],
  ] as const) {
    for (const each of (await readdir(folder)).filter((entry) => entry.endsWith(ending)))
      put(`${name}/${each}`, await readFile(path.join(folder, each)));
  }
  put('run/pack.plan', JSON.stringify(planOf(run, config, state.step, validation !== null)));
  if (validation !== null) {
    const pieces: Uint8Array[] = [];
    await feedValidation(config, validation, async (bytes) => void pieces.push(bytes));
    put('run/pack.validation', Buffer.concat(pieces));
  }
  const { side, maxShrink, mirror, seed } = config;
  put('run/pack.json', JSON.stringify({ side, maxShrink, mirror, seed }));
  const random = new Random(seed, PACK_STREAM);
  const holes: Uint8Array[] = [];
  for (let i = 0; i < masks; i++) holes.push(packedBits(await training.mask(random)));
  put('run/masks.bits', Buffer.concat(holes));
  let crops = 0;
  for await (const crop of cropsOf(run, config, random, 1e6 * megabytes)) {
    if (signal?.aborted === true) throw errorFor('cancelled', {});
    zip.addBuffer(crop, `run/pictures/${String(crops++).padStart(5, '0')}.jpg`, { compress: false });
  }
  zip.end();
  await writeAside(file, async (handle) => {
    for await (const chunk of zip.outputStream as Readable) await handle.writeFile(chunk as Buffer);
  });
  return { crops, bytes: (await stat(file)).size };
}

/** What cluster/packed.py does not draw. */
function refuseUnfit({ weights, critics, discount, colour }: TrainConfig): void {
  const unfit = Object.entries({
    'weights.adversarial': weights.adversarial > 0,
    'critics.augmentation.adaptive': critics.augmentation.adaptive,
    discount: discount !== 1,
    colour: colour > 0,
  }).filter(([, holds]) => holds);
  if (unfit.length > 0) throw errorFor('away-unfit', { options: unfit.map(([name]) => name).join(', ') });
}

/** JPEG files of crops of the pictures that are trained on, in a random order, until `most` bytes are reached. */
async function* cropsOf(run: RunFolder, config: TrainConfig, random: Random, most: number): AsyncGenerator<Buffer> {
  const pictures = await PictureFolder.open(await run.pictureFolder(), config.side, LITTLE_CACHE);
  const { training } = await splitPictures(pictures, config.validation.share, run.splitFile);
  const order = training.files.map((_, i) => [random.uniform(), i] as const).sort(([a], [b]) => a - b);
  const each = Math.max(1, Math.min(MOST_OF_ONE, Math.floor(most / (CROP_BYTES * order.length))));
  let left = most;
  for (const [, index] of order) {
    const picture = await training.picture(index);
    if (picture === null) continue;
    // The finest crops are cut out of these, the coarsest are these shrunk to the side.
    const side = Math.min(CROP_SIDE, picture.width, picture.height);
    const maxShrink = Math.max(1, (config.maxShrink * config.side) / side);
    for (let i = 0; i < each; i++) {
      const crop = await jpegOf(drawCrop(random, picture, { ...config, side, maxShrink, mirror: false }), side);
      left -= crop.length;
      if (left < 0) return;
      yield crop;
    }
  }
}

/** As cluster/jpeg.py reads it. @param crop 3 x side x side in [-1, 1] */
function jpegOf(crop: Float32Array, side: number): Promise<Buffer> {
  const area = side * side;
  const bytes = Uint8Array.from({ length: 3 * area }, (_, i) => {
    const value = (crop[(i % 3) * area + Math.floor(i / 3)] + 1) * 127.5;
    return Math.min(255, Math.max(0, Math.round(value)));
  });
  return sharp(bytes, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4', progressive: false, mozjpeg: false })
    .toBuffer();
}

/** 8 pixels a byte, the first one lowest. */
function packedBits(mask: Uint8Array): Uint8Array {
  const bits = new Uint8Array(mask.length / 8);
  mask.forEach((inside, i) => (bits[i >> 3] |= inside << (i & 7)));
  return bits;
}
