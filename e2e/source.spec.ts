import { texts } from '../src/renderer/texts';
import { fillSample } from './filled-disc';
import { colourDistance } from './pages/picture';
import { expect, test } from './studio-test';

test('presets paint the source, and a source that is too small is said before the fill', async ({ studio }) => {
  await studio.shows('Sample');
  const near = { x: 300, y: 250 };
  const far = { x: 300, y: 600 };
  const before = await Promise.all([studio.picture.colourAt(near), studio.picture.colourAt(far)]);
  const painted = async () => [
    colourDistance(await studio.picture.colourAt(near), before[0]) > 15,
    colourDistance(await studio.picture.colourAt(far), before[1]) > 15,
  ];
  await studio.picture.click({ x: 300, y: 200 });

  await studio.side.chooseSource('ring');
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.ringSource);
  await studio.side.sourceSays(texts.panels.sourceIncluded);
  expect(await painted()).toEqual([true, false]);
  await studio.side.chooseSource('side');
  expect(await painted()).toEqual([true, true]);
  await studio.press('Control+z');
  expect(await painted()).toEqual([true, false]);
  await studio.press('Control+Shift+E');
  expect(await painted()).toEqual([false, false]);

  await studio.setTipSize(8);
  await studio.choose('source-include');
  await studio.picture.click(far);
  await studio.fill.says(texts.fill.sourceSmall);
  await studio.press('Control+z');
  await studio.fill.saysNothing();
  expect(studio.hiddenErrors()).toEqual([]);
});

test('the ring is as wide as its slider says', async ({ studio }) => {
  await studio.shows('Sample');
  const hole = { x: 300, y: 200 };
  // From the hole's edge, whose radius is 40 pixels.
  const at = [4, 20, 60].map((distance) => ({ x: hole.x, y: hole.y + 40 + distance }));
  await studio.setTipSize(80);
  const before = await Promise.all(at.map((point) => studio.picture.colourAt(point)));
  const painted = async () => {
    const now = await Promise.all(at.map((point) => studio.picture.colourAt(point)));
    return now.map((colour, i) => colourDistance(colour, before[i]) > 15);
  };
  await studio.picture.click(hole);
  await studio.side.ringWidth('narrowest');
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.ringSource);
  await expect.poll(painted).toEqual([true, false, false]);
  await studio.side.ringWidth(7);
  await expect.poll(painted).toEqual([true, true, false]);
  await studio.press('Control+z');
  await studio.side.sourceSays(texts.panels.sourceIncluded);
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.ringSource);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('what earlier fills have made is no source, unless it is allowed', async ({ studio }) => {
  const earlier = { x: 300, y: 300 };
  await fillSample(studio, earlier, 160);
  await studio.press('Escape');
  await studio.fill.edits();
  await studio.choose('source-include');
  await studio.setTipSize(100);
  await studio.picture.click(earlier);
  await studio.choose('brush');
  await studio.setTipSize(40);
  await studio.picture.click({ x: 500, y: 300 });
  await studio.press('Enter');
  await studio.fill.says(texts.errors.sourceNowhere.message);
  await studio.side.allowEarlierFills();
  await studio.fill.press();
  await studio.fill.isDone();
  await studio.edits.are('Fill 2', 'Fill 1');
  expect(studio.hiddenErrors()).toEqual([]);
});
