import { findingsInBothThemes } from './axe-findings';
import { FilmStrip } from './pages/film-strip';
import { brokenPhotoIn, photoIn } from './photo';
import { pageOf, type Stage } from './scene';
import { SCENES } from './scenes';
import { expect, test } from './studio-test';

/** Steps of a run that has curves. */
const RUN_STEPS = 6;

test.describe('in the light and the dark theme', () => {
  test.use({ settings: { language: 'en', tourSeen: false } });

  test('no state of the window keeps anybody out', async ({ studio, folder }) => {
    test.setTimeout(900_000);
    const stage: Stage = { studio, folder, steps: RUN_STEPS, trainer: null, lab: null };
    await studio.look.wear('light');
    for (const scene of SCENES) {
      await test.step(scene.name, async () => {
        await scene.enter(stage);
        expect.soft(await findingsInBothThemes(pageOf(stage)), scene.name).toEqual([]);
        await scene.leave?.(stage);
      });
    }
    expect(studio.hiddenErrors()).toEqual([]);
  });

  test('nor does a picture that cannot be opened', async ({ launch, folder }) => {
    const studio = await launch(await brokenPhotoIn(folder));
    await studio.messages.insteadOfPicture('broken.jpg');
    expect(await findingsInBothThemes(studio.page)).toEqual([]);
  });

  test('nor does a strip of several photos, one of them broken', async ({ studio, folder }) => {
    await studio.shows('Sample');
    await studio.drop(await photoIn(folder), await photoIn(folder, 'other.png'), await brokenPhotoIn(folder));
    await studio.shows('lake.png');
    await new FilmStrip(studio.page).has({ 'lake.png': 'none', 'other.png': 'none', 'broken.jpg': 'failed' });
    expect(await findingsInBothThemes(studio.page)).toEqual([]);
  });

  test('a word that can hardly be read in the dark is found', async ({ studio }) => {
    await studio.shows('Sample');
    // No element may bring a style of its own here; a sheet that a script makes may.
    await studio.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('@media (prefers-color-scheme: dark) { .document-name { color: #333 !important } }');
      document.adoptedStyleSheets = [sheet];
    });
    expect((await findingsInBothThemes(studio.page)).join('\n')).toMatch(/^in the dark: color-contrast/);
  });
});
