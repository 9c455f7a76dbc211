import { texts } from '../src/renderer/texts';
import type { DrawnWith, Theme } from './pages/look';
import type { StudioWindow } from './pages/studio-window';
import { brokenPhotoIn } from './photo';
import { expect, test } from './studio-test';

/** What the golden pictures were taken with: other builds and fonts draw the same things a little differently. */
const TAKEN_WITH: DrawnWith = { platform: 'linux', electron: '33.2.1', font: 'DejaVu Sans' };
const TOLERANCE = { maxDiffPixelRatio: 0.01 };
const THEMES: readonly Theme[] = ['light', 'dark'];

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ settings: { language: 'en', tourSeen: false, theme } });

    test('what stays the same looks the same', async ({ studio }) => {
      const { page } = studio;
      await studio.look.wear(theme);
      await studio.shows('Sample');
      await skipWhereDrawnOtherwise(studio);
      const card = page.getByRole('region', { name: texts.tour.title });
      await expect(card).toHaveScreenshot(`tour-${theme}.png`, TOLERANCE);
      await studio.menu('save-as');
      await expect(page.getByRole('dialog')).toHaveScreenshot(`save-as-${theme}.png`, TOLERANCE);
      await studio.press('Escape');
      await studio.press('Control+k');
      await page.keyboard.type('ellipse');
      await expect(page.getByRole('dialog')).toHaveScreenshot(`palette-${theme}.png`, TOLERANCE);
      await studio.press('Escape');
      await studio.look.openMore();
      await expect(page.getByRole('menu')).toHaveScreenshot(`more-${theme}.png`, TOLERANCE);
    });

    test('so does what stands in for a picture', async ({ launch, folder }) => {
      const studio = await launch(await brokenPhotoIn(folder));
      await studio.look.wear(theme);
      await studio.messages.insteadOfPicture('broken.jpg');
      await skipWhereDrawnOtherwise(studio);
      await expect(studio.page.locator('.empty-state')).toHaveScreenshot(`empty-${theme}.png`, TOLERANCE);
    });
  });
}

async function skipWhereDrawnOtherwise(studio: StudioWindow): Promise<void> {
  const here = await studio.look.drawnWith();
  const words = ({ platform, electron, font }: DrawnWith) => `Electron ${electron} on ${platform} with ${font}`;
  if (words(here) === words(TAKEN_WITH)) return;
  const reason = `the golden pictures are from ${words(TAKEN_WITH)}, and this is ${words(here)}`;
  // Playwright's list says that a test was skipped, and not why.
  console.log(`Skipped: ${reason}`);
  test.skip(true, reason);
}
