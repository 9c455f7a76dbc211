import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharp } from '../engine/image/sharp';
import { fakeGenerator, flatColour, meanColour } from '../engine/testing/fake-generators';
import type { EvaluationRow } from './evaluate-command';
import { runCli, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';

async function pictures() {
  const folder = await temporaryFolder();
  const [photos, masks, out] = ['photos', 'masks', 'out'].map((name) => join(folder, name));
  await mkdir(photos);
  await mkdir(masks);
  for (const name of ['a', 'b <img src=x>']) {
    await writePhoto(join(photos, `${name}.png`));
    await writeMaskFile(join(masks, `${name}.png`));
  }
  return { folder, photos, masks, out };
}

const generators: Readonly<Record<string, ReturnType<typeof fakeGenerator>>> = {
  mean: fakeGenerator(meanColour()),
  black: fakeGenerator(flatColour(-1)),
};
const library = {
  generator: async (id: string) => generators[id] ?? Promise.reject(new Error(`there is no ${id}`)),
};

it('scores models side by side, and writes fills, scores and a page without scripts', async () => {
  const { photos, masks, out } = await pictures();
  const models = ['--model', 'mean', '--model', 'black'];
  const { code, output, messages } = await runCli(['evaluate', photos, '-m', masks, '-o', out, ...models], { library });
  expect(messages).toContain('report.html');
  expect(code).toBe(0);
  expect(output).toMatch(/^MODEL +PICTURES +HOLE %.*\nmean +2 .*\nblack +2 /);
  const [mean, black] = JSON.parse(await readFile(join(out, 'scores.json'), 'utf8')) as EvaluationRow[];
  expect(mean.scores.known).toBe(0);
  expect(mean.scores.hole).toBeCloseTo((100 * 400) / (160 * 120), 6);
  expect(mean.pictures.map(({ name }) => name)).toEqual(['a', 'b <img src=x>']);
  expect(black.name).toBe('black');
  const page = await readFile(join(out, 'report.html'), 'utf8');
  expect(page).not.toContain('<img src=x>');
  expect(page).toContain('b &#60;img src=x&#62;');
  expect(page.match(/data:image\/jpeg/g)).toHaveLength(8);
  expect(page).not.toMatch(/https?:/);
  expect((await sharp(join(out, 'black', 'a.png')).metadata()).width).toBe(160);
});

it('scores results that are there', async () => {
  const { photos, masks } = await pictures();
  const args = ['evaluate', '--truth', photos, '--results', photos, '-m', masks, '--json'];
  const { code, output } = await runCli(args);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject([{ name: 'photos', secondsAFill: null, scores: { psnr: 100, swd: 0 } }]);
});

it('leaves out pictures without a mask, saying so, and ends with 1', async () => {
  const { photos, masks } = await pictures();
  await writePhoto(join(photos, 'unmasked.png'));
  const { code, messages } = await runCli(['evaluate', photos, '-m', masks, '--model', 'mean'], { library });
  expect(code).toBe(1);
  expect(messages).toContain('unmasked.png');
});

it('refuses contradictions', async () => {
  const { photos, masks } = await pictures();
  const refused = [
    ['evaluate', '-m', masks],
    ['evaluate', photos, '-m', masks, '--truth', photos],
    ['evaluate', '--truth', photos, '--results', photos, '-m', masks, '--model', 'mean'],
    ['evaluate', '--truth', photos, '--results', masks + '-nowhere', '-m', masks],
  ];
  for (const args of refused) expect((await runCli(args)).code).toBe(2);
});
