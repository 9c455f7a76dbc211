import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Edit, Marking } from '../../shared/document-model';
import type { DocumentChange } from '../../shared/protocol/document-change';
import { writePatch } from '../image/patch-file';
import { BitPlane } from '../../shared/bit-plane';
import { NO_PIECE_CHOICES } from '../../shared/piece-choice';
import { NO_CHANGE } from '../testing/documents';
import { FILL_SETTINGS } from '../testing/fill-settings';
import { DocumentService, type ModelSource } from './document-service';
import { FillDurations } from '../documents/fill-durations';
import { copyOriginal } from '../documents/original';

const DOCUMENT = { documentId: 'doc' };
const BOX = { x: 8, y: 4, width: 16, height: 8 };

let folder: string;
let session: string;
let photo: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keeping-'));
  session = join(folder, 'session');
  await mkdir(session);
  photo = join(folder, 'photo.png');
  const pixels = Uint8Array.from({ length: 90 * 60 * 3 }, (_, i) => (i * 7) % 251);
  await sharp(pixels, { raw: { width: 90, height: 60, channels: 3 } })
    .png()
    .toFile(photo);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function serving(): DocumentService {
  const { id: modelId, ...summary } = {
    id: 'default',
    name: 'Default',
    description: '',
    parameters: 1,
    bytes: 1,
    licence: '',
    speciality: 'general',
    capabilities: { sourceRegion: 'attention', coarse: true },
    changeable: false,
  } as const;
  const library: ModelSource = {
    models: () => Promise.resolve([{ modelId, ...summary }]),
    generator: () => Promise.reject(new Error('no fill in this test')),
    runtime: () => Promise.resolve({ provider: 'cpu', label: 'CPU', fallback: false, refused: [] }),
  };
  return new DocumentService(library, new FillDurations(null), () => undefined, 'Test 1.0');
}

function open(service: DocumentService, sessionFolder = session, path = photo) {
  const name = 'photo.png';
  return service.hostHandlers.open({ ...DOCUMENT, path, name, sessionFolder, savable: true, project: null });
}

const MARKING: Marking = {
  markingId: 'm1',
  hole: { box: BOX, bits: new Uint8Array(16).fill(255) },
  include: null,
  exclude: null,
  freshOnly: true,
};

function edit(modelId: string): Edit {
  return {
    editId: 'e1',
    number: 1,
    name: null,
    visible: true,
    opacity: 1,
    chosenId: 'v1',
    variants: [
      {
        variantId: 'v1',
        markingId: 'm1',
        recipe: {
          modelId,
          settings: FILL_SETTINGS,
          region: { kind: 'painted' },
          hintId: null,
          lines: [],
          removedLines: [],
          pieces: NO_PIECE_CHOICES,
        },
        origin: { kind: 'fill' },
        patches: [{ patchId: 'p-1', box: BOX }],
        seen: [],
        basis: [],
        seconds: 1,
        foundLines: [],
      },
    ],
  };
}

async function change(modelId = 'default'): Promise<DocumentChange> {
  const hole = new BitPlane(BOX.width, BOX.height);
  hole.fill(true);
  const samples = new Uint8Array(BOX.width * BOX.height * 3).fill(200);
  await writePatch({ box: BOX, depth: 8, samples, hole }, join(session, 'p-1.png'));
  const planes = { include: MARKING.hole };
  return { ...NO_CHANGE, revision: 4, planes, markings: [MARKING], edits: [edit(modelId)], nextNumber: 2 };
}

/** The top left of the patch as the window would see it. */
async function pixel(service: DocumentService): Promise<number[]> {
  const layers = [{ patchId: 'p-1', visible: true, opacity: 1 }];
  const view = 'edits';
  await service.windowHandlers.layers({ ...DOCUMENT, view, layers });
  const tile = await service.windowHandlers.tile({ ...DOCUMENT, view, level: 0, x: 0, y: 0 });
  const at = (BOX.y * tile.width + BOX.x) * 4;
  return [...tile.pixels.slice(at, at + 3)];
}

describe('a document in its session folder', () => {
  it('comes back in another process, also when its file is gone', async () => {
    const service = serving();
    expect(await open(service)).toMatchObject({ restored: false, project: null });
    expect(await service.windowHandlers.recall(DOCUMENT)).toBeNull();
    await service.windowHandlers.remember({ ...DOCUMENT, change: await change() });
    rmSync(photo);

    const next = serving();
    expect(await next.hostHandlers.leftover({ sessionFolder: session })).toMatchObject({ revision: 4, edits: 1 });
    expect(await open(next)).toMatchObject({ restored: true, width: 90, height: 60 });
    const recalled = await next.windowHandlers.recall(DOCUMENT);
    expect(recalled).toMatchObject({ revision: 4, missingModels: [] });
    expect(recalled?.model.edits).toEqual([edit('default')]);
    expect(recalled?.model.markings).toEqual([MARKING]);
    expect(recalled?.model.paint).toEqual({ hole: null, include: MARKING.hole, exclude: null, hint: [], lines: [] });
    expect(await pixel(next)).toEqual([200, 200, 200]);
  });

  it('keeps the original before its file is written over', async () => {
    const service = serving();
    const first = await change();
    await open(service);
    const original = readFileSync(photo);
    await service.windowHandlers.remember({ ...DOCUMENT, change: first });
    const layers = [{ patchId: 'p-1', visible: true, opacity: 1 }];
    await service.hostHandlers.save({ ...DOCUMENT, layers, path: photo, options: {} });
    expect(readFileSync(photo).equals(original)).toBe(false);
    expect(readFileSync(join(session, 'original.png')).equals(original)).toBe(true);
  });

  it('does not take a changed file for the original', async () => {
    const before = { size: readFileSync(photo).length, mtimeMs: 1 };
    await utimes(photo, new Date(), new Date());
    await expect(copyOriginal(photo, session, 'png', before)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(readdirSync(session)).toEqual([]);
  });

  it('becomes a project file that opens anywhere, and names models that are not there', async () => {
    const service = serving();
    await open(service);
    await service.windowHandlers.remember({ ...DOCUMENT, change: await change('special') });
    const project = join(folder, 'work.inpaint');
    expect(await service.hostHandlers.pack({ ...DOCUMENT, path: project })).toEqual({ revision: 4 });
    const elsewhere = join(folder, 'elsewhere');
    await mkdir(elsewhere);

    const next = serving();
    const unpacked = await next.hostHandlers.unpack({
      documentId: 'unpacked',
      path: project,
      sessionFolder: elsewhere,
    });
    expect(unpacked).toEqual({ name: 'photo.png', revision: 4 });
    expect(await open(next, elsewhere, project)).toMatchObject({ restored: true, width: 90, format: 'png' });
    expect(await next.windowHandlers.recall(DOCUMENT)).toMatchObject({ revision: 4, missingModels: ['special'] });
    expect(await pixel(next)).toEqual([200, 200, 200]);
  });

  it('is not opened half: what cannot be read again is said at once', async () => {
    const service = serving();
    await open(service);
    await service.windowHandlers.remember({ ...DOCUMENT, change: await change() });
    await service.hostHandlers.close(DOCUMENT);
    const [part] = readdirSync(session).filter((name) => name.startsWith('include-'));
    writeFileSync(join(session, part), 'rubbish');
    await expect(open(serving())).rejects.toMatchObject({ code: 'file-unreadable' });
    rmSync(join(session, 'document.json'));
    expect(await serving().hostHandlers.leftover({ sessionFolder: session })).toBeNull();
    expect(existsSync(join(session, 'original.png'))).toBe(true);
  });
});
