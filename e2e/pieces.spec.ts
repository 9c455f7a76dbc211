import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import type { Point } from '../src/shared/geometry';
import { fillSample } from './filled-disc';
import type { StudioWindow } from './pages/studio-window';
import { colourDistance } from './pages/picture';
import { expect, test } from './studio-test';

const HOLE = { x: 500, y: 400 };
const WORDS = /Fill 1, a piece: from (\d+), (\d+) \((\d+) px\)/;

/** Removes what is under a tip of 240 pixels, and takes up the inspector. */
async function removed(studio: StudioWindow): Promise<void> {
  await fillSample(studio, HOLE, 240);
  await studio.picture.settled();
  await studio.choose('inspect');
}

/** Where what is shown comes from, as the words say. */
async function source(studio: StudioWindow): Promise<Point> {
  const says = studio.page.locator('.inspected');
  await expect(says).toHaveText(WORDS);
  const [, x, y] = WORDS.exec(await says.innerText()) ?? [];
  return { x: Number(x), y: Number(y) };
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

test('a piece is refused, and the fill is cut again without it at once', async ({ studio }, info) => {
  await removed(studio);
  await studio.picture.moveTo(HOLE);
  const first = await source(studio);
  await studio.picture.click(HOLE);
  await studio.edits.hasVariants(1);
  await studio.page.screenshot({ path: info.outputPath('held.png') });

  await studio.press('Shift+J');
  await studio.page.screenshot({ path: info.outputPath('flow.png') });
  await studio.press('Shift+J');

  await studio.page.locator('.piece-actions').getByRole('button').click();
  await studio.edits.hasVariants(2);
  await studio.fill.isDone();
  const seconds = Number(/[\d.]+/.exec(await studio.page.locator('.outcome-done').innerText())?.[0]);
  console.log(`cut again in ${seconds} s`);
  // What is held stays held, so that the next can be refused as well.
  await expect.poll(async () => distance(await source(studio), first)).toBeGreaterThan(8);
  expect((await studio.edits.variantWords())[1]).toBe('Remove, 1 piece refused, Default');
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.notFromThere(1));
  await studio.page.screenshot({ path: info.outputPath('refused.png') });
  const second = await source(studio);
  await studio.press('Shift+X');
  await studio.edits.hasVariants(3);
  await expect
    .poll(async () => Math.min(distance(await source(studio), second), distance(await source(studio), first)))
    .toBeGreaterThan(8);

  for (let i = 0; i < 2; i++) await studio.press('Control+z');
  await expect.poll(() => source(studio)).toEqual(first);

  // Filling again keeps what was refused.
  await studio.edits.chooseVariant(3);
  await studio.edits.press('rerun');
  await studio.edits.hasVariants(4);
  expect((await studio.edits.variantWords())[3]).toBe('Remove, 2 pieces refused, Default');
  expect(studio.hiddenErrors()).toEqual([]);
});

/** A place of the hole in its largest piece: seams may move, but not over the middle of a piece. */
async function inLargestPiece(studio: StudioWindow): Promise<Point> {
  const says = studio.page.locator('.inspected');
  let largest = { at: HOLE, pixels: 0 };
  for (const dy of [-60, 0, 60]) {
    for (const dx of [-60, 0, 60]) {
      const at = { x: HOLE.x + dx, y: HOLE.y + dy };
      await studio.picture.moveTo(at);
      await expect(says).toHaveText(WORDS);
      const pixels = Number(WORDS.exec(await says.innerText())?.[3]);
      if (pixels > largest.pixels) largest = { at, pixels };
    }
  }
  await studio.picture.moveTo(largest.at);
  return largest.at;
}

test('a piece is dragged to another source, and the seams follow', async ({ studio }, info) => {
  await removed(studio);
  const from = await inLargestPiece(studio);
  const to = { x: from.x + 300, y: from.y + 150 };
  // With another tool: the inspector's arrow ends in the middle of the piece, where the colours are read.
  await studio.choose('brush');
  const before = await studio.picture.colourAt(from);
  const there = await studio.picture.colourAt(to);
  await studio.choose('inspect');
  await studio.picture.drag(from, to);
  await studio.edits.hasVariants(2);
  await studio.fill.isDone();
  expect((await studio.edits.variantWords())[1]).toBe('Remove, 1 piece chosen, Default');
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.otherSource(1));
  await expect.poll(async () => distance(await source(studio), to)).toBeLessThan(12);
  await studio.page.screenshot({ path: info.outputPath('dragged.png') });
  await studio.choose('brush');
  await studio.picture.settled();
  const after = await studio.picture.colourAt(from);
  expect(colourDistance(after, before), 'it looks otherwise').toBeGreaterThan(4);
  expect(colourDistance(after, there), 'and as it does there, but for the blending').toBeLessThan(40);
  await studio.press('Control+z');
  await studio.picture.settled();
  expect(colourDistance(await studio.picture.colourAt(from), before)).toBeLessThan(1);

  // Into the hole itself: nothing can be had from there, and that is said.
  await studio.choose('inspect');
  await studio.picture.drag(from, { x: from.x + 12, y: from.y });
  await expect(studio.page.locator('.notice-title')).toHaveText(texts.notices.pieceNowhere);
  await studio.edits.hasVariants(2);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('what was said of pieces is kept in a project, where they are prepared anew once', async ({
  studio,
  launch,
  folder,
}) => {
  await removed(studio);
  await studio.picture.click(HOLE);
  await studio.press('Shift+X');
  await studio.edits.hasVariants(2);
  await studio.fill.isDone();
  const refused = await source(studio);
  const project = join(folder, 'pieces.inpaint');
  await studio.saveProjectAs(project);
  await studio.shows('pieces.inpaint');

  const other = await launch(project);
  await other.shows('pieces.inpaint');
  await other.choose('inspect');
  await other.picture.moveTo(HOLE);
  expect(await source(other)).toEqual(refused);
  await other.picture.click(HOLE);
  await other.press('Shift+X');
  await other.fill.says(texts.fill.preparing);
  await other.edits.hasVariants(3);
  expect((await other.edits.variantWords())[2]).toBe('Remove, 2 pieces refused, Default');
  expect(distance(await source(other), refused)).toBeGreaterThan(8);
  expect(other.hiddenErrors()).toEqual([]);
});
