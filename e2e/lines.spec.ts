import { texts } from '../src/renderer/texts';
import { colourDistance } from './pages/picture';
import { expect, test } from './studio-test';

const HOLE = { x: 500, y: 500 };
const ACROSS = [
  { x: 380, y: 470 },
  { x: 620, y: 530 },
] as const;

test('a removal goes on along a line that is drawn through it; the line can be moved and taken away again', async ({
  studio,
}) => {
  await studio.shows('Sample');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.setTipSize(160);
  await studio.picture.click(HOLE);
  await studio.choose('structure-line');
  await studio.picture.drag(...ACROSS);
  expect(await studio.nextStep('undo')).toBe(texts.steps.line);
  await studio.press('Enter');
  await studio.fill.isDone();
  await studio.picture.settled();
  expect(await studio.edits.variantWords()).toEqual(['Remove, 1 drawn line, Default']);
  const along = await studio.picture.colourAt(HOLE);

  // The line belongs to the fill, which is made again without it.
  await studio.picture.click(ACROSS[0], 'Alt');
  await studio.fill.isDone();
  await studio.edits.hasVariants(2);
  expect((await studio.edits.variantWords())[1]).toBe('Remove, Default');
  expect(await studio.nextStep('undo')).toBe(texts.steps.refill(1));
  await studio.press('Control+z');
  await studio.picture.settled();
  expect(colourDistance(await studio.picture.colourAt(HOLE), along)).toBe(0);
  expect(studio.hiddenErrors()).toEqual([]);
});
