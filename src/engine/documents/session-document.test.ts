import fc from 'fast-check';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { DocumentModel, Paint } from '../../shared/document-model';
import { HINT_TILE_BYTES } from '../../shared/hint-raster';
import type { DocumentChange } from '../../shared/protocol/document-change';
import { planePatchOf } from '../../shared/plane-delta';
import { MANIFEST_NAME } from '../../shared/session-folder';
import { cutPatch, replacePatch } from '../../shared/plane-patch';
import type { PlanePatch } from '../../shared/protocol/values';
import type { StructureLine } from '../../shared/structure-line';
import { readPatch } from '../image/patch-file';
import { anyDocument, NO_CHANGE, patchSamples, PICTURE, sessionFolder } from '../testing/documents';
import { unpackProject } from '../project/unpack-project';
import { SessionDocument } from './session-document';

const PATCHES = 3;
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function session(): Promise<string> {
  const folder = await sessionFolder(PATCHES);
  folders.push(folder);
  return folder;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unpacked-'));
  folders.push(folder);
  return folder;
}

function keeping(folder: string): Promise<SessionDocument> {
  const picture = { ...PICTURE, name: 'photo.png' };
  return SessionDocument.open({ folder, picture, original: Promise.resolve('original.png'), program: '1.0' });
}

/** Everything of a document as one change. */
function wholeChange(model: DocumentModel, revision = 1): DocumentChange {
  const { hole, include, exclude, hint } = model.paint;
  const whole = (patch: PlanePatch | null) => cutPatch(planeOf(patch), { x: 0, y: 0, ...PICTURE });
  return {
    revision,
    planes: { hole: whole(hole), include: whole(include), exclude: whole(exclude) },
    hint,
    setAside: model.setAside,
    markings: model.markings,
    hints: model.hints,
    edits: model.edits,
    nextNumber: model.nextNumber,
  };
}

function planeOf(patch: PlanePatch | null): BitPlane {
  const plane = new BitPlane(PICTURE.width, PICTURE.height);
  if (patch) replacePatch(plane, patch);
  return plane;
}

/** Planes as they are, whatever boxes they came in. */
function normal(model: DocumentModel): unknown {
  const bits = (patch: PlanePatch | null) => Buffer.from(planeOf(patch).bits).toString('hex');
  const painted = ({ hint, hole, include, exclude }: Paint) => [hint, ...[hole, include, exclude].map(bits)];
  return {
    ...model,
    paint: painted(model.paint),
    setAside: model.setAside && [model.setAside.editId, painted(model.setAside.paint)],
    markings: model.markings.map(({ hole, include, exclude, ...rest }) => [
      rest,
      ...[hole, include, exclude].map(bits),
    ]),
  };
}

const LINE: StructureLine = {
  lineId: 'line-1',
  points: [
    { x: 1, y: 2.5 },
    { x: 40, y: 30 },
  ],
};

describe('a kept document', () => {
  it('comes back from its folder and from a project file as it was, bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument(PATCHES), async (model) => {
        const folder = await session();
        const kept = await keeping(folder);
        await kept.remember(wholeChange(model, 7));
        const variants = model.edits.flatMap((edit) => edit.variants);
        const needed = {
          ...model,
          markings: model.markings.filter(({ markingId }) => variants.some((v) => v.markingId === markingId)),
          hints: model.hints.filter(({ hintId }) => variants.some(({ recipe }) => recipe.hintId === hintId)),
        };
        const again = await (await keeping(folder)).recall();
        expect(again?.revision).toBe(7);
        expect(again && normal(again.model)).toEqual(normal(needed));

        const project = join(folder, 'x.inpaint');
        expect(await kept.pack(project, [{ modelId: 'lama', name: 'LaMa' }])).toBe(7);
        const other = await emptyFolder();
        await unpackProject(project, other);
        const opened = await (await keeping(other)).recall();
        expect(opened && normal(opened.model)).toEqual(normal(needed));
        expect(readFileSync(join(other, 'original.png'))).toEqual(readFileSync(join(folder, 'original.png')));
        for (const name of readdirSync(other).filter((file) => file.startsWith('p-'))) {
          expect([...(await readPatch(join(other, name))).samples]).toEqual([...patchSamples(Number(name[2]))]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes planes in parts, and forgets the files of what was painted before', async () => {
    const folder = await session();
    const kept = await keeping(folder);
    const plane = new BitPlane(PICTURE.width, PICTURE.height);
    for (let step = 0; step < 6; step++) {
      const box = { x: step * 9, y: step * 5, width: 11, height: 7 };
      plane.fillRect(box, step !== 4);
      const planes = { hole: cutPatch(plane, box) };
      await kept.remember({ ...NO_CHANGE, revision: step, planes });
    }
    const recalled = await (await keeping(folder)).recall();
    expect(planeOf(recalled?.model.paint.hole ?? null).equals(plane)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('hole-'))).toHaveLength(1);
    plane.fill(false);
    const planes = { hole: cutPatch(plane, { x: 0, y: 0, ...PICTURE }) };
    await kept.remember({ ...NO_CHANGE, revision: 9, planes });
    expect((await kept.recall())?.model.paint.hole).toBeNull();
    expect(readdirSync(folder).filter((name) => name.startsWith('hole-'))).toEqual([]);
  });

  it('takes a painted hint tile by tile, what is set aside as it comes, and forgets the files of both', async () => {
    const folder = await session();
    const kept = await keeping(folder);
    const tile = (value: number) => new Uint8Array(HINT_TILE_BYTES).fill(value);
    const hint = [{ key: 0, pixels: tile(9) }];
    const aside: Paint = { hole: null, include: null, exclude: null, hint, lines: [LINE] };
    const hints = () => readdirSync(folder).filter((name) => name.startsWith('hint-'));
    await kept.remember({ ...NO_CHANGE, hint: [{ key: 0, pixels: tile(1) }] });
    await kept.remember({ ...NO_CHANGE, setAside: { editId: 'e', paint: aside } });
    expect(hints()).toHaveLength(2);
    const { model } = (await (await keeping(folder)).recall()) ?? {};
    expect(model?.paint.hint).toEqual([{ key: 0, pixels: tile(1) }]);
    expect(model?.setAside).toEqual({ editId: 'e', paint: aside });
    const again = await keeping(folder);
    await again.remember({ ...NO_CHANGE, hint: [{ key: 0, pixels: tile(2) }] });
    expect((await again.recall())?.model.paint.hint).toEqual([{ key: 0, pixels: tile(2) }]);
    expect(hints()).toHaveLength(2);
    await again.remember({ ...NO_CHANGE, hint: [{ key: 0, pixels: null }], setAside: null });
    expect((await again.recall())?.model).toMatchObject({ paint: { hint: [] }, setAside: null });
    expect(hints()).toEqual([]);
  });

  it('takes the painted lines as they are now, and leaves them where a change does not speak of them', async () => {
    const kept = await keeping(await session());
    await kept.remember({ ...NO_CHANGE, lines: [LINE] });
    await kept.remember({ ...NO_CHANGE, revision: 2 });
    expect((await kept.recall())?.model.paint.lines).toEqual([LINE]);
    await kept.remember({ ...NO_CHANGE, revision: 3, lines: [] });
    expect((await kept.recall())?.model.paint.lines).toEqual([]);
  });

  it('says so when a hint is not what the manifest says', async () => {
    const folder = await session();
    const pixels = new Uint8Array(6 * 4 * 4).fill(77);
    const hint = { hintId: 'h', strength: 0.5, hint: { box: { x: 1, y: 2, width: 12, height: 8 }, step: 2, pixels } };
    const [model] = fc.sample(
      anyDocument(1).filter(({ edits }) => edits.length > 0),
      { numRuns: 1, seed: 3 },
    );
    const edits = model.edits.map((edit) => ({
      ...edit,
      variants: edit.variants.map((variant) => ({ ...variant, recipe: { ...variant.recipe, hintId: 'h' } })),
    }));
    await (await keeping(folder)).remember({ ...wholeChange(model), edits, hints: [hint] });
    expect((await (await keeping(folder)).recall())?.model.hints).toEqual([hint]);
    writeFileSync(join(folder, 'h-h.png'), readFileSync(join(folder, 'original.png')));
    const error = { code: 'file-unreadable', message: 'The colour hint stored in "h-h.png" is damaged.' };
    await expect((await keeping(folder)).recall()).rejects.toMatchObject(error);
  });

  it('keeps the last whole state when a part cannot be written', async () => {
    const folder = await session();
    const kept = await keeping(folder);
    const plane = new BitPlane(PICTURE.width, PICTURE.height);
    plane.fillRect({ x: 3, y: 3, width: 5, height: 5 }, true);
    const hole = planePatchOf(plane);
    if (!hole) throw new Error('nothing is on');
    await kept.remember(NO_CHANGE);
    const tooFar = { ...hole, box: { ...hole.box, x: 60 } };
    await expect(kept.remember({ ...NO_CHANGE, revision: 2, planes: { hole: tooFar } })).rejects.toThrow(
      'over the edge',
    );
    expect((await (await keeping(folder)).recall())?.revision).toBe(1);
    await kept.remember({ ...NO_CHANGE, revision: 3, planes: { hole } });
    const recalled = await (await keeping(folder)).recall();
    expect(planeOf(recalled?.model.paint.hole ?? null).equals(plane)).toBe(true);
  });

  it('names the models of its edits, also those that are not there any more', async () => {
    const folder = await session();
    const usesBoth = anyDocument(1).filter(({ edits }) => {
      const used = edits.flatMap(({ variants }) => variants.map(({ recipe }) => recipe.modelId));
      return used.includes('lama') && used.includes('gone');
    });
    const [model] = fc.sample(usesBoth, { numRuns: 1, seed: 3 });
    const kept = await keeping(folder);
    await kept.remember(wholeChange(model));
    const project = join(folder, 'x.inpaint');
    await kept.pack(project, [
      { modelId: 'default', name: 'Default' },
      { modelId: 'lama', name: 'LaMa' },
    ]);
    const other = await emptyFolder();
    await unpackProject(project, other);
    const opened = await keeping(other);
    await opened.pack(join(other, 'y.inpaint'), []);
    const third = await emptyFolder();
    const { models } = await unpackProject(join(other, 'y.inpaint'), third);
    expect(models.find(({ modelId }) => modelId === 'lama')).toEqual({ modelId: 'lama', name: 'LaMa' });
    expect(models.find(({ modelId }) => modelId === 'gone')).toEqual({ modelId: 'gone', name: 'gone' });
  });

  it('was not begun as long as nothing was done', async () => {
    const kept = await keeping(await session());
    expect(kept.begun).toBe(false);
    expect(await kept.recall()).toBeNull();
  });

  it('decodes a plane that many places name once, whatever names it', async () => {
    const folder = await session();
    const kept = await keeping(folder);
    const two = anyDocument(2).filter(({ edits, markings }) => edits.length === 2 && markings.length > 1);
    const [model] = fc.sample(two, { numRuns: 1, seed: 7 });
    await kept.remember(wholeChange(model));
    const path = join(folder, MANIFEST_NAME);
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { markings: { hole: string }[] };
    const part = manifest.markings[0].hole;
    for (const marking of manifest.markings) marking.hole = part;
    writeFileSync(path, JSON.stringify(manifest));
    const recalled = await (await keeping(folder)).recall();
    const [first, ...others] = recalled?.model.markings.map(({ hole }) => hole.bits) ?? [];
    expect(others.length).toBeGreaterThan(0);
    for (const bits of others) expect(bits).toBe(first);
  });

  it('that does not make sense is refused with the place, not with a fault of the program', async () => {
    const folder = await session();
    const kept = await keeping(folder);
    const [model] = fc.sample(
      anyDocument(2).filter(({ edits }) => edits.length === 2),
      { numRuns: 1, seed: 5 },
    );
    await kept.remember(wholeChange(model));
    const path = join(folder, MANIFEST_NAME);
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { paint: object };
    const points = [
      { x: 0, y: 0 },
      { x: 60_000, y: 1 },
    ];
    const lines = [{ lineId: 'line-1', points }];
    writeFileSync(path, JSON.stringify({ ...manifest, paint: { ...manifest.paint, lines } }));
    await expect((await keeping(folder)).recall()).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('does not make sense') as string,
    });
  });
});
