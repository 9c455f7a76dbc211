import { texts } from '../src/renderer/texts';
import { brush } from '../src/renderer/tools/brush';
import { eraser } from '../src/renderer/tools/eraser';
import { colourDistance } from './pages/picture';
import { expect, test } from './studio-test';

const A = { x: 200, y: 150 };
const B = { x: 600, y: 150 };

test('strokes, erasing and clearing can be undone and made again, by name', async ({ studio }) => {
  await studio.shows('Sample');
  const original = await studio.picture.colourAt(A);
  const seen = async () => colourDistance(await studio.picture.colourAt(A), original) > 15;

  await studio.picture.drag(A, B);
  expect(await seen()).toBe(true);
  await expect.poll(() => studio.nextStep('undo')).toBe(brush.words.en.step);
  await studio.choose('eraser');
  await studio.picture.click(A);
  expect(await seen()).toBe(false);
  await expect.poll(() => studio.nextStep('undo')).toBe(eraser.words.en.step);

  await studio.press('Control+z');
  expect(await seen()).toBe(true);
  await expect.poll(() => studio.nextStep('redo')).toBe(eraser.words.en.step);
  await studio.press('Control+Shift+X');
  expect(await seen()).toBe(false);
  await studio.press('Control+z');
  await studio.press('Control+z');
  expect(await seen()).toBe(false);
  await expect.poll(() => studio.nextStep('undo')).toBeNull();
  await studio.press('Control+Shift+z');
  expect(await seen()).toBe(true);
});

test('a fill can be undone: the hole is back; and made again', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.picture.click(A);
  const painted = await studio.picture.colourAt(A);
  await studio.press('Enter');
  await studio.fill.isDone();
  await studio.picture.settled();
  const filled = await studio.picture.colourAt(A);
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.fill(1));

  await studio.press('Control+z');
  await expect.poll(() => studio.side.edits()).toEqual([]);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(A), painted)).toBeLessThan(4);
  await studio.press('Control+y');
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 1']);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(A), filled)).toBeLessThan(4);
});

test('Shift draws a straight line from the last stroke, Alt erases, brackets change the tip', async ({ studio }) => {
  await studio.shows('Sample');
  const middle = { x: 400, y: 150 };
  const original = await studio.picture.colourAt(middle);
  await studio.picture.click(A);
  await studio.picture.click(B, 'Shift');
  expect(colourDistance(await studio.picture.colourAt(middle), original)).toBeGreaterThan(15);
  await studio.picture.click(middle, 'Alt');
  expect(colourDistance(await studio.picture.colourAt(middle), original)).toBeLessThan(4);

  await studio.setTipSize(40);
  await studio.press(']');
  await expect.poll(() => studio.tipSize()).toBe(50);
  await studio.press('[');
  await expect.poll(() => studio.tipSize()).toBe(40);
});

test('painting the source over an exclusion takes its place', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.side.sourceSays(texts.panels.sourceEverywhere);
  await studio.choose('source-exclude');
  await studio.picture.click(A);
  await studio.side.sourceSays(texts.panels.sourceExcluded);
  await studio.setTipSize(80);
  await studio.choose('source-include');
  await studio.picture.click(A);
  await studio.side.sourceSays(texts.panels.sourceIncluded);
  await studio.choose('source-exclude');
  await studio.picture.click(B);
  await studio.side.sourceSays(texts.panels.sourceBoth);
  await studio.press('Control+Shift+E');
  await studio.side.sourceSays(texts.panels.sourceEverywhere);
});

test('the wheel zooms at the pointer, the middle button and the space bar move the picture', async ({ studio }) => {
  await studio.shows('Sample');
  const fitted = await studio.picture.zoom();
  await studio.picture.moveTo(A);
  const before = await studio.picture.pointer();
  await studio.picture.wheel(-600);
  await expect.poll(() => studio.picture.zoom()).toBeGreaterThan(fitted * 1.2);
  const after = await studio.picture.pointer();
  expect(Math.abs(after.x - before.x)).toBeLessThanOrEqual(1);
  expect(Math.abs(after.y - before.y)).toBeLessThanOrEqual(1);

  const zoom = (await studio.picture.zoom()) / 100;
  for (const by of ['middle button', 'space'] as const) {
    const from = await studio.picture.middle();
    await studio.picture.moveBy(60, 30, by);
    const to = await studio.picture.middle();
    expect(Math.abs(from.x - to.x - 60 / zoom), by).toBeLessThan(2);
    expect(Math.abs(from.y - to.y - 30 / zoom), by).toBeLessThan(2);
  }
  await expect.poll(() => studio.nextStep('undo'), 'nothing was painted').toBeNull();

  await studio.press('Control+1');
  await expect.poll(() => studio.picture.zoom()).toBe(100);
  await studio.press('Control+0');
  await expect.poll(() => studio.picture.zoom()).toBe(fitted);
});

test('the application menu reaches the same actions', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.menu('shortcuts');
  await studio.messages.shortcutSheet();
});
