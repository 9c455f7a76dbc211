import { join } from 'node:path';
import { mkdir, readdir } from 'node:fs/promises';
import { texts } from '../src/renderer/texts';
import { findingsInBothThemes } from './axe-findings';
import { FilmStrip } from './pages/film-strip';
import { brokenPhotoIn, comparePhotos, photoIn } from './photo';
import { expect, test } from './studio-test';

/** Where a hole is painted, picture pixels. */
const PLACE = { x: 100, y: 100 };

test('several photos: the next by key, work that stays while another is open, a broken one that is passed over', async ({
  studio,
  folder,
}) => {
  const strip = new FilmStrip(studio.page);
  const shots = join(folder, 'shots');
  await mkdir(shots);
  await photoIn(shots, '1.png', 320, 240);
  await photoIn(shots, '3.png', 320, 240);
  await brokenPhotoIn(shots);
  await studio.shows('Sample');
  await studio.main.answerOpenDialog(shots);
  await studio.menu('open-folder');
  await studio.shows('1.png');
  await strip.has({ '1.png': 'none', '3.png': 'none', 'broken.jpg': 'failed' });
  await strip.looksLike(2);
  const stage = await studio.page.locator('.canvas-area').boundingBox();
  expect(stage?.height, 'the picture has room at 1280 x 800').toBeGreaterThan(400);

  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.picture.click(PLACE);
  await studio.press('Enter');
  await studio.fill.isDone();
  await strip.has({ '1.png': 'unsaved', '3.png': 'none', 'broken.jpg': 'failed' });

  // Going on asks nothing; the next ones that are dropped come behind.
  await studio.press('Control+PageDown');
  await studio.shows('3.png');
  await studio.drop(
    await photoIn(folder, 'dropped one.png', 360, 240),
    await photoIn(folder, 'dropped two.png', 360, 240),
  );
  await studio.shows('dropped one.png');
  await strip.has({
    '1.png': 'unsaved',
    '3.png': 'none',
    'broken.jpg': 'failed',
    'dropped one.png': 'none',
    'dropped two.png': 'none',
  });
  // The broken one is passed over.
  await studio.press('Control+PageUp');
  await studio.shows('3.png');
  await strip.photo('1.png').click();
  await studio.shows('1.png');
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 1']);
  await studio.saveAs(join(folder, 'filled.png'));
  await expect.poll(() => studio.unsaved()).toBe(false);
  await studio.press('Control+PageDown');
  await studio.shows('3.png');
  await expect.poll(async () => (await strip.photo('1.png').getAttribute('data-work')) ?? '').toBe('saved');

  // All with one mask: the broken one is named, and so is one of another size; the photos stay as they are.
  await studio.picture.click(PLACE);
  const results = join(folder, 'results');
  await studio.main.answerOpenDialog(results);
  await studio.press('Control+Alt+f');
  await expect(studio.page.getByRole('dialog')).toBeVisible();
  expect(await findingsInBothThemes(studio.page), 'before').toEqual([]);
  await studio.page.getByRole('button', { name: texts.fillAll.confirm }).click();
  const report = studio.page.getByRole('dialog');
  await expect(report).toContainText(texts.fillAll.report(2, 5, 'results'), { timeout: 90_000 });
  await expect(report).toContainText('broken.jpg');
  await expect(report).toContainText(texts.canvas.size(360, 240));
  expect(await findingsInBothThemes(studio.page), 'the report').toEqual([]);
  await studio.press('Escape');
  expect((await readdir(results)).sort()).toEqual(['1-inpainted.png', '3-inpainted.png']);
  const difference = await comparePhotos(join(shots, '3.png'), join(results, '3-inpainted.png'), {
    ...PLACE,
    radius: 24,
  });
  expect(difference.outside).toBe(0);
  expect(difference.inside).toBeGreaterThan(0);

  await studio.press('F6');
  await expect.poll(() => strip.isFoldedUp()).toBe(true);
  expect(studio.hiddenErrors()).toEqual([]);
});
