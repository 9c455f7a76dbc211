import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { texts } from '../src/renderer/texts';
import { readArchiveParts } from '../src/engine/testing/archives';
import { fillDisc } from './filled-disc';
import { colourDistance } from './pages/picture';
import type { StudioWindow } from './pages/studio-window';
import { comparePhotos, maskPixels, photoIn } from './photo';
import { expect, test } from './studio-test';

const FILLED = { x: 300, y: 220 };
const PAINTED = { x: 120, y: 300 };

/** Fills one hole, hides it, and paints another. */
async function work(studio: StudioWindow): Promise<void> {
  await fillDisc(studio, FILLED, 30);
  await studio.choose('brush');
  await studio.picture.click(PAINTED);
}

test('a project keeps the picture, its fills and what is painted, also without the photo', async ({
  launch,
  folder,
}) => {
  const photo = await photoIn(folder);
  const project = join(folder, 'föhn work.inpaint');
  const studio = await launch(photo);
  await studio.shows('lake.png');
  await work(studio);
  const filled = await studio.picture.colourAt(FILLED);
  await studio.exportHole(join(folder, 'hole.png'));
  await studio.saveAs(join(folder, 'result.png'));
  await studio.messages.appears(texts.notices.saved('result.png'));
  await studio.saveProjectAs(project);
  await studio.shows('föhn work.inpaint');
  await expect.poll(() => studio.unsaved()).toBe(false);
  const original = await readFile(photo);
  await rm(photo);

  const other = await launch(project);
  await other.shows('föhn work.inpaint');
  await expect.poll(() => other.side.edits()).toEqual(['Fill 1']);
  await expect.poll(() => other.unsaved()).toBe(false);
  expect(colourDistance(await other.picture.colourAt(FILLED), filled)).toBeLessThan(2);
  await other.exportHole(join(folder, 'hole again.png'));
  await other.messages.appears(texts.notices.saved('hole again.png'));
  const [before, after] = await Promise.all(
    ['hole.png', 'hole again.png'].map((name) => maskPixels(join(folder, name))),
  );
  expect(after.bytes.equals(before.bytes)).toBe(true);
  expect(before.count).toBeGreaterThan(500);

  // Save writes the project, and what was saved as a picture is the same again.
  await other.picture.click({ x: 500, y: 100 });
  await expect.poll(() => other.unsaved()).toBe(true);
  await other.press('Control+s');
  await expect.poll(() => other.unsaved()).toBe(false);
  expect(existsSync(photo)).toBe(false);
  await other.saveAs(join(folder, 'result again.png'));
  await other.messages.appears(texts.notices.saved('result again.png'));
  const everything = { x: 0, y: 0, radius: 0 };
  const difference = await comparePhotos(join(folder, 'result.png'), join(folder, 'result again.png'), everything);
  expect(difference).toEqual({ sameSize: true, inside: 0, outside: 0 });
  await other.shows('föhn work.inpaint');
  expect(other.hiddenErrors()).toEqual([]);
  expect((await readFile(project)).includes(original), 'the original, byte for byte').toBe(true);
});

test('closing a project with changes that it does not hold asks first', async ({ launch, folder }) => {
  const project = join(folder, 'work.inpaint');
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.saveProjectAs(project);
  await studio.shows('work.inpaint');
  await studio.picture.click(PAINTED);
  await expect.poll(() => studio.unsaved()).toBe(true);
  await studio.open(await photoIn(folder, 'other.png'));
  await expect.poll(() => studio.isAsked()).toBe(true);
  await studio.answer(texts.questions.cancel);
  await studio.press('Control+s');
  await expect.poll(() => studio.unsaved()).toBe(false);
  await studio.open(join(folder, 'other.png'));
  await studio.shows('other.png');
});

test('a damaged project is named with what to do, and the open picture stays', async ({ studio, folder }) => {
  const project = join(folder, 'broken.inpaint');
  await writeFile(project, 'PK nothing of the kind');
  await studio.shows('Sample');
  await studio.open(project);
  await studio.messages.appears(texts.errors.notOpened, 'broken.inpaint');
  await studio.shows('Sample');
});

test('after the program was killed it asks, and restores everything', async ({ launch, launchAgain, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await work(studio);
  const filled = await studio.picture.colourAt(FILLED);
  const painted = await studio.picture.colourAt(PAINTED);
  await studio.keptAll();
  await rm(join(folder, 'lake.png'));
  await studio.kill();

  const again = await launchAgain(studio);
  expect(await again.recovery.offers()).toEqual(['lake.png']);
  await again.recovery.restore('lake.png');
  await again.shows('lake.png');
  await expect.poll(() => again.side.edits()).toEqual(['Fill 1']);
  expect(colourDistance(await again.picture.colourAt(FILLED), filled)).toBeLessThan(2);
  expect(colourDistance(await again.picture.colourAt(PAINTED), painted)).toBeLessThan(2);
  await expect.poll(() => again.unsaved()).toBe(true);
  // And the same once more: what was restored is kept, too.
  await again.picture.click({ x: 500, y: 100 });
  await again.keptAll();
  await again.kill();

  const third = await launchAgain(again);
  expect(await third.recovery.offers()).toEqual(['lake.png']);
  await third.recovery.discard('lake.png');
  await third.shows('Sample');
  await third.kill();
  const fourth = await launchAgain(third);
  await fourth.shows('Sample');
  await expect.poll(() => fourth.recovery.isAsked()).toBe(false);
  // What was painted and not filled is work, too, also when the program is ended as it should be.
  const sky = await fourth.picture.colourAt({ x: 500, y: 100 });
  await fourth.picture.click({ x: 500, y: 100 });
  await fourth.keptAll();
  await fourth.quit();
  const fifth = await launchAgain(fourth);
  expect(await fifth.recovery.offers()).toEqual(['Sample']);
  await fifth.recovery.restore('Sample');
  await fifth.shows('Sample');
  await fifth.picture.settled();
  expect(colourDistance(await fifth.picture.colourAt({ x: 500, y: 100 }), sky)).toBeGreaterThan(10);
});

test('layers, before and after, and the mask of the fills are exported', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await work(studio);
  await studio.saveAs(join(folder, 'result.png'));
  await studio.messages.appears(texts.notices.saved('result.png'));

  await mkdir(join(folder, 'layers'));
  await studio.exportTo('layers', join(folder, 'layers'), texts.questions.exportLayers.other);
  await studio.messages.appears(texts.notices.saved('layers'));
  const [layer] = (await readdir(join(folder, 'layers'))).filter((name) => name.endsWith('.png'));
  const laid = join(folder, 'laid.png');
  const original = join(folder, 'lake.png');
  await sharp(original)
    .composite([{ input: join(folder, 'layers', layer) }])
    .toFile(laid);
  const everything = { x: 0, y: 0, radius: 0 };
  const same = { sameSize: true, inside: 0, outside: 0 };
  expect(await comparePhotos(laid, join(folder, 'result.png'), everything)).toEqual(same);

  await studio.exportTo('before-after', join(folder, 'both.png'));
  await studio.messages.appears(texts.notices.saved('both.png'));
  expect(await sharp(join(folder, 'both.png')).metadata()).toMatchObject({ width: 2 * 640 + 6, height: 420 });
  await studio.exportTo('filled-mask', join(folder, 'fills.png'));
  await studio.messages.appears(texts.notices.saved('fills.png'));
  const mask = await maskPixels(join(folder, 'fills.png'));
  expect([mask.at(FILLED.x, FILLED.y), mask.at(PAINTED.x, PAINTED.y)]).toEqual([true, false]);

  await studio.exportTo('open-raster', join(folder, 'layers.ora'));
  await studio.messages.appears(texts.notices.saved('layers.ora'));
  const parts = await readArchiveParts(join(folder, 'layers.ora'));
  const merged = join(folder, 'merged.png');
  await writeFile(merged, parts.get('mergedimage.png') ?? '');
  expect(await comparePhotos(merged, join(folder, 'result.png'), everything)).toEqual(same);
  await studio.exportTo('psd', join(folder, 'layers'));
  await studio.messages.appears(texts.notices.saved('layers.psd'));
  const filled = await studio.picture.colourAt(FILLED);
  await studio.open(join(folder, 'layers.psd'));
  await studio.shows('layers.psd');
  expect(colourDistance(await studio.picture.colourAt(FILLED), filled)).toBeLessThan(2);
});

test('the start screen offers what was open lately, and names what is missing', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder, 'one.png'));
  await studio.shows('one.png');
  await studio.open(await photoIn(folder, 'two.png'));
  await studio.shows('two.png');
  await rm(join(folder, 'one.png'));
  await studio.press('Control+w');
  await expect.poll(() => studio.start.recent()).toEqual(['two.png', 'one.png']);
  await expect.poll(() => studio.start.isMissing('one.png')).toBe(true);
  await studio.start.open('two.png');
  await studio.shows('two.png');
  await studio.press('Control+w');
  await studio.start.clear();
  await expect.poll(() => studio.start.recent()).toEqual([]);
});
