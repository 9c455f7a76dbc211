import { join } from 'node:path';
import sharp from 'sharp';
import { texts } from '../src/renderer/texts';
import { CanvasFrame } from './pages/canvas-frame';
import { expect, test } from './studio-test';

const colours = (file: string, left: number, top: number, width: number, height: number) =>
  sharp(file).extract({ left, top, width, height }).removeAlpha().raw().toBuffer();

test('the canvas is extended by a handle and a number, filled, undone and saved', async ({ studio, folder }) => {
  const canvas = new CanvasFrame(studio.page);
  await studio.shows('Sample');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  const [before, after] = [join(folder, 'before.png'), join(folder, 'after.png')];
  await studio.saveAs(before, 'png');

  await studio.press('F');
  await canvas.is(1024, 683);
  await canvas.drag('left', { x: -40, y: 0 });
  await expect(canvas.margin('left')).not.toHaveValue('0');
  await studio.press('Escape');
  await canvas.isAway();
  await studio.press('F');
  await canvas.margin('right').fill('40');
  await canvas.margin('bottom').fill('-83');
  await canvas.is(1064, 600);
  await canvas.margin('bottom').press('Enter');
  await studio.fill.isDone();
  await studio.edits.are('Fill 1');
  await studio.picture.settled();
  await studio.saveAs(after, 'png');
  await studio.messages.appears(texts.notices.saved('after.png'));
  expect((await sharp(after).metadata()).width).toBe(1064);
  expect(await colours(after, 0, 0, 1024, 600)).toEqual(await colours(before, 0, 0, 1024, 600));

  await studio.press('Control+Z');
  await studio.edits.are();
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.canvas);
  await studio.press('Control+Z');
  await expect(studio.page.locator('.status-bar')).toContainText('1024 × 683 px');
  // Redo can be chosen once the other canvas is there as a whole.
  await expect.poll(() => studio.nextStep('redo')).toBe(texts.steps.canvas);
  await studio.press('Control+Shift+Z');
  await expect(studio.page.locator('.status-bar')).toContainText('1064 × 600 px');
  expect(studio.hiddenErrors()).toEqual([]);
});
