import { texts } from '../src/renderer/texts';
import { fillSample } from './filled-disc';
import { expect, test } from './studio-test';

const HOLE = { x: 500, y: 300 };

test('Enter fills after a click on a button, and presses the button that one has come to by keyboard', async ({
  studio,
}) => {
  await studio.shows('Sample');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.setTipSize(60);
  await studio.picture.click(HOLE);
  const manner = (name: string) => studio.page.getByRole('radio', { name, exact: true });
  await manner(texts.manner.restore.title).click();
  await studio.press('Enter');
  await studio.fill.isDone();
  await expect.poll(() => studio.side.edits()).toEqual([texts.panels.edit(1)]);

  await studio.picture.click({ x: 300, y: 300 });
  await studio.page.getByRole('button', { name: texts.panels.useThis }).click();
  await studio.press('Enter');
  await expect.poll(() => studio.side.edits()).toEqual([texts.panels.edit(2), texts.panels.edit(1)]);

  // By keyboard the switch is gone to, and pressed.
  await studio.fill.isDone();
  await manner(texts.manner.restore.title).click();
  await studio.press('ArrowLeft');
  await expect(manner(texts.manner.remove.title)).toBeFocused();
  await studio.press('Enter');
  await expect(manner(texts.manner.remove.title)).toBeChecked();
  await expect.poll(() => studio.side.edits()).toHaveLength(2);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a bad fill is made again from the green that is painted then, at once and by Fill again', async ({ studio }) => {
  await fillSample(studio, HOLE, 60);

  await studio.page.getByRole('button', { name: texts.panels.useThis }).click();
  await studio.setTipSize(200);
  await studio.picture.click({ x: 200, y: 560 });
  await studio.edits.hasVariants(2);
  expect(await studio.edits.chosenVariant()).toBe(2);
  await studio.side.sourceSays(texts.panels.sourceIncluded);
  await studio.edits.areFilled();
  await studio.press('Enter');
  await studio.messages.appears(texts.notices.fillUnchanged('Fill 1'));
  await studio.press('Control+Shift+Enter');
  await studio.edits.hasVariants(3);
  expect(studio.hiddenErrors()).toEqual([]);
});
