/**
 * Lines to continue, from a JSON file: a list of lines, each a list of at least two points [x, y] in pixels of the photo
 * from its top left corner, such as [[[120, 340], [410, 352]], [[80, 10], [95, 200], [140, 390]]]. Two points make a
 * straight line; both ends lie beside the hole.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../shared/errors';
import type { Size } from '../shared/geometry';
import { MOST_LINE_POINTS, MOST_LINES, type StructureLine } from '../shared/structure-line';

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
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StudioError(
      {
        code: 'file-missing',
        message: `The file of lines "${basename(path)}" cannot be read.`,
        remedy: 'Check its name.',
        file: path,
      },
      { cause },
    );
  });
  const parsed = linesFileSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.map((part) => `[${String(part)}]`).join('') ?? '';
    throw new StudioError({
      code: 'file-unreadable',
      message: `"${basename(path)}" is no list of lines${where === '' ? '' : `: see ${where}`}.`,
      remedy:
        'Write JSON such as [[[120, 340], [410, 352]]]: a list of lines, each a list of at least two points [x, y].',
      file: path,
    });
  }
  return parsed.data.map((points, index) => ({
    lineId: `line-${index + 1}`,
    points: points.map(([x, y]) => {
      if (x >= 0 && y >= 0 && x < size.width && y < size.height) return { x, y };
      throw new StudioError({
        code: 'bad-request',
        message: `In "${basename(path)}" line ${index + 1} has the point ${x}, ${y}, outside the photo of ${size.width} x ${size.height} pixels.`,
        remedy: 'Count pixels from the top left corner of the photo at its full size.',
        file: path,
      });
    }),
  }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
