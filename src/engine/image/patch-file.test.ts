import fc from 'fast-check';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { decodePatch, encodePatch, readPatch, writePatch } from './patch-file';
import type { Patch } from './picture';
import { temporaryFolder, testPatch } from '../testing/pictures';

/** The samples that count: those inside the hole. */
function filled(patch: Patch): number[] {
  const hole = patch.hole.toBytes(1);
  return Array.from(patch.samples).filter((_, i) => hole[Math.floor(i / 3)] === 1);
}

test('a patch of any box, depth and hole comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        x: fc.integer({ min: 0, max: 65_000 }),
        y: fc.integer({ min: 0, max: 65_000 }),
        width: fc.integer({ min: 1, max: 20 }),
        height: fc.integer({ min: 1, max: 20 }),
      }),
      fc.constantFrom(8 as const, 16 as const),
      fc.uint8Array({ minLength: 400, maxLength: 400 }),
      async (box, depth, bytes) => {
        const hole = BitPlane.fromBytes(box, bytes.subarray(0, box.width * box.height));
        const patch = { ...testPatch(box, depth), hole };
        const back = await decodePatch(await encodePatch(patch), 'edit.png');
        expect(back.box).toEqual(box);
        expect(back.depth).toBe(depth);
        expect(back.hole.equals(hole)).toBe(true);
        expect(filled(back)).toEqual(filled(patch));
      },
    ),
    { numRuns: 40 },
  );
});

test('a patch is written to a file and read from it, with nothing left beside it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'edit-1.png');
  const patch = testPatch({ x: 70, y: 3, width: 33, height: 21 }, 16);
  await writePatch(patch, path);
  expect(filled(await readPatch(path))).toEqual(filled(patch));
  expect(await readdir(folder)).toEqual(['edit-1.png']);
});

test('a missing and a damaged patch say so', async () => {
  const path = join(await temporaryFolder(), 'edit-2.png');
  await expect(readPatch(path)).rejects.toMatchObject({ code: 'file-missing' });
  const bytes = await encodePatch(testPatch({ x: 0, y: 0, width: 40, height: 40 }));
  for (const broken of [bytes.subarray(0, 200), Buffer.from('not a patch'), Buffer.alloc(0)]) {
    await writeFile(path, broken);
    await expect(readPatch(path)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: 'The edit stored in "edit-2.png" is damaged.',
    });
  }
});

test('how opaque a patch is comes back, see-through pixels too', async () => {
  for (const depth of [8, 16] as const) {
    const patch = testPatch({ x: 3, y: 4, width: 6, height: 5 }, depth);
    const alpha = patch.hole.toBytes().map((on, at) => (on === 0 ? 0 : (at * 40) % 256));
    const back = await decodePatch(await encodePatch({ ...patch, alpha }), 'patch.png');
    expect(back.hole.equals(patch.hole)).toBe(true);
    alpha.forEach((opacity, at) => expect(back.alpha?.[at]).toBe(depth === 8 && opacity === 1 ? 0 : opacity));
  }
});
