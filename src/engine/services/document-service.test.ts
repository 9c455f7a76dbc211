import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StudioError } from '../../shared/errors';
import { contains } from '../../shared/geometry';
import { EDITED_VIEW, type Layer, ORIGINAL_VIEW } from '../../shared/protocol/values';
import type { Generator, GeneratorInput } from '../inpaint/generator';
import { DocumentService, type ModelSource } from './document-service';
import { FillDurations } from '../documents/fill-durations';
import { FILL_SETTINGS } from '../testing/fill-settings';

const WIDTH = 700;
const HEIGHT = 300;
const HOLE = { x: 20, y: 30, width: 24, height: 16 };
const DOCUMENT = { documentId: 'doc' };

/** Fills with one grey. Its stages wait until the test lets them go on, or end as the test wants. */
class GreyGenerator implements Generator {
  readonly id = 'grey';
  readonly capabilities = { sourceRegion: true, coarse: true };
  readonly sizeMultiple = 8;
  /** What happens at the refine stage. */
  refining: (signal?: AbortSignal) => Promise<void> = () => Promise.resolve();

  coarse({ width, height }: GeneratorInput): Promise<Float32Array> {
    return Promise.resolve(new Float32Array(3 * width * height).fill(-0.5));
  }

  async refine({ width, height }: GeneratorInput, _coarse: Float32Array, signal?: AbortSignal) {
    await this.refining(signal);
    return { image: new Float32Array(3 * width * height).fill(0.25) };
  }
}

let folder: string;
let photo: string;
let generator: GreyGenerator;
let events: { name: string; payload: Record<string, unknown> }[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'service-'));
  photo = join(folder, 'photo.png');
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => (i * 7) % 251);
  await sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png()
    .toFile(photo);
  await mkdir(join(folder, 'session'));
  generator = new GreyGenerator();
  events = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function serving(): DocumentService {
  const library: ModelSource = {
    models: () => Promise.resolve([]),
    generator: () => Promise.resolve(generator),
    runtime: () => Promise.resolve({ provider: 'cpu', label: 'CPU', fallback: false, refused: [] }),
  };
  return new DocumentService(library, new FillDurations(null), (name, payload) => events.push({ name, payload }));
}

async function opened(): Promise<DocumentService> {
  const service = serving();
  await open(service);
  return service;
}

async function open(service: DocumentService) {
  const sessionFolder = join(folder, 'session');
  return service.hostHandlers.open({
    ...DOCUMENT,
    path: photo,
    name: 'photo.png',
    sessionFolder,
    savable: true,
    project: null,
  });
}

function patchFiles(): string[] {
  return readdirSync(join(folder, 'session')).filter((name) => name.startsWith('p-') && name.endsWith('.png'));
}

async function fill(service: DocumentService, jobId = 'job', layers: Layer[] = []): Promise<void> {
  const bits = new Uint8Array((HOLE.width / 8) * HOLE.height).fill(255);
  const hole = { box: HOLE, bits };
  await service.windowHandlers.fill({
    ...DOCUMENT,
    jobId,
    modelId: 'grey',
    hole,
    source: null,
    layers,
    settings: FILL_SETTINGS,
  });
}

async function event(name: string): Promise<{ patches: { patchId: string }[] } & Record<string, unknown>> {
  await expect.poll(() => events.map((each) => each.name), { timeout: 10_000 }).toContain(name);
  return events.find((each) => each.name === name)?.payload as never;
}

function layersOf({ patches }: { patches: { patchId: string }[] }, visible = true): Layer[] {
  return patches.map(({ patchId }) => ({ patchId, visible, opacity: 1 }));
}

async function tile(service: DocumentService, x = 0, view: string = EDITED_VIEW) {
  return service.windowHandlers.tile({ ...DOCUMENT, view, level: 0, x, y: 0 });
}

function pixelOf({ pixels, width }: { pixels: Uint8Array; width: number }, x: number, y: number): number[] {
  return [...pixels.slice((y * width + x) * 4, (y * width + x) * 4 + 3)];
}

describe('the document service', () => {
  it('opens a picture and serves its tiles', async () => {
    const service = serving();
    expect(await open(service)).toMatchObject({
      width: WIDTH,
      height: HEIGHT,
      format: 'png',
      depth: 8,
      savable: true,
      project: null,
    });
    expect(await tile(service, 1)).toMatchObject({ width: WIDTH - 512, height: HEIGHT, version: 0 });
    await expect(tile(service, 9)).rejects.toThrow('refused (tile');
    expect(() => service.windowHandlers.tile({ documentId: 'other', view: EDITED_VIEW, level: 0, x: 0, y: 0 })).toThrow(
      'not open',
    );
  });

  it('shows an overview of a large JPEG while it is decoded, and fills when it is', async () => {
    photo = join(folder, 'large.jpg');
    const background = { r: 200, g: 90, b: 40 };
    await sharp({ create: { width: 5200, height: 4000, channels: 3, background } })
      .jpeg({ quality: 100 })
      .toFile(photo);
    const service = serving();
    const info = await open(service);
    expect(info).toMatchObject({ width: 5200, height: 4000, format: 'jpeg', depth: 8, alpha: false, overviewLevel: 3 });
    const seen: string[] = [];
    const note = (what: string) => () => seen.push(what);
    const address = { ...DOCUMENT, view: EDITED_VIEW, x: 0, y: 0 };
    const [coarse] = await Promise.all([
      Promise.resolve(service.windowHandlers.tile({ ...address, level: 3 })).then((shown) => {
        note('overview')();
        return shown;
      }),
      Promise.resolve(service.windowHandlers.whole(DOCUMENT)).then(note('whole')),
      tile(service).then(note('full size')),
    ]);
    expect(seen).toEqual(['overview', 'whole', 'full size']);
    expect(pixelOf(coarse, 3, 3).every((value, i) => Math.abs(value - Object.values(background)[i]) <= 2)).toBe(true);
    await fill(service);
    await event('fill:done');
  });

  it('fills a hole: coarse first, then kept on disk before it is announced', async () => {
    const service = await opened();
    let onDisk: string[] = [];
    generator.refining = () => {
      onDisk = patchFiles();
      return Promise.resolve();
    };
    await fill(service);
    const done = await event('fill:done');
    expect(onDisk).toEqual([]);
    expect(patchFiles()).toEqual(done.patches.map(({ patchId }) => `${patchId}.png`));
    const map = await service.windowHandlers.sourceMap({ documentId: 'doc', patchId: done.patches[0].patchId });
    if (!map) throw new Error('the fill has detail');
    expect(contains(map.box, HOLE)).toBe(true);
    expect(map.shifts).toHaveLength(8 * Math.ceil(map.box.width / map.cell) * Math.ceil(map.box.height / map.cell));
    expect(events.findIndex(({ name }) => name === 'fill:coarse')).toBeLessThan(events.length - 1);
    expect(done).toMatchObject({ jobId: 'job', provider: 'cpu' });
    const [seen] = done.seen as { x: number; y: number; width: number; height: number }[];
    expect(seen.x <= HOLE.x && seen.y <= HOLE.y, 'what it looked at holds the hole').toBe(true);
    expect(seen.x + seen.width >= HOLE.x + HOLE.width && seen.y + seen.height >= HOLE.y + HOLE.height).toBe(true);
  });

  it('shows layers, counts their versions and says where tiles changed', async () => {
    const service = await opened();
    const before = pixelOf(await tile(service), 30, 35);
    await fill(service);
    const done = await event('fill:done');
    const shown = await service.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers: layersOf(done) });
    expect(shown.version).toBe(1);
    expect(shown.changed).toHaveLength(1);
    const filled = await tile(service);
    expect(filled.version).toBe(1);
    expect(pixelOf(filled, 30, 35)).not.toEqual(before);
    expect(pixelOf(filled, 300, 200)).toEqual(pixelOf(await tile(service, 0, ORIGINAL_VIEW), 300, 200));
    expect((await tile(service, 0, ORIGINAL_VIEW)).version).toBe(0);

    const again = await service.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers: layersOf(done) });
    expect(again).toEqual({ version: 1, changed: [] });
    const hidden = await service.windowHandlers.layers({
      ...DOCUMENT,
      view: EDITED_VIEW,
      layers: layersOf(done, false),
    });
    expect(hidden).toEqual({ version: 2, changed: shown.changed });
    expect(pixelOf(await tile(service), 30, 35)).toEqual(before);
  });

  it('shows the coarse fill, also to a window that has not heard yet that it is over', async () => {
    const service = await opened();
    let go = (): void => undefined;
    generator.refining = () => new Promise((resolve) => (go = resolve));
    await fill(service);
    const coarse = await event('fill:coarse');
    expect(
      (await service.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers: layersOf(coarse) })).version,
    ).toBe(1);
    go();
    const done = await event('fill:done');
    await service.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers: layersOf(coarse) });
    await service.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers: layersOf(done) });
    // Now it is gone, and a late stack that names it is no error.
    expect(
      await service.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers: layersOf(coarse) }),
    ).toMatchObject({
      version: 3,
    });
    const never = [{ patchId: 'p-never', visible: true, opacity: 1 }];
    await expect(
      service.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers: never }),
    ).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('shows a layer at half opacity, also when the same patch lies there twice', async () => {
    const service = await opened();
    const [before] = pixelOf(await tile(service), 30, 35);
    await fill(service);
    const done = await event('fill:done');
    const show = async (...opacities: number[]) => {
      const layers = opacities.flatMap((opacity) => layersOf(done).map((layer) => ({ ...layer, opacity })));
      const { changed } = await service.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers });
      return { changed: changed.length, red: pixelOf(await tile(service), 30, 35)[0] };
    };
    const { red: filled } = await show(1);
    const half = Math.round((before + filled) / 2);
    expect(await show(0.5)).toEqual({ changed: 2, red: half });
    expect(await show(0.5, 0.5)).toEqual({ changed: 1, red: Math.round((half + filled) / 2) });
    expect(await show(0.5, 0.5)).toMatchObject({ changed: 0 });
    expect(await show(0)).toEqual({ changed: 2, red: before });
  });

  it('makes small looks at a part of the picture, with the layers that are asked for', async () => {
    const service = await opened();
    await fill(service);
    const layers = layersOf(await event('fill:done'));
    const ask = { ...DOCUMENT, box: HOLE, side: 16 };
    const { width, height, pixels } = await service.windowHandlers.thumbnail({ ...ask, layers });
    expect([width, height, pixels.length]).toEqual([16, 11, 16 * 11 * 4]);
    const filled = pixelOf({ pixels, width }, 8, 5);
    const plain = await service.windowHandlers.thumbnail({ ...ask, layers: [] });
    const off = await service.windowHandlers.thumbnail({ ...ask, layers: layers.map((l) => ({ ...l, opacity: 0 })) });
    expect(pixelOf(plain, 8, 5)).not.toEqual(filled);
    expect(off).toEqual(plain);
    const outside = { ...HOLE, x: WIDTH - 4 };
    await expect(service.windowHandlers.thumbnail({ ...ask, box: outside, layers })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('shows two stacks side by side, each view its own', async () => {
    const service = await opened();
    await fill(service);
    const layers = layersOf(await event('fill:done'));
    const { changed } = await service.windowHandlers.layers({ ...DOCUMENT, view: 'left', layers });
    expect(changed).toHaveLength(1);
    const before = pixelOf(await tile(service), 30, 35);
    expect(pixelOf(await tile(service, 0, 'left'), 30, 35)).not.toEqual(before);
    expect(pixelOf(await tile(service, 0, 'right'), 30, 35)).toEqual(before);
    await service.windowHandlers.layers({ ...DOCUMENT, view: 'left', layers: [] });
    expect(pixelOf(await tile(service, 0, 'left'), 30, 35)).toEqual(before);
  });

  it('finds the fills again after its process died', async () => {
    const first = await opened();
    await fill(first);
    const layers = layersOf(await event('fill:done'));
    await first.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers });
    const seen = pixelOf(await tile(first), 30, 35);
    const second = await opened();
    await second.windowHandlers.layers({ ...DOCUMENT, view: EDITED_VIEW, layers });
    expect(pixelOf(await tile(second), 30, 35)).toEqual(seen);
  });

  it('cancels within half a second, keeps serving tiles, and fills again', async () => {
    const service = await opened();
    generator.refining = (signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () =>
          reject(new StudioError({ code: 'cancelled', message: 'cancelled', remedy: '' })),
        );
      });
    await fill(service);
    await event('fill:coarse');
    expect((await tile(service)).width).toBe(512);
    const began = performance.now();
    await service.windowHandlers.cancel({ jobId: 'job' });
    expect(performance.now() - began).toBeLessThan(500);
    expect(patchFiles()).toEqual([]);
    generator.refining = () => Promise.resolve();
    await fill(service, 'second');
    expect(await event('fill:done')).toMatchObject({ jobId: 'second' });
    expect(events.some(({ name }) => name === 'fill:failed')).toBe(false);
  });

  it('reports a generator that crashes, and goes on', async () => {
    const service = await opened();
    generator.refining = () =>
      Promise.reject(new StudioError({ code: 'engine-stopped', message: 'The process died.', remedy: 'Try again.' }));
    await fill(service);
    expect(await event('fill:failed')).toMatchObject({ jobId: 'job', error: { code: 'engine-stopped' } });
    generator.refining = () => Promise.resolve();
    await fill(service, 'second');
    expect(await event('fill:done')).toMatchObject({ jobId: 'second' });
  });

  it('refuses a hole beyond the picture as a failed fill', async () => {
    const service = await opened();
    const hole = { box: { x: WIDTH - 4, y: 0, width: 8, height: 1 }, bits: Uint8Array.of(255) };
    await service.windowHandlers.fill({
      ...DOCUMENT,
      jobId: 'job',
      modelId: 'grey',
      hole,
      source: null,
      layers: [],
      settings: FILL_SETTINGS,
    });
    expect(await event('fill:failed')).toMatchObject({ error: { code: 'bad-request' } });
  });

  it('saves what is visible, and every pixel outside the hole as it was', async () => {
    const service = await opened();
    const original = await sharp(photo).raw().toBuffer();
    await fill(service);
    const done = await event('fill:done');
    const path = join(folder, 'gefüllt.png');
    await service.hostHandlers.save({ ...DOCUMENT, layers: layersOf(done), path, options: {} });
    const saved = await sharp(path).raw().toBuffer();
    let inside = 0;
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const at = (y * WIDTH + x) * 3;
        const same = saved.subarray(at, at + 3).equals(original.subarray(at, at + 3));
        const hole = x >= HOLE.x && x < HOLE.x + HOLE.width && y >= HOLE.y && y < HOLE.y + HOLE.height;
        if (hole) inside += same ? 0 : 1;
        else if (!same) throw new Error(`pixel ${x}, ${y} outside the hole changed`);
      }
    }
    expect(inside).toBeGreaterThan((HOLE.width * HOLE.height) / 2);
    await service.hostHandlers.save({ ...DOCUMENT, layers: layersOf(done, false), path, options: {} });
    expect((await sharp(path).raw().toBuffer()).equals(original)).toBe(true);
  });

  it('writes over the file it came from only where that was allowed', async () => {
    const service = serving();
    const sessionFolder = join(folder, 'session');
    await service.hostHandlers.open({
      ...DOCUMENT,
      path: photo,
      name: 'Sample',
      sessionFolder,
      savable: false,
      project: null,
    });
    await expect(
      service.hostHandlers.save({ ...DOCUMENT, layers: [], path: photo, options: {} }),
    ).rejects.toMatchObject({ code: 'file-not-writable' });
    await opened().then((savable) => savable.hostHandlers.save({ ...DOCUMENT, layers: [], path: photo, options: {} }));
  });

  it('says so when a file is no picture', async () => {
    writeFileSync(photo, 'rubbish');
    await expect(open(serving())).rejects.toBeInstanceOf(StudioError);
  });

  it('closes a document together with its fills', async () => {
    const service = await opened();
    generator.refining = (signal) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))));
    await fill(service);
    await event('fill:coarse');
    await service.hostHandlers.close(DOCUMENT);
    expect(() => service.windowHandlers.tile({ ...DOCUMENT, view: EDITED_VIEW, level: 0, x: 0, y: 0 })).toThrow(
      'not open',
    );
    expect(events.some(({ name }) => name === 'fill:failed' || name === 'fill:done')).toBe(false);
  });
});
