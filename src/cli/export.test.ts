import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArchiveParts } from '../engine/testing/archives';
import { layersOfPsd } from '../engine/testing/psd-layers';
import { EXIT_CODES } from './exit-codes';
import { runCli } from './testing/program';

const PROJECT = join(import.meta.dirname, '..', 'engine', 'project', 'fixtures', 'version-1.inpaint');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'export-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('export', () => {
  it('takes picture, layers, mask and comparison out of a project', async () => {
    const at = (name: string) => join(folder, 'out', name);
    const { code, output } = await runCli([
      ...['export', PROJECT, '--picture', at('picture.png'), '--mask', at('mask.png')],
      ...['--layers', at('layers'), '--layer-size', 'full', '--before-after', at('both.jpg'), '--json'],
      ...['--psd', at('layers.psd'), '--ora', at('layers.ora')],
    ]);
    expect(code).toBe(EXIT_CODES.done.code);
    const { written } = JSON.parse(output) as { written: string[] };
    expect(written.filter((path) => !existsSync(path))).toEqual([]);
    expect(await sharp(at('picture.png')).metadata()).toMatchObject({ format: 'png', width: 61, height: 43 });
    expect(await sharp(at('mask.png')).metadata()).toMatchObject({ channels: 1, width: 61, height: 43 });
    expect(await sharp(at('both.jpg')).metadata()).toMatchObject({ format: 'jpeg', width: 124, height: 43 });
    const psd = layersOfPsd(readFileSync(at('layers.psd')));
    expect(psd.map(({ name }) => name)).toEqual(expect.arrayContaining(['Original', 'Variant 2', 'Fill 2']));
    const open = await readArchiveParts(at('layers.ora'));
    expect(open.get('stack.xml')?.toString()).toContain('name="Fill 2"');
    const picture = await sharp(at('picture.png')).raw().toBuffer();
    expect(await sharp(open.get('mergedimage.png')).raw().toBuffer()).toEqual(picture);
    expect(readdirSync(at('layers')).toSorted()).toContain('layers.json');
    const [layer] = readdirSync(at('layers')).filter((name) => name.endsWith('.png'));
    expect(await sharp(at(join('layers', layer))).metadata()).toMatchObject({ channels: 4, width: 61, height: 43 });
  });

  it('takes a picture with the canvas that it lies on', async () => {
    const fixture = (version: number) => PROJECT.replace('version-1', `version-${version}`);
    const [plain, framed] = [join(folder, 'plain.png'), join(folder, 'framed.png')];
    // Fixture 5 is fixture 4 on a canvas that begins 4 pixels to the left of the picture, and 2 below its top.
    expect((await runCli(['export', fixture(4), '--before-after', plain])).code).toBe(EXIT_CODES.done.code);
    expect((await runCli(['export', fixture(5), '--before-after', framed])).code).toBe(EXIT_CODES.done.code);
    const cut = (file: string, left: number, top: number) =>
      sharp(file).extract({ left, top, width: 57, height: 41 }).raw().toBuffer();
    expect(await cut(framed, 4, 0)).toEqual(await cut(plain, 0, 2));
  });

  it('says what is wanted, which file is no project, and which folder cannot be made', async () => {
    const nothing = await runCli(['export', PROJECT]);
    expect([nothing.code, nothing.messages]).toEqual([EXIT_CODES.usage.code, expect.stringContaining('--picture')]);
    const broken = join(folder, 'broken.inpaint');
    writeFileSync(broken, 'nothing of the kind');
    const failed = await runCli(['export', broken, '--mask', join(folder, 'mask.png')]);
    expect(failed.code).toBe(EXIT_CODES.unusable.code);
    expect(failed.messages).toMatch(/broken\.inpaint.*no project.*older copy/s);
    const below = await runCli(['export', PROJECT, '--mask', join(broken, 'mask.png')]);
    expect(below.code).toBe(EXIT_CODES.unusable.code);
    expect(below.messages).toContain('The folder "broken.inpaint" cannot be made.');
    expect(existsSync(join(folder, 'mask.png'))).toBe(false);
  });
});
