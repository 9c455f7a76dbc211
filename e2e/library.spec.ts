import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import { largeModelIn, lamaIn, oddModelIn } from './model-files';
import { brokenPhotoIn } from './photo';
import { expect, test } from './studio-test';

const words = texts.library;
const DEFAULT = 'Default';

test('a dropped model is imported without a question, tried on the picture, described and removed', async ({
  studio,
  folder,
}) => {
  await studio.shows('Sample');
  await studio.drop(await lamaIn(folder));
  const { library } = studio;
  await library.says(/lama_fp32.*was imported/);
  await library.isTried();
  await expect(library.details).toHaveAccessibleName('lama_fp32');
  for (const badge of [words.badges.detail, words.badges.noCoarse, words.badges.notCommercial])
    await expect(library.details.getByText(badge.title, { exact: true })).toBeVisible();
  await expect(library.details).toContainText(/s a fill .*measured .* on CPU/);

  await expect(library.commercial, 'not without licence and source').toBeDisabled();
  await library.fillIn('name', 'Big LaMa');
  await library.isGoodAt('structure');
  await library.fillIn('licence', 'Apache-2.0');
  await library.fillIn('source', 'https://github.com/advimman/lama');
  await library.commercial.check();
  await library.press('save');
  await library.says(words.described('Big LaMa'));
  await expect(library.details.getByText(words.badges.commercial.title, { exact: true })).toBeVisible();
  await library.press('use');
  await studio.exportModel(words.exportFolder, join(folder, 'taken'));
  await library.says(words.exported('taken'));
  expect(existsSync(join(folder, 'taken', 'model.onnx'))).toBe(true);
  await library.close();
  await expect.poll(() => studio.side.models()).toContain('Big LaMa');

  await studio.press('Control+Shift+l');
  await library.select('Big LaMa');
  await library.press('remove');
  await library.press('removeConfirm');
  await library.says(words.removed('Big LaMa'));
  await expect.poll(() => library.names()).not.toContain('Big LaMa');
  expect(studio.hiddenErrors()).toEqual([]);
});

test('what no test tells is asked, a file that is no model is refused by name, and the library stays', async ({
  studio,
  folder,
}) => {
  await studio.shows('Sample');
  await studio.press('Control+Shift+l');
  const { library } = studio;
  // Dropped before the library has opened, it would be taken for a photo.
  await library.isTried();
  await studio.drop(await brokenPhotoIn(folder));
  await library.says(/broken\.jpg" cannot be used/);
  await studio.drop(await oddModelIn(folder));
  await library.answers('colours', 'rgb');
  await library.says(/odd.*was imported/);
  await library.close();
  await studio.shows('Sample');
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a copy of the default model opens in the trainer as what a run starts from', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.press('Control+Shift+l');
  const { library } = studio;
  await library.isTried();
  const [name = DEFAULT] = await library.names();
  const trainer = await studio.openTrainer(() => library.press('duplicateTeach'));
  const copy = words.copyName(name);
  await expect(trainer.page.getByLabel(texts.trainer.form.base)).toContainText(copy);
  await expect(trainer.page.getByLabel(texts.trainer.form.base)).toHaveValue(/^default-2$/);
  await library.hasModels(name, copy);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a model of 200 MB is imported while the window goes on, and the import can be cancelled', async ({
  studio,
  folder,
}) => {
  test.slow();
  await studio.shows('Sample');
  const file = await largeModelIn(folder);
  const { library } = studio;
  await studio.drop(file);
  await library.cancelImport();
  await expect.poll(() => library.names()).not.toContain('large');

  const lag = await studio.lag();
  const { page, main } = await studio.longestStalls(async () => {
    await studio.drop(file);
    await library.says(/large.*was imported/);
  });
  console.log(`Longest stall during the import of 208 MB: page ${page.toFixed(0)} ms, main ${main.toFixed(0)} ms`);
  // Whatever copied, hashed or parsed it in there would take a second and more.
  expect(page).toBeLessThan(500 + lag);
  expect(main).toBeLessThan(500 + lag);
  expect(studio.hiddenErrors()).toEqual([]);
});
