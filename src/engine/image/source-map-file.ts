/**
 * The file of a source map, beside its patch: deflated; six 32-bit little-endian integers (MAGIC, the box, the cell) and
 * the shifts of its cells after them.
 */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import type { Size } from '../../shared/geometry';
import { rectSchema } from '../../shared/protocol/values';
import { cellsAcross, cellsDown, type SourceMap } from '../../shared/source-map';
import { readingFailed } from '../files/file-errors';
import { writeAside } from '../files/write-aside';

/** "srcm". */
const MAGIC = 0x6d637273;
const HEAD = 6;
const MOST_BYTES = 256 * 1024 * 1024;

const packed = promisify(deflate);
const unpacked = promisify(inflate) as (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

export function sourceMapName(patchId: string): string {
  return `${patchId}.map`;
}

/** Errors: disk-full, file-not-writable. */
export async function writeSourceMap({ box, cell, shifts }: SourceMap, path: string): Promise<void> {
  const bytes = Buffer.alloc(4 * (HEAD + shifts.length));
  [MAGIC, box.x, box.y, box.width, box.height, cell].forEach((value, at) => bytes.writeInt32LE(value, 4 * at));
  shifts.forEach((shift, at) => bytes.writeInt32LE(shift, 4 * (HEAD + at)));
  await writeAside(path, await packed(bytes));
}

/**
 * @param patch the size of the patch that it belongs to: more than a shift for each of its pixels is not unpacked
 * @returns null when there is no such file. @throws StudioError file-unreadable for a damaged one
 */
export async function readSourceMap(path: string, patch: Size): Promise<SourceMap | null> {
  let file: Uint8Array;
  try {
    file = await readFile(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw readingFailed(path, thrown);
  }
  const most = 4 * (HEAD + 2 * patch.width * patch.height);
  const bytes = await unpacked(file, { maxOutputLength: Math.min(most, MOST_BYTES) }).catch(() => Buffer.alloc(0));
  if (bytes.length < 4 * HEAD || bytes.length % 4 !== 0 || bytes.readInt32LE(0) !== MAGIC) throw damaged(path);
  const numbers = new Int32Array(bytes.length / 4);
  for (let at = 0; at < numbers.length; at++) numbers[at] = bytes.readInt32LE(4 * at);
  const [, x = 0, y = 0, width = 0, height = 0, cell = 0] = numbers;
  const box = rectSchema.safeParse({ x, y, width, height });
  if (!box.success || cell < 1 || cell > 64) throw damaged(path);
  const map = { box: box.data, cell, shifts: numbers.slice(HEAD) };
  if (map.shifts.length !== 2 * cellsAcross(map) * cellsDown(map)) throw damaged(path);
  return map;
}

function damaged(path: string): StudioError {
  return errorFor('kept-sources-damaged', {}, { file: path });
}
