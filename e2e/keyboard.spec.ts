import { texts } from '../src/renderer/texts';
import { brush } from '../src/renderer/tools/brush';
import { ellipse } from '../src/renderer/tools/ellipse';
import { lasso } from '../src/renderer/tools/lasso';
import { pan } from '../src/renderer/tools/pan';
import { rectangle } from '../src/renderer/tools/rectangle';
import { colourDistance } from './pages/picture';
import { expect, test } from './studio-test';

test('a hole is marked and filled without a pointer', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.page.locator('.canvas-view').focus();
  const middle = { x: 512, y: 341 };
  const before = await studio.picture.colourAt(middle);
  await studio.page.locator('.canvas-view').focus();

  // A rectangle around the middle: the cross starts there.
  await studio.press('r');
  for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowUp', ' ', 'ArrowRight', 'ArrowRight']) await studio.press(key);
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', ' ']) await studio.press(key);
  await expect.poll(() => studio.nextStep('undo')).toBe(rectangle.words.en.step);
  const painted = await studio.picture.colourAt(middle);
  expect(colourDistance(painted, before)).toBeGreaterThan(15);

  await studio.press('Control+Enter');
  await studio.fill.isDone();
  await expect.poll(() => studio.side.edits()).toEqual([texts.panels.edit(1)]);
});

test('the tools are one stop of the Tab key, and the arrow keys go from one to the next', async ({ studio }) => {
  await studio.shows('Sample');
  const rail = studio.page.getByRole('toolbar', { name: texts.window.toolRail });
  const tool = (name: string) => rail.getByRole('button', { name, exact: true });
  await tool(lasso.words.en.title).click();
  for (const key of ['ArrowDown', 'ArrowDown']) await studio.press(key);
  await expect(tool(rectangle.words.en.title)).toBeFocused();
  await studio.press('Enter');
  await expect(tool(rectangle.words.en.title)).toHaveAttribute('aria-pressed', 'true');
  await studio.press('Home');
  await expect(tool(brush.words.en.title)).toBeFocused();
  await studio.press('ArrowUp');
  await expect(tool(pan.words.en.title)).toBeFocused();
  await studio.press('Tab');
  await expect(rail.locator(':focus')).toHaveCount(0);
  await studio.press('Shift+Tab');
  await expect(tool(pan.words.en.title)).toBeFocused();
});

test('the command palette finds a command by a few letters, runs it, and says why another cannot run', async ({
  studio,
}) => {
  await studio.shows('Sample');
  await studio.press('Control+k');
  const palette = studio.page.getByRole('dialog', { name: texts.actions.commands.title });
  await expect(palette.locator('[data-action="undo"]')).toContainText(texts.commands.reasons.nothingToUndo);
  await studio.page.keyboard.type('ellip');
  await expect(palette.locator('[data-selected="true"]')).toHaveAttribute('data-action', 'tool-ellipse');
  await studio.press('Enter');
  await expect(palette).toBeHidden();
  await expect(studio.page.getByRole('button', { name: ellipse.words.en.title, exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('the language changes while the program runs, in the window and in its menu', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.menu('language-de');
  await expect(studio.page.getByRole('button', { name: 'Sichern unter…' })).toBeVisible();
  await expect.poll(() => studio.menuLabel('save-as')).toContain('Sichern unter');
  expect(await studio.page.evaluate(() => document.documentElement.lang)).toBe('de');
  await studio.menu('language-en');
  await expect(studio.page.getByRole('button', { name: texts.actions.saveAs.title })).toBeVisible();
});
