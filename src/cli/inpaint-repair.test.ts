import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fakeGenerator, flatColour } from '../engine/testing/fake-generators';
import type { InpaintReport } from './inpaint-command';
import { runCli, samplesOf, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';

const colours: Record<string, number> = { default: -1, light: 1, middle: 0 };
const library = { generator: async (id: string) => fakeGenerator(flatColour(colours[id] ?? 0)) };

/** Mean of the red samples in a box of the 160 x 120 result. */
async function meanIn(file: string, [left = 0, top = 0, across = 0, down = 0]: readonly number[]): Promise<number> {
  const samples = await samplesOf(file);
  let sum = 0;
  for (let y = top; y < top + down; y++)
    for (let x = left; x < left + across; x++) sum += samples[(y * 160 + x) * 3] ?? 0;
  return sum / (across * down);
}

it('fills a part again with another model, one repair after the other', async () => {
  const folder = await temporaryFolder();
  const [photo, hole, left, right, plain, out] = [
    'p.png',
    'hole.png',
    'left.png',
    'right.png',
    'plain.png',
    'out.png',
  ].map((name) => join(folder, name)) as [string, string, string, string, string, string];
  await writePhoto(photo);
  await writeMaskFile(hole, [40, 40, 40, 40]);
  await writeMaskFile(left, [40, 40, 16, 40]);
  await writeMaskFile(right, [64, 40, 16, 40]);
  await runCli(['inpaint', photo, '-m', hole, '-o', plain], { library });
  const repairs = ['--repair', `light:${left}`, '--repair', `middle:${right}`];
  const { code, output } = await runCli(['inpaint', photo, '-m', hole, '-o', out, '--json', ...repairs], { library });
  expect(code).toBe(0);
  expect((JSON.parse(output) as InpaintReport).photos[0]).toMatchObject({
    repairs: [
      { model: 'light', mask: left },
      { model: 'middle', mask: right },
    ],
  });
  const between = [56, 40, 8, 40];
  expect(await meanIn(out, between)).toBe(await meanIn(plain, between));
  expect(await meanIn(out, [40, 40, 16, 40])).not.toBe(await meanIn(plain, [40, 40, 16, 40]));
  expect(await meanIn(out, [64, 40, 16, 40])).not.toBe(await meanIn(plain, [64, 40, 16, 40]));
});

it('refuses a repair without a mask, and one whose model is not there', async () => {
  const folder = await temporaryFolder();
  const photo = join(folder, 'p.png');
  const hole = join(folder, 'hole.png');
  await writePhoto(photo);
  await writeMaskFile(hole);
  const usage = await runCli(['inpaint', photo, '-m', hole, '--repair', 'light']);
  expect([usage.code, usage.messages]).toEqual([2, expect.stringContaining('--repair is MODEL:MASK')]);
  expect((await runCli(['inpaint', photo, '-m', hole, '--repair', `none:${hole}`])).code).toBe(3);
  expect((await runCli(['inpaint', photo, '-m', hole, '--repair', `default:${join(folder, 'no.png')}`])).code).toBe(2);
});
