/**
 * Lines to continue, from a JSON file: a list of lines, each a list of at least two points [x, y] in pixels of the photo
 * from its top left corner, such as [[[120, 340], [410, 352]], [[80, 10], [95, 200], [140, 390]]]. Two points make a
 * straight line; both ends lie beside the hole.
 */
import { basename } from 'node:path';
import { z } from 'zod';
import { readRegularFile } from '../engine/files/read-file';
import { errorFor } from '../shared/error-texts';
import type { StudioError } from '../shared/errors';
import type { Size } from '../shared/geometry';
import { MOST_LINE_POINTS, MOST_LINES, type StructureLine } from '../shared/structure-line';

/** Of the file: far more than so many lines take. */
export const MOST_LINES_BYTES = 16 * 2 ** 20;

const linesFileSchema = z
  .array(
    z
      .array(z.tuple([z.number(), z.number()]))
      .min(2)
      .max(MOST_LINE_POINTS),
  )
  .max(MOST_LINES);

/**
 * @param size of the photo: points must lie in it
 * @throws StudioError file-missing, file-unreadable, bad-request, each naming the file and what to do
 */
export async function readLinesFile(path: string, size: Size): Promise<StructureLine[]> {
  const tooLarge = () => linesTooLong(basename(path), path);
  const bytes = await readRegularFile(path, MOST_LINES_BYTES, tooLarge);
  const parsed = linesFileSchema.safeParse(jsonOf(bytes.toString()));
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.map((part) => `[${String(part)}]`).join('') || '[]';
    throw errorFor('lines-wrong', { name: basename(path), place }, { file: path, cause: parsed.error });
  }
  return parsed.data.map((points, index) => ({
    lineId: `line-${index + 1}`,
    points: points.map(([x, y]) => {
      if (x >= 0 && y >= 0 && x < size.width && y < size.height) return { x, y };
      const { width, height } = size;
      const point = { line: index + 1, x, y, width, height };
      throw errorFor('line-point-outside', { name: basename(path), ...point }, { file: path });
    }),
  }));
}

/** What is longer is not read to its end. */
export function linesTooLong(name: string, file = ''): StudioError {
  return errorFor('lines-too-long', { name, most: MOST_LINES_BYTES / 2 ** 20 }, { file });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
