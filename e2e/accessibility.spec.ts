import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { brokenPhotoIn } from './photo';
import { Look, type Theme } from './pages/look';
import { pageOf, SCENES, type Stage } from './scenes';
import { expect, test } from './studio-test';

const THEMES: readonly Theme[] = ['light', 'dark'];

/** What axe finds that keeps people from using the window (contrast of WCAG AA included), as lines. */
async function findings(page: Page): Promise<readonly string[]> {
  // The page is the app's only one: axe may not open another to put its results together.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary ?? ''})`),
    );
}

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ settings: { language: 'en', tourSeen: false, theme } });

    test('no state of the window keeps anybody out', async ({ studio, folder }) => {
      test.setTimeout(900_000);
      const stage: Stage = { studio, folder, trainer: null };
      await studio.look.wear(theme);
      for (const scene of SCENES) {
        await test.step(scene.name, async () => {
          await scene.enter(stage);
          await new Look(pageOf(stage)).wear(theme);
          expect.soft(await findings(pageOf(stage)), scene.name).toEqual([]);
          await scene.leave?.(stage);
        });
      }
      expect(studio.hiddenErrors()).toEqual([]);
    });

    test('nor does a picture that cannot be opened', async ({ launch, folder }) => {
      const studio = await launch(await brokenPhotoIn(folder));
      await studio.look.wear(theme);
      await studio.messages.insteadOfPicture('broken.jpg');
      expect(await findings(studio.page)).toEqual([]);
    });
  });
}
