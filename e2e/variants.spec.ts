import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import { fillSample } from './filled-disc';
import { type Colour, colourDistance } from './pages/picture';
import { comparePhotos } from './photo';
import { expect, test } from './studio-test';

const HOLE = { x: 500, y: 500 };

test('more variants come one after another, to choose from, and none is lost', async ({ studio }) => {
  await fillSample(studio, HOLE, 120);
  await studio.edits.hasVariants(1);
  await studio.picture.settled();
  const first = await studio.picture.colourAt(HOLE);

  await studio.edits.askForMore('3', 'orientation');
  await studio.edits.hasVariants(4);
  expect(await studio.edits.variantWords()).toEqual([
    'Remove, Default',
    'Remove, seen mirrored, Default',
    'Remove, seen turned left, Default',
    'Remove, seen turned right, Default',
  ]);
  expect(await studio.edits.chosenVariant(), 'what is shown stays').toBe(1);
  expect(colourDistance(await studio.picture.colourAt(HOLE), first)).toBe(0);

  await studio.edits.chooseVariant(3);
  await studio.edits.showsVariant(3);
  await studio.picture.settled();
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.chooseVariant(1, 3));
  await studio.press('Alt+ArrowRight');
  await studio.edits.showsVariant(4);
  await studio.press('Alt+ArrowLeft');
  await studio.edits.showsVariant(3);
  for (let i = 0; i < 3; i++) await studio.press('Control+z');
  await studio.edits.showsVariant(1);
  expect(await studio.edits.variantCount()).toBe(4);
  await studio.press('Control+z');
  await studio.edits.are();
  await studio.press('Control+Shift+z');
  await studio.edits.select('Fill 1');
  await studio.edits.hasVariants(4);

  await studio.edits.fromVariantMenu(2, 'remove');
  await studio.edits.hasVariants(3);
  await studio.press('Control+z');
  await studio.edits.hasVariants(4);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a batch can be cancelled, and what has arrived stays', async ({ studio }) => {
  await fillSample(studio, HOLE, 160);
  await studio.side.chooseQuality(texts.panels.qualities[512].title);
  await studio.edits.askForMore('8', 'seed');
  await expect.poll(() => studio.edits.variantCount(), { timeout: 120_000 }).toBeGreaterThan(1);
  await studio.press('Escape');
  await studio.fill.says(texts.fill.cancelled);
  expect(await studio.edits.variantCount()).toBeLessThan(9);
});

test('a variant is saved as a picture and compared with the shown one, without being chosen', async ({
  studio,
  folder,
}) => {
  await fillSample(studio, HOLE, 160);
  await studio.edits.askForMore('1', 'orientation');
  await studio.edits.hasVariants(2);

  const saved = { shown: join(folder, 'shown.png'), other: join(folder, 'other.png') };
  for (const [number, path] of [saved.shown, saved.other].entries()) {
    await studio.saveVariant(number + 1, path);
    await expect
      .poll(() =>
        access(path).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  }
  expect(await studio.edits.chosenVariant()).toBe(1);
  await expect.poll(() => studio.unsaved(), 'saving a variant is not saving the picture').toBe(true);
  const { inside, outside } = await comparePhotos(saved.shown, saved.other, { ...HOLE, radius: 82 });
  expect(inside, 'the two variants differ').toBeGreaterThan(1000);
  expect(outside, 'and only in the hole').toBe(0);

  // The line stands in the middle of the picture, and of the hole.
  const left = { x: HOLE.x - 40, y: HOLE.y };
  const right = { x: HOLE.x + 60, y: HOLE.y };
  const shown = await studio.picture.colourAt(left);
  await studio.edits.fromVariantMenu(2, 'compare');
  await studio.view.compares(texts.variants.name(1), texts.variants.name(2));
  await studio.picture.settled();
  expect(colourDistance(await studio.picture.colourAt(left), shown)).toBeLessThan(1);
  const compared = await studio.picture.colourAt(right);
  expect(await studio.edits.chosenVariant()).toBe(1);
  await studio.edits.chooseVariant(2);
  await studio.view.comparesNothing();
  await studio.picture.settled();
  expect(colourDistance(await studio.picture.colourAt(right), compared)).toBeLessThan(1);
  expect(colourDistance(await studio.picture.colourAt(left), shown), 'the left was the other one').toBeGreaterThan(0);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('variants are looked at and chosen by keys', async ({ studio }) => {
  await fillSample(studio, HOLE, 160);
  await studio.edits.askForMore('1', 'manner');
  await studio.edits.hasVariants(2);
  await studio.picture.settled();
  const places = [-50, -25, 0, 25, 50].map((by) => ({ x: HOLE.x + by, y: HOLE.y }));
  const look = () => studio.picture.coloursAt(places);
  const far = (one: readonly Colour[], other: readonly Colour[]) =>
    Math.max(...one.map((colour, i) => colourDistance(colour, other[i] ?? colour)));
  const first = await look();

  await studio.page.locator('.variant-choose').first().focus();
  await studio.press('ArrowRight');
  await expect.poll(async () => far(await look(), first), 'it is seen on the picture').toBeGreaterThan(3);
  const second = await look();
  expect(await studio.edits.chosenVariant(), 'and not yet chosen').toBe(1);
  await studio.press('ArrowLeft');
  await expect.poll(async () => far(await look(), first)).toBe(0);
  await studio.press('ArrowRight');
  await studio.press('Space');
  await studio.edits.showsVariant(2);
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.chooseVariant(1, 2));
  await studio.choose('pan');
  await studio.picture.settled();
  expect(far(await look(), second)).toBe(0);
  expect(studio.hiddenErrors()).toEqual([]);
});
