import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeTensors } from '../src/engine/files/safetensors';
import { madeUpFeatures } from '../src/engine/testing/feature-weights';
import { texts } from '../src/renderer/texts';
import { photosToTrainOn } from './photo';
import { expect, test } from './studio-test';

const SMALL = { side: 32, batch: 2 };

test('a folder becomes a model: train, look, put it into the library, choose it', async ({ studio, folder }) => {
  await studio.shows('Sample');
  const trainer = await studio.openTrainer();
  await trainer.start({ name: 'Lakes', photos: await photosToTrainOn(folder, 9), steps: 120, ...SMALL });
  await trainer.becomes('finished');
  await expect.poll(() => trainer.runs()).toEqual(['Lakes']);
  await expect(trainer.sentence).not.toBeEmpty();
  await expect(trainer.sample).toBeVisible();
  await expect(trainer.chart(texts.trainer.charts.psnr.title)).toHaveAccessibleName(/PSNR, dB: [\d.]+ at step 120/);
  await trainer.showCurves('losses');
  await expect(trainer.chart(texts.trainer.charts.loss.title)).toHaveAccessibleName(/: [\d.]+ at step 120/);

  await trainer.exportAs('Lake specialist', 'CC0 1.0');
  await expect.poll(() => studio.side.models()).toContain('Lake specialist');
  await trainer.remove();
  await expect.poll(() => trainer.runs()).toEqual([]);
  await expect.poll(() => studio.side.models(), 'the model stays').toContain('Lake specialist');
  expect(studio.hiddenErrors()).toEqual([]);
});

test('training goes on beside a fill and without its window; it can be paused, rolled back and resumed', async ({
  studio,
  folder,
}) => {
  await studio.shows('Sample');
  const trainer = await studio.openTrainer();
  await trainer.start({ photos: await photosToTrainOn(folder, 9), steps: 100_000, ...SMALL });
  await trainer.becomes('running');
  await expect(trainer.sample).toBeVisible({ timeout: 90_000 });
  await trainer.close();
  await expect(studio.training).toContainText('lake and hills');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.picture.click({ x: 300, y: 250 });
  await studio.press('Enter');
  await studio.fill.isDone();

  const again = await studio.openTrainer();
  await again.press('pause');
  await again.becomes('paused');
  await expect(studio.training).toBeHidden();
  await again.rollBack('best');
  await again.press('resume');
  await again.becomes('running');
  await again.press('stop');
  await again.becomes('stopped');
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a run goes on when its pictures were moved, and says at its end what few pictures tell', async ({
  studio,
  folder,
}) => {
  await studio.shows('Sample');
  const trainer = await studio.openTrainer();
  const photos = await photosToTrainOn(folder, 2);
  await trainer.start({ photos, steps: 60, ...SMALL });
  await trainer.becomes('finished');
  await expect(trainer.sentence).toContainText('Only 1 picture of 2 is kept back');
  await expect(trainer.sentence).toContainText(/Finished\. \w/);
  await trainer.lengthen(70);
  await trainer.isDrawnUntil(70);

  await trainer.start({ name: 'moved', photos, steps: 100_000, ...SMALL });
  await trainer.becomes('running');
  await trainer.press('pause');
  await trainer.becomes('paused');
  const moved = join(folder, 'pictures of last year');
  await rename(photos, moved);
  await trainer.goOn();
  await trainer.becomes('failed');
  await trainer.movePictures(moved);
  await expect(trainer.page.locator('.run-head')).toContainText('pictures of last year');
  await trainer.goOn();
  await trainer.becomes('running');
  await trainer.press('stop');
  await trainer.becomes('stopped');
  expect(studio.hiddenErrors()).toEqual([]);
});

test.describe('a goal on learnt features', () => {
  test.afterEach(() => void delete process.env['INPAINT_STUDIO_FEATURES']);

  test('says what it lacks, gets it, and trains', async ({ launch, folder }) => {
    const file = join(folder, 'features.safetensors');
    process.env['INPAINT_STUDIO_FEATURES'] = file;
    const studio = await launch();
    await studio.shows('Sample');
    const trainer = await studio.openTrainer();
    const provide = () => writeFile(file, encodeTensors({ tensors: madeUpFeatures(), metadata: {} }));
    const goal = texts.trainer.form.presets['sharp-and-natural'].title;
    const photos = await photosToTrainOn(folder, 9);
    const chooseGoal = () => trainer.chooseGoalThatLacksFeatures(goal, provide);
    await trainer.start({ photos, steps: 20, ...SMALL, chooseGoal });
    await trainer.becomes('finished');
    await expect(trainer.chart(texts.trainer.charts.perceptual.title)).toHaveAccessibleName(/: [\d.]+ at step 20/);
    await trainer.showCurves('losses');
    await expect(trainer.chart(texts.trainer.charts.learnt.title)).toHaveAccessibleName(
      /perceptual: [-\de.]+ at step 20/,
    );
    expect(studio.hiddenErrors()).toEqual([]);
  });
});
