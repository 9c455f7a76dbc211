import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { runCli, samplesOf, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';

async function photoAndMask(box?: readonly number[]) {
  const folder = await temporaryFolder();
  const [photo, mask, out] = [join(folder, 'photo.png'), join(folder, 'mask.png'), join(folder, 'out.png')];
  await writePhoto(photo);
  await writeMaskFile(mask, box);
  return { folder, photo, mask, out };
}

it('refuses a mask that is mostly white until it is said which of its sides is meant', async () => {
  const { photo, mask, out } = await photoAndMask([0, 0, 160, 100]);
  const refused = await runCli(['inpaint', photo, '-m', mask, '-o', out]);
  expect(refused.code).toBe(1);
  expect(refused.messages).toMatch(/white over 83 %.*--invert-mask.*--no-invert-mask/);
  const inverted = await runCli(['inpaint', photo, '-m', mask, '-o', out, '--invert-mask', '--detail', '0']);
  expect(inverted.messages).toContain('17 % of it filled');
  const [before, after] = [await samplesOf(photo), await samplesOf(out)];
  expect(before.findIndex((sample, i) => sample !== after[i])).toBeGreaterThanOrEqual(100 * 160 * 3);
  const insisted = await runCli(['inpaint', photo, '-m', mask, '-o', out, '--no-invert-mask', '--detail', '0']);
  expect(insisted.messages).toContain('83 % of it filled');
});

it('says how a mask was understood that is not white on black', async () => {
  const { folder, photo, out } = await photoAndMask();
  const copy = join(folder, 'copy.png');
  const red = { create: { width: 20, height: 20, channels: 3, background: '#ff0000' } } as const;
  const patch = await sharp(red).png().toBuffer();
  await sharp(photo)
    .composite([{ input: patch, left: 60, top: 40 }])
    .toFile(copy);
  const { code, messages } = await runCli(['inpaint', photo, '-m', copy, '-o', out, '--detail', '0']);
  expect(code).toBe(0);
  expect(messages).toContain('2.1 % of it filled');
  expect(messages).toContain('The mask is a copy of the photo');
});
