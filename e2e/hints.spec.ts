import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import { eraser } from '../src/renderer/tools/eraser';
import type { Point } from '../src/shared/geometry';
import { type Colour, colourDistance } from './pages/picture';
import type { StudioWindow } from './pages/studio-window';
import { comparePhotos, photoIn } from './photo';
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
  await expect.poll(() => studio.side.edits()).toEqual([]);
  await studio.picture.settled();
  const coarse = await studio.picture.colourAt(HOLE);

  await studio.choose('hint');
  await studio.hints.paintWith('#c81e28');
  await studio.setTipSize(40);
  await studio.picture.click(HOLE);
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.hint);
  const hinted = await studio.picture.colourAt(HOLE);
  expect(hinted.red - hinted.blue).toBeGreaterThan(100);
  await studio.press('Control+z');
  expect(colourDistance(await studio.picture.colourAt(HOLE), coarse)).toBeLessThan(4);
  await studio.press('Control+Shift+z');
  await studio.picture.click(ELSEWHERE);

  await studio.fill.pressRefine();
  await studio.fill.isDone();
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 1']);
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

test('colours come from the photo, by the eyedropper and with Alt', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  const there = await studio.picture.colourAt(ELSEWHERE);
  await studio.choose('hint');
  await studio.hints.says(texts.hint.noHole);
  await studio.picture.click(ELSEWHERE, 'Alt');
  expect(colourDistance(await studio.hints.colour(), there)).toBeLessThan(3);
  await studio.hints.paintWith('#010203');
  await studio.choose('eyedropper');
  await studio.picture.click(ELSEWHERE);
  expect(colourDistance(await studio.hints.colour(), there)).toBeLessThan(3);
  await expect.poll(() => studio.nextStep('undo')).toBeNull();
});

/** Marks a place and paints a colour into it. */
async function paintHinted(studio: StudioWindow, place: Point, colour: string): Promise<void> {
  await studio.choose('brush');
  await studio.setTipSize(100);
  await studio.picture.click(place);
  await studio.choose('hint');
  await studio.hints.paintWith(colour);
  await studio.setTipSize(40);
  await studio.picture.click(place);
}

/** Fills the hole of a window that has just been opened, steered by red. */
async function fillRed(studio: StudioWindow): Promise<void> {
  await studio.shows('lake.png');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await paintHinted(studio, HOLE, '#c81e28');
  await studio.press('Enter');
  await studio.fill.isDone();
}

const isRed = ({ red, blue }: Colour) => red - blue > 70;

test('a project keeps painted colours, and an edit that was steered by them is filled again the same', async ({
  launch,
  folder,
}) => {
  const studio = await launch(await photoIn(folder));
  await fillRed(studio);
  await studio.saveAs(join(folder, 'first.png'));
  await studio.messages.appears(texts.notices.saved('first.png'));
  await paintHinted(studio, ELSEWHERE, '#c81e28');
  const project = join(folder, 'work.inpaint');
  await studio.saveProjectAs(project);
  await studio.shows('work.inpaint');

  const other = await launch(project);
  await other.shows('work.inpaint');
  expect(isRed(await other.picture.colourAt(ELSEWHERE)), 'what was painted and not filled').toBe(true);
  await other.side.chooseQuality(texts.panels.qualities[256].title);
  await other.edits.select('Fill 1');
  await other.edits.press('rerun');
  await other.edits.hasVariants(2);
  await other.edits.showsVariant(2);
  await other.saveAs(join(folder, 'again.png'));
  await other.messages.appears(texts.notices.saved('again.png'));
  const difference = await comparePhotos(join(folder, 'first.png'), join(folder, 'again.png'), { ...HOLE, radius: 60 });
  expect(difference).toEqual({ sameSize: true, inside: 0, outside: 0 });
  await other.picture.settled();
  expect(isRed(await other.picture.colourAt(HOLE)), 'by the hint').toBe(true);
  expect(other.hiddenErrors()).toEqual([]);
});

test('after a kill the fill that was edited still is, with its changes, and what is painted for the new one', async ({
  launch,
  launchAgain,
  folder,
}) => {
  const studio = await launch(await photoIn(folder));
  await fillRed(studio);
  const unpainted = await studio.picture.colourAt(ELSEWHERE);
  await paintHinted(studio, ELSEWHERE, '#c81e28');
  const aside = await studio.picture.colourAt(ELSEWHERE);
  await studio.press('Shift+M');
  await studio.edits.select('Fill 1');
  await studio.fill.edits('Fill 1');
  // Into its hole: a hint that is not filled yet is seen.
  await studio.picture.click(HOLE);
  await studio.keptAll();
  await studio.kill();

  const again = await launchAgain(studio);
  await again.recovery.restore('lake.png');
  await again.shows('lake.png');
  await again.fill.edits('Fill 1');
  const hinted = await again.picture.colourAt(HOLE);
  expect(hinted.red - hinted.blue, 'the hint itself').toBeGreaterThan(150);
  expect(colourDistance(await again.picture.colourAt(ELSEWHERE), unpainted)).toBeLessThan(3);
  await again.fill.pressNewFill();
  await expect.poll(async () => colourDistance(await again.picture.colourAt(ELSEWHERE), aside)).toBeLessThan(3);
  expect(again.hiddenErrors()).toEqual([]);
});

test('the eraser takes a hint away with the hole, and undo brings both back', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  const original = await studio.picture.colourAt(HOLE);
  await paintHinted(studio, HOLE, '#1e28c8');
  const hinted = await studio.picture.colourAt(HOLE);
  await studio.choose('eraser');
  await studio.setTipSize(140);
  await studio.picture.click(HOLE);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(HOLE), original)).toBeLessThan(3);
  await expect.poll(() => studio.nextStep('undo')).toBe(eraser.words.en.step);
  await studio.press('Control+z');
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(HOLE), hinted)).toBeLessThan(3);
  await studio.press('Control+Shift+z');
  await studio.choose('brush');
  await studio.picture.click(HOLE);
  expect(colourDistance(await studio.picture.colourAt(HOLE), hinted), 'no hint under new paint').toBeGreaterThan(30);
});
