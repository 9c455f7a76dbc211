import { texts } from '../src/renderer/texts';
import { findingsInBothThemes } from './axe-findings';
import { expect, test } from './studio-test';

test('the lab is opened from the menu and used by keys alone, chapter by chapter', async ({ studio }) => {
  await studio.shows('Sample');
  const lab = await studio.openLab();
  const { game, bells, distance } = texts.lab;
  await test.step('the game ends as its rule must', async () => {
    await expect(lab.sentence).toHaveText(game.fates['spirals-out']);
    await lab.page.getByRole('radio', { name: game.updates.extragradient.title }).press('Enter');
    await expect(lab.sentence).toHaveText(game.fates['spirals-in']);
    await expect(lab.number(game.growth)).toHaveText('0.9950377');
    await lab.knob(game.rate).press('End');
    await expect(lab.sentence).toHaveText(game.fates.circles);
    await lab.page.getByRole('slider', { name: game.start }).press('ArrowRight');
    await expect(lab.command).toHaveValue(/--start=1\.1,1 /);
    await lab.page.getByRole('button', { name: game.play }).press('Enter');
    await expect(lab.number(game.step)).toHaveText('400');
    expect(await findingsInBothThemes(lab.page)).toEqual([]);
  });
  await test.step('minimax draws no more between bells far apart', async () => {
    await lab.chapter(bells.title);
    await expect(lab.sentence).toHaveText(bells.near);
    await lab.knob(bells.shift).press('End');
    await expect(lab.sentence).toHaveText(bells.vanished);
    await lab.knob(bells.generator).press('ArrowLeft');
    await expect(lab.number(bells.kl)).toHaveText('70.81');
    expect(await findingsInBothThemes(lab.page)).toEqual([]);
  });
  await test.step('water is carried at the least cost', async () => {
    await lab.chapter(distance.title);
    await expect(lab.number(distance.wasserstein)).toHaveText('2.5');
    await lab.page.getByRole('button', { name: distance.example.far }).press('Enter');
    await expect(lab.number(distance.js)).toHaveText('0.6931');
    await expect(lab.number(distance.wasserstein)).toHaveText('8');
    await lab.knob(distance.cauldron(distance.has, 1)).press('ArrowDown');
    await expect(lab.number(distance.wasserstein)).toHaveText('7.967');
    expect(await findingsInBothThemes(lab.page)).toEqual([]);
  });
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a collapse is found, and mended beside it, by keys alone', async ({ studio }) => {
  await studio.shows('Sample');
  const lab = await studio.openLab();
  const { collapse, densities, training } = texts.lab;
  await lab.chapter(densities.title);
  await lab.page.getByRole('button', { name: texts.lab.game.oneStep }).press('Enter');
  await expect(lab.number(texts.lab.game.step)).toHaveText('1');
  expect(await findingsInBothThemes(lab.page)).toEqual([]);
  await lab.chapter(collapse.title);
  await lab.page.getByRole('button', { name: training.play }).press('Enter');
  const mend = lab.page.getByRole('button', { name: /^Mend it/ });
  await mend.press('Enter', { timeout: 60_000 });
  await expect(lab.page.getByRole('region', { name: training.mendedPane })).toBeVisible();
  await expect(lab.command).toHaveValue('inpaint-studio lab run ring --penalty r1');
  await lab.page.getByRole('button', { name: texts.lab.game.pause }).press('Enter');
  await lab.knob(texts.lab.game.time).press('Home');
  expect(await findingsInBothThemes(lab.page)).toEqual([]);
  expect(studio.hiddenErrors()).toEqual([]);
});

test.describe('in German', () => {
  test.use({ settings: { language: 'de', tourSeen: true } });

  test('the lab is opened from the trainer, and the start is dragged', async ({ studio }) => {
    await studio.shows('Beispiel');
    const trainer = await studio.openTrainer();
    const lab = await studio.openLab(() => trainer.page.getByRole('button', { name: 'GAN-Labor…' }).click());
    await expect(lab.page.getByRole('heading', { name: 'Das Spiel' })).toBeVisible();
    const start = lab.page.getByRole('slider', { name: 'Anfang' });
    await lab.dragToMiddle(start);
    await expect(start).toHaveAttribute('aria-valuetext', 'x 0, y 0');
    await expect(lab.number('Abstand von der Mitte')).toHaveText('0');
    expect(studio.hiddenErrors()).toEqual([]);
  });
});
