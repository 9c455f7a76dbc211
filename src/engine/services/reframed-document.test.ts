import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { Edit, Marking } from '../../shared/document-model';
import { NO_PIECE_CHOICES } from '../../shared/piece-choice';
import { FillDurations } from '../documents/fill-durations';
import { planeOf } from '../documents/plane-patches';
import { writePatch } from '../image/patch-file';
import { NO_CHANGE } from '../testing/documents';
import { FILL_SETTINGS } from '../testing/fill-settings';
import { DocumentService, type ModelSource } from './document-service';

const BOX = { x: 8, y: 4, width: 16, height: 8 };
const WIDE = { x: -20, y: -10, width: 130, height: 80 };

let folder: string;
let photo: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reframing-'));
  for (const name of ['one', 'two', 'three']) await mkdir(join(folder, name));
  photo = join(folder, 'photo.png');
  const pixels = Uint8Array.from({ length: 90 * 60 * 3 }, (_, i) => (i * 7) % 251);
  await sharp(pixels, { raw: { width: 90, height: 60, channels: 3 } })
    .withMetadata({ density: 180 })
    .png()
    .toFile(photo);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function serving(): DocumentService {
  const library: ModelSource = {
    models: () => Promise.resolve([]),
    generator: () => Promise.reject(new Error('no fill in this test')),
    runtime: () => Promise.resolve({ provider: 'cpu', label: 'CPU', fallback: false, refused: [] }),
  };
  return new DocumentService(library, new FillDurations(null), () => undefined, 'Test 1.0');
}

const session = (name: string) => join(folder, name);

function open(service: DocumentService, name: string) {
  const request = { documentId: name, path: photo, name: 'photo.png', sessionFolder: session(name) };
  return service.hostHandlers.open({ ...request, savable: true, project: null });
}

const hole = new BitPlane(BOX.width, BOX.height);
hole.fill(true);
const MARKING: Marking = {
  ...{ markingId: 'm1', include: null, exclude: null, freshOnly: true },
  hole: { box: BOX, bits: hole.bits.slice() },
};
const EDIT: Edit = {
  ...{ editId: 'e1', number: 1, name: null, visible: true, opacity: 1, chosenId: 'v1' },
  variants: [
    {
      ...{ variantId: 'v1', markingId: 'm1', origin: { kind: 'fill' }, seconds: 1, foundLines: [] },
      recipe: {
        ...{ modelId: 'default', settings: FILL_SETTINGS, region: { kind: 'painted' }, hintId: null },
        ...{ lines: [], removedLines: [], pieces: NO_PIECE_CHOICES },
      },
      patches: [{ patchId: 'p-1', box: BOX }],
      seen: [BOX],
      basis: [],
    },
  ],
};

/** A document with one fill, of one colour. */
async function filled(service: DocumentService): Promise<void> {
  await open(service, 'one');
  const samples = new Uint8Array(BOX.width * BOX.height * 3).fill(200);
  await writePatch({ box: BOX, depth: 8, samples, hole }, join(session('one'), 'p-1.png'));
  const change = { ...NO_CHANGE, revision: 4, markings: [MARKING], edits: [EDIT], nextNumber: 2 };
  await service.windowHandlers.remember({ documentId: 'one', change });
  await service.hostHandlers.close({ documentId: 'one' });
  await open(service, 'one');
}

const LAYERS = [{ patchId: 'p-1', visible: true, opacity: 1 }];

async function saved(service: DocumentService, documentId: string) {
  const path = join(folder, `${documentId}.png`);
  await service.hostHandlers.save({ documentId, layers: LAYERS, path, options: {} });
  return { path, ...(await sharp(path).metadata()) };
}

async function samplesIn(path: string, left: number, top: number, width: number, height: number) {
  return [...(await sharp(path).extract({ left, top, width, height }).raw().toBuffer())];
}

it('lies on a larger canvas with its fills, and saves every pixel where it is now', async () => {
  const service = serving();
  await filled(service);
  const before = await saved(service, 'one');
  await service.hostHandlers.reframe({ documentId: 'one', frame: WIDE, revision: 5, sessionFolder: session('two') });
  expect(await open(service, 'two')).toMatchObject({ width: 130, height: 80, reframed: true, restored: true });
  const kept = await service.windowHandlers.recall({ documentId: 'two' });
  expect(kept?.revision).toBe(5);
  expect(kept?.model.edits[0]?.variants[0]?.patches).toEqual([{ patchId: 'p-1', box: { ...BOX, x: 28, y: 14 } }]);
  const border = kept?.model.paint.hole ? planeOf(WIDE, kept.model.paint.hole) : null;
  expect(border?.count()).toBe(130 * 80 - 90 * 60);
  const after = await saved(service, 'two');
  expect([after.width, after.height, after.density]).toEqual([130, 80, 180]);
  expect(await samplesIn(after.path, 20, 10, 90, 60)).toEqual(await samplesIn(before.path, 0, 0, 90, 60));
});

it('crops fills with the picture, and goes on from the file it came from when its canvas changes again', async () => {
  const service = serving();
  await filled(service);
  const before = await saved(service, 'one');
  await service.hostHandlers.reframe({ documentId: 'one', frame: WIDE, revision: 5, sessionFolder: session('two') });
  await open(service, 'two');
  const frame = { x: 36, y: 8, width: 60, height: 66 };
  await service.hostHandlers.reframe({ documentId: 'two', frame, revision: 6, sessionFolder: session('three') });
  expect(await open(service, 'three')).toMatchObject({ width: 60, height: 66, reframed: true });
  const kept = await service.windowHandlers.recall({ documentId: 'three' });
  expect(kept?.model.edits[0]?.variants[0]?.patches[0]?.box).toEqual({ x: 0, y: 6, width: 8, height: 8 });
  const after = await saved(service, 'three');
  expect(await samplesIn(after.path, 0, 2, 60, 60)).toEqual(await samplesIn(before.path, 16, 0, 60, 60));
});

it('is kept in a project with its canvas', async () => {
  const service = serving();
  await filled(service);
  await service.hostHandlers.reframe({ documentId: 'one', frame: WIDE, revision: 5, sessionFolder: session('two') });
  await open(service, 'two');
  const path = join(folder, 'work.inpaint');
  await service.hostHandlers.pack({ documentId: 'two', path });
  await service.hostHandlers.unpack({ documentId: 'unpacked', path, sessionFolder: session('three') });
  expect(await open(service, 'three')).toMatchObject({ width: 130, height: 80, reframed: true });
  expect((await saved(service, 'three')).width).toBe(130);
});

it('still names the models that are not there', async () => {
  const service = serving();
  await filled(service);
  const path = join(folder, 'work.inpaint');
  await service.document('one').session.pack(path, [{ modelId: 'default', name: 'Trained at home' }]);
  await service.hostHandlers.unpack({ documentId: 'unpacked', path, sessionFolder: session('two') });
  await open(service, 'two');
  await service.hostHandlers.reframe({ documentId: 'two', frame: WIDE, revision: 5, sessionFolder: session('three') });
  await open(service, 'three');
  const kept = await service.windowHandlers.recall({ documentId: 'three' });
  expect(kept?.missingModels).toEqual(['Trained at home']);
});

it('refuses a canvas that shows nothing of the picture', async () => {
  const service = serving();
  await open(service, 'one');
  const frame = { x: 90, y: 0, width: 20, height: 60 };
  const asked = service.hostHandlers.reframe({ documentId: 'one', frame, revision: 1, sessionFolder: session('two') });
  await expect(asked).rejects.toMatchObject({ reason: { id: 'canvas-nothing-left' } });
});
