import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { planePatchOf } from '../../shared/plane-delta';
import { FillDurations } from '../documents/fill-durations';
import { FILL_SETTINGS } from '../testing/fill-settings';
import { DocumentService, type ModelSource } from './document-service';

const SIDE = 160;
const LIBRARY: ModelSource = {
  models: () => Promise.resolve([]),
  // No fill of this test goes further than to wait for its model.
  generator: () => new Promise(() => undefined),
  runtime: () => Promise.resolve({ provider: 'cpu', label: 'CPU', fallback: false, refused: [] }),
};

const folder = mkdtempSync(join(tmpdir(), 'mask-fit-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function disc(radius: number) {
  const plane = new BitPlane(SIDE, SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) if (Math.hypot(x - 80, y - 80) < radius) plane.set(x, y, true);
  }
  const patch = planePatchOf(plane);
  if (!patch) throw new RangeError('a disc has pixels');
  return patch;
}

it('tells the window what a hole leaves over, and by how much it must grow', async () => {
  const photo = join(folder, 'photo.png');
  const pixels = new Uint8Array(3 * SIDE * SIDE);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const isDisc = Math.hypot((at % SIDE) - 80, Math.floor(at / SIDE) - 80) < 30;
    pixels.set(isDisc ? [190, 40, 30] : [120 + ((at * 7) % 5), 140, 120], 3 * at);
  }
  await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } }).toFile(photo);
  const sessionFolder = join(folder, 'session');
  await mkdir(sessionFolder);
  const service = new DocumentService(LIBRARY, new FillDurations(null), () => undefined);
  const documentId = 'doc';
  await service.hostHandlers.open({ documentId, path: photo, name: 'p', sessionFolder, savable: true, project: null });
  const fit = (radius: number) => service.windowHandlers.maskFit({ documentId, hole: disc(radius), layers: [] });
  const small = await fit(24);
  expect(small.fault).toBe('rim');
  expect(small.grow).toBeGreaterThanOrEqual(7);
  expect(small.grow).toBeLessThanOrEqual(10);
  expect(await fit(24 + small.grow)).toEqual({ fault: null, grow: 0 });

  const settings = { ...FILL_SETTINGS, manner: 'remove' as const };
  const request = { documentId, jobId: 'job', modelId: 'slow', hole: disc(24), source: null, layers: [], settings };
  const asked = fit(24);
  await service.windowHandlers.fill(request);
  await expect(asked, 'a fill does not wait for it').rejects.toMatchObject({ code: 'cancelled' });
});
