import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { Rect } from '../../shared/geometry';
import type { SourceMap } from '../../shared/source-map';
import { type Patch } from '../image/picture';
import { PatchStore } from './patch-store';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'patches-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function patchOf(value: number, side = 16): Patch {
  const hole = new BitPlane(side, side);
  hole.fill(true);
  const samples = new Uint8Array(side * side * 3).fill(value);
  return { box: { x: 8, y: 5, width: side, height: side }, depth: 8, samples, hole };
}

describe('the patch store', () => {
  it('gives back what it was given, also to the next process', async () => {
    const store = await PatchStore.open(folder);
    const patchId = await store.add(patchOf(70));
    writeFileSync(join(folder, 'original.png'), 'no patch');
    const next = await PatchStore.open(folder);
    expect(await next.get(patchId)).toMatchObject({ box: { x: 8, y: 5, width: 16, height: 16 }, depth: 8 });
    expect((await next.get(patchId)).samples[100]).toBe(70);
    await expect(next.get('original')).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('keeps where the pixels came from, also for the next process', async () => {
    const store = await PatchStore.open(folder);
    const sources = {
      box: { x: 8, y: 5, width: 16, height: 16 },
      cell: 8,
      shifts: Int32Array.of(1, -2, 3, 4, 5, 6, -7, 8),
    };
    const patchId = await store.add(patchOf(70), sources);
    const unknown = await store.add(patchOf(71));
    const next = await PatchStore.open(folder);
    expect(await next.sources(patchId)).toEqual(sources);
    expect(await next.sources(unknown)).toBeNull();
    writeFileSync(join(folder, `${patchId}.map`), 'nonsense');
    await expect(next.sources(patchId)).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('unpacks no more of where pixels came from than the patch has pixels', async () => {
    const store = await PatchStore.open(folder);
    const patch = patchOf(3);
    const { width, height } = patch.box;
    const map = (box: Rect): SourceMap => ({ box, cell: 1, shifts: new Int32Array(2 * box.width * box.height) });
    const own = await store.add(patch, map(patch.box));
    expect((await store.sources(own))?.shifts).toHaveLength(2 * width * height);
    const claiming = await store.add(patch, map({ x: 0, y: 0, width: 2000, height: 1000 }));
    await expect(store.sources(claiming)).rejects.toMatchObject({ reason: { id: 'kept-sources-damaged' } });
  });

  it('holds only so much in memory, the newest, and reads the rest from disk', async () => {
    const store = await PatchStore.open(folder, 2000);
    const ids = [await store.add(patchOf(1)), await store.add(patchOf(2)), await store.add(patchOf(3))];
    rmSync(folder, { recursive: true });
    expect((await store.get(ids[2] ?? '')).samples[0]).toBe(3);
    expect((await store.get(ids[1] ?? '')).samples[0]).toBe(2);
    await expect(store.get(ids[0] ?? '')).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('forgets coarse patches when told', async () => {
    const store = await PatchStore.open(folder);
    const patchId = store.addPassing(patchOf(9));
    expect((await store.get(patchId)).samples[0]).toBe(9);
    store.dropPassing(patchId);
    await expect(store.get(patchId)).rejects.toMatchObject({ code: 'bad-request' });
  });
});
