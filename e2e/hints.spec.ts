import { texts } from '../src/renderer/texts';
import { colourDistance } from './pages/picture';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

const HOLE = { x: 200, y: 120 };
const ELSEWHERE = { x: 420, y: 380 };

test('a fill stops at its rough form, takes a colour, and is refined from it', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.hints.stopAtCoarse();
  await studio.hints.holds(100);
  await studio.setTipSize(100);
  await studio.picture.click(HOLE);
  await studio.press('Enter');
  await studio.fill.waits();
  expect(await studio.side.edits()).toEqual([]);
  await studio.picture.settled();
  const coarse = await studio.picture.colourAt(HOLE);

  await studio.choose('hint');
  await studio.hints.paintWith('#c81e28');
  await studio.setTipSize(40);
  await studio.picture.click(HOLE);
  expect(await studio.nextStep('undo')).toBe(texts.steps.hint);
  const hinted = await studio.picture.colourAt(HOLE);
  expect(hinted.red - hinted.blue).toBeGreaterThan(100);
  await studio.press('Control+z');
  expect(colourDistance(await studio.picture.colourAt(HOLE), coarse)).toBeLessThan(4);
  await studio.press('Control+Shift+z');
  await studio.picture.click(ELSEWHERE);

  await studio.fill.pressRefine();
  await studio.fill.isDone();
  expect(await studio.side.edits()).toEqual(['Fill 1']);
  await studio.picture.settled();
  const refined = await studio.picture.colourAt(HOLE);
  expect(refined.red - refined.blue, 'the fill is red where it was painted').toBeGreaterThan(70);

  await studio.press('Control+z');
  await expect
    .poll(async () => (await studio.picture.colourAt(HOLE)).red - (await studio.picture.colourAt(HOLE)).blue)
    .toBeGreaterThan(100);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a rough fill can be given up, and the hole stays', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.press('Control+Shift+F');
  await studio.picture.click(HOLE);
  const painted = await studio.picture.colourAt(HOLE);
  await studio.press('Enter');
  await studio.fill.waits();
  await studio.press('Escape');
  await studio.fill.says(texts.fill.cancelled);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(HOLE), painted)).toBeLessThan(4);
});

test('colours come from the photo, by the dropper and with Alt', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  const there = await studio.picture.colourAt(ELSEWHERE);
  await studio.choose('hint');
  await studio.hints.says(texts.hint.noHole);
  await studio.picture.click(ELSEWHERE, 'Alt');
  expect(colourDistance(await studio.hints.colour(), there)).toBeLessThan(3);
  await studio.hints.paintWith('#010203');
  await studio.choose('dropper');
  await studio.picture.click(ELSEWHERE);
  expect(colourDistance(await studio.hints.colour(), there)).toBeLessThan(3);
  expect(await studio.nextStep('undo')).toBeNull();
});
