/** Sample fills of a run: samples/step-N.png, a sheet with a row a crop: with its hole, filled, as it was. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Sample } from '../../shared/training';
import { sharp } from '../image/sharp';
import { writeAside } from '../files/write-aside';
import type { Batch } from './batches';

const FOLDER = 'samples';
const NAME = /^step-(\d+)\.png$/;
/** Crops on a sheet, and sheets that are kept: the first, and the latest. */
const ROWS = 4;
const KEPT = 60;
/** Shown in the hole: middle grey. */
const HOLE = 128;

/**
 * @param complete the filled crops, like batch.image
 * @returns null when nothing could be written: samples are not worth a run
 */
export async function writeSample(
  run: string,
  step: number,
  batch: Pick<Batch, 'image' | 'hole'>,
  complete: Float32Array,
  side: number,
): Promise<Sample | null> {
  const rows = Math.min(ROWS, batch.hole.length / (side * side));
  const [width, height] = [3 * side, rows * side];
  const sheet = new Uint8Array(3 * width * height);
  const toByte = (value: number): number => Math.min(255, Math.max(0, Math.round((value + 1) * 127.5)));
  for (let y = 0; y < height; y++) {
    const [row, line] = [Math.floor(y / side), y % side];
    for (let x = 0; x < side; x++) {
      const pixel = line * side + x;
      const inside = batch.hole[row * side * side + pixel] > 0;
      for (let channel = 0; channel < 3; channel++) {
        const at = (row * 3 + channel) * side * side + pixel;
        const out = 3 * (y * width + x) + channel;
        const truth = toByte(batch.image[at]);
        sheet[out] = inside ? HOLE : truth;
        sheet[out + 3 * side] = toByte(complete[at]);
        sheet[out + 6 * side] = truth;
      }
    }
  }
  const name = `step-${step}.png`;
  try {
    await mkdir(path.join(run, FOLDER), { recursive: true });
    const png = await sharp(sheet, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    await writeAside(path.join(run, FOLDER, name), png);
    const old = (await listSamples(run)).slice(1, -(KEPT - 1));
    for (const sample of old) await rm(path.join(run, FOLDER, sample.name), { force: true });
    return { step, name };
  } catch {
    return null;
  }
}

/** Oldest first. */
export async function listSamples(run: string): Promise<Sample[]> {
  const entries = await readdir(path.join(run, FOLDER)).catch((): string[] => []);
  return entries
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match === null ? [] : [{ step: Number(match[1]), name }];
    })
    .sort((a, b) => a.step - b.step);
}

export async function readSample(run: string, { name }: Pick<Sample, 'name'>): Promise<Buffer> {
  return readFile(path.join(run, FOLDER, name));
}
