import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FillRequest } from '../../shared/protocol/fills';
import { sourceAt, type SourceMap } from '../../shared/source-map';
import type { Generator, GeneratorInput } from '../inpaint/generator';
import { FillDurations } from '../documents/fill-durations';
import { FILL_SETTINGS } from '../testing/fill-settings';
import { DocumentService, type ModelSource } from './document-service';

const SIDE = 200;
const HOLE = { x: 80, y: 72, width: 40, height: 40 };
const MIDDLE = { x: 100, y: 92 };
const documentId = 'doc';

let folder: string;
let service: DocumentService;
/** How often the network ran. */
let runs: number;
let ended: { readonly jobId: string; readonly patches: readonly { readonly patchId: string }[] }[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
  const path = join(folder, 'photo.png');
  const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % SIDE, Math.floor(i / 3 / SIDE)];
    return 128 + 40 * Math.sin(x / 6 + y / 19) + 40 * Math.sin(y / 8 - x / 27) + ((x * 31 + y * 17) % 9);
  });
  await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } }).toFile(path);
  const sessionFolder = join(folder, 'session');
  await mkdir(sessionFolder);
  runs = 0;
  ended = [];
  const generator: Generator = {
    id: 'grey',
    capabilities: { sourceRegion: true, coarse: true },
    sizeMultiple: 8,
    coarse: ({ width, height }: GeneratorInput) => Promise.resolve(new Float32Array(3 * width * height)),
    refine: ({ width, height }: GeneratorInput) => {
      runs++;
      return Promise.resolve({ image: new Float32Array(3 * width * height) });
    },
  };
  const library: ModelSource = {
    models: () => Promise.resolve([]),
    generator: () => Promise.resolve(generator),
    runtime: () => Promise.resolve({ provider: 'cpu', label: 'CPU', fallback: false, refused: [] }),
  };
  service = new DocumentService(library, new FillDurations(null), (name, payload) => {
    if (name === 'fill:done') ended.push(payload as never);
    if (name === 'fill:failed') throw new Error(JSON.stringify(payload));
  });
  await service.hostHandlers.open({ documentId, path, name: 'p', sessionFolder, savable: true, project: null });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Fills and waits. @returns where the fill came from */
async function filled(jobId: string, change: Partial<FillRequest> = {}): Promise<SourceMap> {
  const hole = { box: HOLE, bits: new Uint8Array((HOLE.width / 8) * HOLE.height).fill(255) };
  const settings = { ...FILL_SETTINGS, manner: 'remove' as const };
  const request = { documentId, jobId, modelId: 'grey', hole, source: null, layers: [], settings };
  await service.windowHandlers.fill({ ...request, ...change });
  await expect.poll(() => ended.map((each) => each.jobId), { timeout: 30_000, interval: 20 }).toContain(jobId);
  const { patches } = ended.find((each) => each.jobId === jobId) ?? { patches: [] };
  const map = await service.windowHandlers.sourceMap({ documentId, patchId: patches[0]?.patchId ?? '' });
  if (!map) throw new Error('it is made of pieces');
  return { ...map, shifts: new Int32Array(map.shifts.slice().buffer) };
}

/** Where a fill's middle came from, and the choice that refuses that. */
function refusing(map: SourceMap): { readonly from: { x: number; y: number }; readonly pieces: FillRequest['pieces'] } {
  const place = sourceAt(map, MIDDLE);
  if (!place) throw new Error('it has a source');
  const from = { x: MIDDLE.x + place.source.x - place.cell.x, y: MIDDLE.y + place.source.y - place.cell.y };
  return { from, pieces: { refused: [{ at: MIDDLE, from }], chosen: [] } };
}

describe('fills that are kept for being cut again', () => {
  it('are cut without a source that was refused, and without the network, as a new fill would be', async () => {
    const { from, pieces } = refusing(await filled('first'));
    const again = await filled('again', { pieces });
    expect(runs).toBe(1);
    const now = refusing(again).from;
    expect(Math.hypot(now.x - from.x, now.y - from.y)).toBeGreaterThan(3);
    await filled('elsewhere', { hole: { box: { ...HOLE, y: 20 }, bits: new Uint8Array(200).fill(255) } });
    const anew = await filled('anew', { pieces });
    expect(runs, 'another hole was filled in between').toBe(3);
    expect(anew).toEqual(again);
  });

  it('are made anew for another seed, and kept beside each other as variants of one hole', async () => {
    const { pieces } = refusing(await filled('first'));
    const settings = { ...FILL_SETTINGS, manner: 'remove' as const, seed: 1 };
    await filled('other', { settings });
    expect(runs).toBe(2);
    await filled('both', { pieces });
    await filled('guided', { settings: { ...settings, guide: 'strong' } });
    expect(runs).toBe(2);
  });
});
