import { texts } from '../src/renderer/texts';
import { BEACH, beachIn } from './photo';
import { expect, test } from './studio-test';

/** Where the people stand, from head to foot. */
const PLACES = BEACH.people.flatMap(({ x, head, feet }) => [head + 6, feet - 22, feet - 4].map((y) => ({ x, y })));

test('a hole that was too small, wrong sand and dark weed are put right on the fill itself, with five inputs', async ({
  launch,
  folder,
}) => {
  const studio = await launch(await beachIn(folder));
  await studio.shows('beach.png');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.fill.edits();
  await studio.setTipSize(36);
  // From head to hips, with the brush.
  await studio.picture.drag({ x: 52, y: 108 }, { x: 208, y: 108 });
  await studio.press('Enter');
  await studio.fill.isDone();
  await studio.fill.edits('Fill 1');

  let inputs = 0;
  const input = async (work: Promise<void>) => {
    inputs++;
    await work;
  };
  // The hole was too small: over the feet, touching it.
  await input(studio.picture.drag({ x: 52, y: 134 }, { x: 208, y: 134 }));
  await studio.edits.hasVariants(2);
  await studio.edits.areFilled();
  // From the dry sand alone.
  await input(studio.choose('source-include'));
  await input(studio.picture.drag({ x: 30, y: 40 }, { x: 240, y: 40 }, { x: 240, y: 180 }, { x: 30, y: 180 }));
  await studio.side.sourceSays(texts.panels.sourceIncluded);
  await studio.edits.areFilled();
  // Nothing of the weed.
  await input(studio.choose('source-exclude'));
  await input(studio.picture.drag({ x: 50, y: 198 }, { x: 210, y: 198 }));
  await studio.side.sourceSays(texts.panels.sourceBoth);
  await studio.edits.areFilled();
  expect(inputs).toBeLessThanOrEqual(6);

  await studio.edits.are('Fill 1');
  expect(await studio.edits.variantCount(), 'the newest try took the place of the one before').toBe(2);
  expect(await studio.nextStep('undo')).toBe(texts.steps.refill(1));
  await studio.press('q');
  await studio.picture.settled();
  const light = (await studio.picture.coloursAt(PLACES)).map(({ red, blue }) => red > 190 && blue > 130);
  expect(light, 'dry sand where people stood').toEqual(PLACES.map(() => true));
  await studio.press('q');

  // Escape leaves the fill; what is painted then is another one.
  await studio.press('Escape');
  await studio.fill.edits();
  await studio.side.sourceSays(texts.panels.sourceEverywhere);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('Escape takes back what is being made, a stroke elsewhere begins a new fill, and each keeps its own paint', async ({
  launch,
  folder,
}) => {
  const studio = await launch(await beachIn(folder));
  await studio.shows('beach.png');
  await studio.side.chooseQuality(texts.panels.qualities[512].title);
  await studio.setTipSize(36);
  await studio.picture.click({ x: 60, y: 110 });
  await studio.press('Enter');
  await studio.fill.isDone();
  await studio.fill.edits('Fill 1');
  // It waits for Fill then, and what is changed of it stays while another is edited.
  await studio.press('Shift+M');
  await studio.picture.click({ x: 60, y: 134 });
  await studio.fill.says(texts.fill.again('Fill 1'));
  await studio.picture.click({ x: 200, y: 120 });
  await studio.fill.edits();
  await expect.poll(() => studio.nextStep('undo')).toBe('brush stroke');
  await studio.edits.select('Fill 1');
  await studio.fill.edits('Fill 1');
  await studio.press('Escape');
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.revert(1));
  await studio.fill.edits('Fill 1');
  await studio.press('Escape');
  await studio.fill.edits();
  expect(await studio.edits.variantCount()).toBe(0);
  expect(studio.hiddenErrors()).toEqual([]);
});
