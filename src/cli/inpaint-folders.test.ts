import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { InpaintReport } from './inpaint-command';
import { runCli, samplesOf, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';

const FAST = ['--detail', '0'];

async function folders() {
  const folder = await temporaryFolder();
  const [photos, masks, out] = [join(folder, 'photos'), join(folder, 'masks'), join(folder, 'out')];
  await mkdir(photos);
  await mkdir(masks);
  return { folder, photos, masks, out };
}

it('says what of a folder it passed over, and looks into folders with --recursive', async () => {
  const { photos, folder, out } = await folders();
  const mask = join(folder, 'mask.png');
  await writeMaskFile(mask);
  await writePhoto(join(photos, 'a.jpg'));
  await mkdir(join(photos, 'deeper'));
  await writePhoto(join(photos, 'deeper', 'b.png'));
  await writeFile(join(photos, 'c.JP2'), 'x');
  await sharp(await samplesOf(join(photos, 'a.jpg')), { raw: { width: 160, height: 120, channels: 3 } }).toFile(
    join(photos, 'd.gif'),
  );
  await writeFile(join(photos, 'notes.txt'), 'x');
  const flat = await runCli(['inpaint', photos, '-m', mask, '-o', out, '--json', ...FAST]);
  expect(flat.messages).toContain('c.JP2: JP2 is not read');
  expect(flat.messages).toContain('deeper: a folder; --recursive');
  expect(flat.messages).not.toContain('notes.txt');
  expect((JSON.parse(flat.output) as InpaintReport).passedOver).toHaveLength(2);
  const deep = await runCli(['inpaint', photos, '-m', mask, '-o', out, '--recursive', '--skip-existing', ...FAST]);
  expect(deep.messages).toContain('1 done, 0 failed, 2 done before');
  expect((await readdir(out)).sort()).toEqual(['a-inpainted.jpg', 'd-inpainted.png', 'deeper']);
  expect(await readdir(join(out, 'deeper'))).toEqual(['b-inpainted.png']);
});

it('gives each of two photos of one stem the mask of its own ending', async () => {
  const { photos, masks, out } = await folders();
  await writePhoto(join(photos, 'shot.jpg'));
  await writePhoto(join(photos, 'shot.png'));
  await writeMaskFile(join(masks, 'shot.png'), [100, 80, 20, 20]);
  await writeMaskFile(join(masks, 'shot.jpg'), [8, 8, 16, 16]);
  await runCli(['inpaint', photos, '-m', masks, '-o', out, ...FAST]);
  const [before, after] = [await samplesOf(join(photos, 'shot.jpg')), await samplesOf(join(out, 'shot-inpainted.jpg'))];
  const changed = [...before.keys()].filter((i) => Math.abs(before[i] - after[i]) > 20).map((i) => Math.floor(i / 3));
  expect(changed.length).toBeGreaterThan(20);
  expect(Math.max(...changed.map((pixel) => Math.floor(pixel / 160)))).toBeLessThan(34);
});

it("does not take another photo's mask for a photo that has none", async () => {
  const { photos, masks, out } = await folders();
  await writePhoto(join(photos, 'shot.jpg'));
  await writePhoto(join(photos, 'shot.png'));
  await writeMaskFile(join(masks, 'shot.png'));
  const { code, messages } = await runCli(['inpaint', photos, '-m', masks, '-o', out, ...FAST]);
  expect(code).toBe(1);
  expect(messages).toMatch(/failed {2}\S*shot\.jpg: There is no mask for it/);
});

it('finds masks by a pattern, beside the photo where no folder is named', async () => {
  const { photos, out } = await folders();
  await writePhoto(join(photos, 'a.png'));
  await writeMaskFile(join(photos, 'a.png.hole.png'));
  const args = ['inpaint', photos, '--mask-name', '{name}.{ext}.hole.png', '-o', out, ...FAST];
  const { code } = await runCli(args);
  expect(code).toBe(0);
  expect(await readdir(out)).toEqual(['a-inpainted.png']);
});

it('replaces earlier results only when it is told to', async () => {
  const { photos, folder, out } = await folders();
  const mask = join(folder, 'mask.png');
  await writeMaskFile(mask);
  await writePhoto(join(photos, 'a.png'));
  const args = ['inpaint', photos, '-m', mask, '-o', out, ...FAST];
  expect((await runCli(args)).code).toBe(0);
  const again = await runCli(args);
  expect(again.code).toBe(1);
  expect(again.messages).toMatch(/a-inpainted\.png" is there already.*--overwrite.*--skip-existing/);
  expect((await runCli([...args, '--overwrite'])).code).toBe(0);
});

it('takes what stands after -- for names, even where they begin with a dash', async () => {
  const { folder, photos, out } = await folders();
  const mask = join(folder, 'mask.png');
  await writeMaskFile(mask);
  await writePhoto(join(photos, 'a.png'));
  await rename(join(photos, 'a.png'), join(photos, '-a.png'));
  const { code } = await runCli(['inpaint', '-m', mask, '-o', `${out}/`, ...FAST, '--', join(photos, '-a.png')]);
  expect(code).toBe(0);
  const missing = await runCli(['inpaint', '-m', mask, '--', '-no-such-file.png']);
  expect(missing.messages).toContain('-no-such-file.png');
  expect(missing.code).toBe(1);
});

it('copies a photo whose mask is empty when it is asked to', async () => {
  const { folder, photos, out } = await folders();
  const mask = join(folder, 'mask.png');
  await writeMaskFile(mask, [0, 0, 0, 0]);
  await writePhoto(join(photos, 'a.png'));
  const args = ['inpaint', photos, '-m', mask, '-o', out, ...FAST];
  expect((await runCli(args)).code).toBe(1);
  expect((await runCli([...args, '--copy-empty'])).code).toBe(0);
  expect(await samplesOf(join(out, 'a-inpainted.png'))).toEqual(await samplesOf(join(photos, 'a.png')));
});
