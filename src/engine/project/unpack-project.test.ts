import { createHash } from 'node:crypto';
import { createWriteStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { SessionDocument } from '../documents/session-document';
import { MANIFEST_NAME } from '../../shared/session-folder';
import { VERSION } from './manifest';
import { migrate, MIGRATIONS } from './migrations';
import { anyDocument, NO_CHANGE, PICTURE, sessionFolder } from '../testing/documents';
import { unpackProject } from './unpack-project';

const FIXTURES = join(import.meta.dirname, 'fixtures');

const KEPT_AS = {
  picture: { ...PICTURE, name: 'photo.png' },
  original: Promise.resolve('original.png'),
  program: '1.0',
};

let folder: string;
let target: string;
let project: string;
beforeEach(async () => {
  folder = await sessionFolder(2);
  target = await mkdtemp(join(tmpdir(), 'target-'));
  project = join(folder, 'work.inpaint');
});
afterEach(async () => {
  for (const path of [folder, target]) await rm(path, { recursive: true, force: true });
});

/** Writes a good project with two edits; its manifest. */
async function goodProject(): Promise<Record<string, unknown>> {
  const two = anyDocument(2).filter(({ edits }) => edits.length === 2);
  const [model] = fc.sample(two, { numRuns: 1, seed: 5 });
  const kept = await SessionDocument.open({ folder, ...KEPT_AS });
  const { markings, hints, edits, nextNumber } = model;
  await kept.remember({ ...NO_CHANGE, markings, hints, edits, nextNumber });
  await kept.pack(project, []);
  await unpackProject(project, target);
  const manifest = JSON.parse(readFileSync(join(target, MANIFEST_NAME), 'utf8')) as Record<string, unknown>;
  await rm(target, { recursive: true });
  target = await mkdtemp(join(tmpdir(), 'target-'));
  return manifest;
}

/** Writes an archive of anything. */
async function archive(entries: Readonly<Record<string, string | Buffer>>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(project));
}

/** The parts of the good project, with its manifest changed. */
async function withManifest(manifest: unknown): Promise<void> {
  const names = Object.keys((manifest as { parts: object }).parts);
  const parts = names.map((name) => [name, readFileSync(join(folder, name))] as const);
  await archive({ [MANIFEST_NAME]: JSON.stringify(manifest), ...Object.fromEntries(parts) });
}

async function refusal(): Promise<string> {
  const thrown = await unpackProject(project, target).then(
    () => ({ message: 'it was unpacked' }),
    (error: { message: string; remedy: string; file: string }) => error,
  );
  if ('remedy' in thrown) expect([thrown.file, thrown.remedy.length > 10]).toEqual([project, true]);
  expect(readdirSync(target), 'nothing is left behind').toEqual([]);
  return thrown.message;
}

describe('a project file', () => {
  it('is read in every version there has been', async () => {
    const versions = readdirSync(FIXTURES).map((name) => Number(/^version-(\d+)\.inpaint$/.exec(name)?.[1]));
    expect(versions.toSorted()).toEqual(Array.from({ length: VERSION }, (_, index) => index + 1));
    for (const version of versions) {
      const into = await mkdtemp(join(target, 'v'));
      const manifest = await unpackProject(join(FIXTURES, `version-${version}.inpaint`), into);
      expect(manifest).toMatchObject({ version: VERSION, picture: { name: 'photo.png', ...PICTURE }, nextNumber: 3 });
      expect(manifest.edits.map(({ number }) => number)).toEqual([1, 2]);
      const { paint, setAside, hints } = manifest;
      const held = [paint.hint?.keys, setAside?.paint.hint?.keys, hints.map(({ hintId }) => hintId)];
      expect(held).toEqual(version === 1 ? [undefined, undefined, []] : [[0], [0], ['hint-0']]);
      const kept = await SessionDocument.open({ folder: into, ...KEPT_AS });
      expect((await kept.recall())?.model.paint.hint).toHaveLength(version === 1 ? 0 : 1);
      const variants = manifest.edits.flatMap((edit) => edit.variants);
      const lines = [paint.lines, variants[0]?.recipe.lines, variants[0]?.foundLines].map((list) => list?.length);
      expect(lines).toEqual(version < 3 ? [0, 0, 0] : [1, 1, 1]);
      const { refused, chosen } = variants[0]?.recipe.pieces ?? {};
      expect([refused?.length, chosen?.length]).toEqual(version < 4 ? [0, 0] : [1, 1]);
      expect(manifest.picture.frame).toEqual(version < 5 ? null : { x: -4, y: 2 });
    }
  });

  it('of an older version goes through the chain of migrations in order', () => {
    const chain = [2, 3, 4].map((to) => (old: Readonly<Record<string, unknown>>) => ({
      ...old,
      [`to${to}`]: old['version'],
    }));
    expect(migrate({ version: 2, name: 'x' }, 2, chain)).toEqual({ version: 4, name: 'x', to3: 2, to4: 3 });
    expect(migrate({ version: 4 }, 4, chain)).toEqual({ version: 4 });
    expect(MIGRATIONS).toHaveLength(VERSION - 1);
  });

  it('of a newer version is refused with what to do', async () => {
    const manifest = await goodProject();
    await withManifest({ ...manifest, version: VERSION + 1 });
    const bytes = readFileSync(project);
    expect(await refusal()).toMatch(/"work.inpaint" was made by a newer Inpaint Studio \(format 6/);
    expect(readFileSync(project).equals(bytes)).toBe(true);
    await withManifest({ ...manifest, version: 0 });
    expect(await refusal()).toMatch(/has no manifest of Inpaint Studio/);
    await withManifest({ ...manifest, format: 'something-else' });
    expect(await refusal()).toMatch(/has no manifest of Inpaint Studio/);
  });

  it('that is none, or cut off anywhere, is refused', async () => {
    await goodProject();
    const whole = readFileSync(project);
    writeFileSync(project, 'not a zip');
    expect(await refusal()).toMatch(/is incomplete, or is no project/);
    writeFileSync(project, '');
    expect(await refusal()).toMatch(/is incomplete, or is no project/);
    for (let share = 0.1; share < 1; share += 0.1) {
      writeFileSync(project, whole.subarray(0, Math.floor(whole.length * share)));
      expect(await refusal()).toMatch(/is incomplete, or is no project/);
    }
    await rm(project);
    expect(await refusal()).toMatch(/There is no file "work.inpaint"/);
  });

  it('with a changed byte anywhere is refused or still whole, and never opened damaged', async () => {
    await goodProject();
    const whole = readFileSync(project);
    const original = readFileSync(join(folder, 'original.png'));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(whole);
        changed[at] ^= flip;
        writeFileSync(project, changed);
        const into = await mkdtemp(join(target, 'x'));
        const manifest = await unpackProject(project, into).catch(() => null);
        if (manifest) expect(readFileSync(join(into, manifest.picture.part)).equals(original)).toBe(true);
        else expect(readdirSync(into)).toEqual([]);
        await rm(into, { recursive: true });
      }),
      { numRuns: 150 },
    );
  });

  it('without a part, with a part twice or with one that is not what the manifest says, is refused', async () => {
    const manifest = await goodProject();
    await archive({ [MANIFEST_NAME]: JSON.stringify(manifest) });
    expect(await refusal()).toMatch(/lacks its part "original.png"/);
    await withManifest({ ...manifest, parts: { 'original.png': { bytes: 3, sha256: '0'.repeat(64) } } });
    expect(await refusal()).toMatch(/is damaged in its part "original.png"/);
    const { length } = readFileSync(join(folder, 'original.png'));
    await withManifest({ ...manifest, parts: { 'original.png': { bytes: length, sha256: '0'.repeat(64) } } });
    expect(await refusal()).toMatch(/is damaged in its part "original.png"/);
    await withManifest({ ...manifest, parts: {} });
    expect(await refusal()).toMatch(/does not say what its part "original.png" is/);
    await archive({ 'a.png': 'one', 'b.png': 'two' });
    writeFileSync(
      project,
      Buffer.from(readFileSync(project).toString('latin1').replaceAll('b.png', 'a.png'), 'latin1'),
    );
    expect(await refusal()).toMatch(/holds "a.png" twice/);
  });

  it('cannot write outside its folder', async () => {
    const manifest = await goodProject();
    await archive({ 'aa/evil.png': 'x', [MANIFEST_NAME]: JSON.stringify(manifest) });
    const evil = readFileSync(project).toString('latin1').replaceAll('aa/evil.png', '../evil.png');
    writeFileSync(project, Buffer.from(evil, 'latin1'));
    expect(await refusal()).toMatch(/has a damaged directory/);
    for (const part of ['../evil.png', '/etc/evil.png', 'a/b.png', '.hidden.png', 'c:evil.png', 'a\\b.png']) {
      await withManifest({ ...manifest, picture: { name: 'x', part, ...PICTURE } });
      expect(await refusal()).toMatch(/has a manifest that does not make sense at "picture.part"/);
    }
    const name = '__proto__';
    await withManifest({ ...manifest, picture: { name: 'x', part: name, ...PICTURE } });
    expect(await refusal()).toMatch(/does not make sense/);
  });

  it('that would unpack to an absurd size is refused before it does', async () => {
    const zeros = Buffer.alloc(90 * 1024 * 1024);
    await archive({ 'a.png': zeros, [MANIFEST_NAME]: '{}' });
    expect(readFileSync(project).length).toBeLessThan(200_000);
    expect(await refusal()).toMatch(/would unpack to an absurd size/);
    await archive({ [MANIFEST_NAME]: Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(70 * 1024 * 1024, 0x20)]) });
    expect(await refusal()).toMatch(/absurd size/);
    await goodProject();
    const lying = readFileSync(project);
    // The directory's announcement of the first entry's size (APPNOTE.TXT 4.3.12), far below what comes out.
    const at = lying.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    lying.writeUInt32LE(10, at + 24);
    writeFileSync(project, lying);
    expect(await refusal()).toMatch(/is damaged in its part "document.json"/);
  });

  it('whose fills claim to be where they are not is refused', async () => {
    const manifest = await goodProject();
    const moved = (x: number, width: number) =>
      JSON.parse(
        JSON.stringify(manifest, (key, value: unknown) =>
          key === 'patches' ? [{ patchId: 'p-0', box: { x, y: 5, width, height: 6 } }] : value,
        ),
      ) as unknown;
    await withManifest(moved(7, 9));
    await unpackProject(project, await mkdtemp(join(target, 'good')));
    await rm(target, { recursive: true });
    target = await mkdtemp(join(tmpdir(), 'target-'));
    await withManifest(moved(PICTURE.width - 3, 9));
    expect(await refusal()).toMatch(/is damaged in its part "p-0.png"/);
    await withManifest(moved(7, 8));
    expect(await refusal()).toMatch(/is damaged in its part "p-0.png"/);
  });

  it('cannot plant a file that the program would take for its own', async () => {
    const manifest = await goodProject();
    const [first, ...others] = manifest['markings'] as Record<string, unknown>[];
    for (const hole of ['session.json', 'document.json', 'original.png', 'p-0.map']) {
      await withManifest({ ...manifest, markings: [{ ...first, hole }, ...others] });
      expect(await refusal()).toMatch(/does not make sense at "markings.0.hole"/);
    }
    await withManifest({ ...manifest, picture: { name: 'x', part: 'photo.png', ...PICTURE } });
    expect(await refusal()).toMatch(/does not make sense at "picture.part"/);
  });

  it('whose fills, seen together, claim more than the machine holds is refused before they are decoded', async () => {
    const manifest = await goodProject();
    const size = { width: 60_000, height: 5_000 };
    // Each of 300 megapixels, in 33 bytes; together more than a machine of 8 GB gives them.
    const count = 3;
    const head = pngHead(size.width, size.height);
    const sha256 = createHash('sha256').update(head).digest('hex');
    const patches = Array.from({ length: count }, (_, index) => ({
      patchId: `p-${index}`,
      box: { x: 0, y: 0, ...size },
    }));
    const patched = (visible: boolean) => ({
      ...manifest,
      picture: { ...(manifest['picture'] as object), ...size },
      edits: (manifest['edits'] as { variants: object[] }[]).map((edit) => ({
        ...edit,
        visible,
        opacity: 1,
        variants: edit.variants.map((variant) => ({ ...variant, patches })),
      })),
      parts: {
        ...(manifest['parts'] as object),
        ...Object.fromEntries(patches.map(({ patchId }) => [`${patchId}.png`, { bytes: head.length, sha256 }])),
      },
    });
    for (const { patchId } of patches) writeFileSync(join(folder, `${patchId}.png`), head);
    await withManifest(patched(true));
    const machine = { machineBytes: 8 * 2 ** 30 };
    await expect(unpackProject(project, target, machine)).rejects.toThrow(/absurd amount of memory/);
    expect(readdirSync(target), 'nothing is left behind').toEqual([]);
    // What is hidden is decoded when it is shown.
    await withManifest(patched(false));
    await unpackProject(project, target, machine);
  });

  it('whose planes and hints claim more than the picture or the memory holds is refused before they are decoded', async () => {
    const manifest = await goodProject();
    const picture = { ...(manifest['picture'] as object), width: 65_535, height: 65_535 };
    const claiming = async (pictureOf: object, planes: readonly Buffer[], hints: readonly object[] = []) => {
      const names = planes.map((_, index) => `plane-${index}.png`);
      names.forEach((name, index) => writeFileSync(join(folder, name), planes[index]));
      const digests = Object.fromEntries(
        names.map((name, index) => {
          const sha256 = createHash('sha256').update(planes[index]).digest('hex');
          return [name, { bytes: planes[index].length, sha256 }];
        }),
      );
      const rest = { include: null, exclude: null, freshOnly: false };
      await withManifest({
        ...manifest,
        picture: pictureOf,
        edits: [],
        hints,
        markings: names.map((hole, index) => ({ markingId: `m-${index}`, hole, ...rest })),
        parts: { 'original.png': (manifest['parts'] as Record<string, object>)['original.png'], ...digests },
      });
    };
    await claiming(manifest['picture'] as object, [pngHead(PICTURE.width + 1, 10)]);
    expect(await refusal()).toMatch(/is damaged in its part "plane-0.png"/);
    // Three planes of 512 MB in a few bytes.
    await claiming(
      picture,
      Array.from({ length: 3 }, () => pngHead(65_535, 65_535)),
    );
    expect(await refusal()).toMatch(/absurd amount of memory/);
    const box = { x: PICTURE.width - 3, y: 0, width: 9, height: 9 };
    await claiming(
      manifest['picture'] as object,
      [pngHead(9, 9)],
      [{ hintId: 'h', part: 'plane-0.png', box, step: 1, strength: 1 }],
    );
    expect(await refusal()).toMatch(/does not make sense at "hints.0.box"/);
  });
});

/** The beginning of a PNG of one bit a pixel: signature and IHDR (https://www.w3.org/TR/png-3/). */
function pngHead(width: number, height: number): Buffer {
  const head = Buffer.alloc(33);
  head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  head.set([1, 0], 24);
  return head;
}
