import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from './testing/program';

/** A red disc and a dark wire before a blue sky. */
async function photoIn(folder: string): Promise<string> {
  const photo = join(folder, 'photo.png');
  const samples = new Uint8Array(400 * 300 * 3);
  for (let y = 0, at = 0; y < 300; y++) {
    for (let x = 0; x < 400; x++, at += 3) {
      const disc = Math.hypot(x - 120, y - 150) < 50;
      const wire = Math.abs(y - 40 - x / 13) < 1.3;
      samples.set(disc ? [200, 50, 50] : wire ? [32, 32, 48] : [136, 170, 204], at);
    }
  }
  await sharp(samples, { raw: { width: 400, height: 300, channels: 3 } }).toFile(photo);
  return photo;
}

const whiteIn = async (file: string, left: number, top: number, width: number, height: number) =>
  (await sharp(file).extract({ left, top, width, height }).extractChannel(0).raw().toBuffer()).filter(
    (sample) => sample > 127,
  ).length;

it('writes the object of a box as a mask', async () => {
  const folder = await temporaryFolder();
  const [photo, out] = [await photoIn(folder), join(folder, 'masks', 'mask.png')];
  const ran = await runCli(['mask', photo, out, '--box', '60,90,120,120']);
  expect([ran.code, ran.messages]).toEqual([0, '']);
  expect(Math.abs((await whiteIn(out, 0, 0, 400, 300)) - Math.PI * 2500)).toBeLessThan(300);
  expect(await whiteIn(out, 100, 130, 40, 40)).toBe(1600);
});

it('writes wires as a mask, and says how many', async () => {
  const folder = await temporaryFolder();
  const [photo, out] = [await photoIn(folder), join(folder, 'mask.png')];
  const ran = await runCli(['mask', photo, out, '--wires']);
  expect(ran.output).toMatch(/mask\.png \(\d+\.\d % of the photo, 1 line\)/);
  expect(await whiteIn(out, 10, 30, 380, 50)).toBeGreaterThan(380 * 2.5);
  expect(await whiteIn(out, 60, 90, 120, 120)).toBe(0);
  const again = await runCli(['mask', photo, out, '--wires']);
  expect([again.code, again.messages]).toEqual([3, expect.stringContaining('is there already')]);
  expect((await runCli(['mask', photo, out, '--wires', '--overwrite', '--json'])).code).toBe(0);
});

it('names the folder that cannot be made', async () => {
  const folder = await temporaryFolder();
  const photo = await photoIn(folder);
  const { code, messages } = await runCli(['mask', photo, join(photo, 'mask.png'), '--wires']);
  expect([code, messages]).toEqual([3, expect.stringContaining('The folder "photo.png" cannot be made.')]);
});

it.each([
  [['--box', '1,2,3'], /--box is x,y,width,height/],
  [['--box', '500,10,20,20'], /--box lies outside the photo of 400 x 300/],
  [[], /Say what to look for/],
])('refuses what it is asked with %s', async (asked, complaint) => {
  const folder = await temporaryFolder();
  const { code, messages } = await runCli(['mask', await photoIn(folder), join(folder, 'mask.png'), ...asked]);
  expect(code).toBe(2);
  expect(messages).toMatch(complaint);
});
