import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharp } from '../engine/image/sharp';
import { fakeGenerator, meanColour } from '../engine/testing/fake-generators';
import type { InpaintReport } from './inpaint-command';
import { runCli, temporaryFolder, writeMaskFile } from './testing/program';

const SIDE = 96;

async function given(): Promise<readonly string[]> {
  const folder = await temporaryFolder();
  const [photo, mask] = [join(folder, 'p.png'), join(folder, 'hole.png')];
  const grey = { width: SIDE, height: SIDE, channels: 3, background: '#886644' } as const;
  await sharp({ create: grey }).toFile(photo);
  await writeMaskFile(mask, [40, 40, 16, 16], SIDE, SIDE);
  return ['inpaint', photo, '-m', mask, '-o', join(folder, 'out.png'), '--detail', '0'];
}

it('gives a model with a latent one seed after the other, with what is mixed in', async () => {
  const generator = fakeGenerator(meanColour(), { capabilities: { sourceRegion: true, coarse: true, latent: true } });
  const options = ['--variants', '3', '--surprise', '0.8', '--seed', '7', '--mix', '12@shapes', '--json'];
  const { code, output } = await runCli([...(await given()), ...options], { generator });
  expect(code).toBe(0);
  const mix = { seed: 12, from: 'shapes' };
  expect(generator.seen.map(({ variant }) => variant)).toEqual([7, 8, 9].map((seed) => ({ seed, surprise: 0.8, mix })));
  const [result] = (JSON.parse(output) as InpaintReport).photos;
  expect(result).toMatchObject({ variants: [{ changed: 'latent' }, { changed: 'latent' }] });
});

it('says of a model without a latent that it has one fill, and what to do', async () => {
  const { code, messages } = await runCli([...(await given()), '--surprise', '1'], {
    generator: fakeGenerator(meanColour()),
  });
  expect(code).not.toBe(0);
  expect(messages).toContain('has no latent');
  expect(messages).toContain('trained with styles');
});

it.each([
  ['--surprise', '2'],
  ['--seed', '-1'],
  ['--mix', '12@colours'],
])('refuses %s %s', async (...option) => {
  const { code } = await runCli([...(await given()), ...option], { generator: fakeGenerator(meanColour()) });
  expect(code).toBe(2);
});
