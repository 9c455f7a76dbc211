import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Screen, Theme } from '../pages/look';
import { SCENES } from '../scenes';
import { test } from '../studio-test';

const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'pictures', 'window');
const THEMES: readonly Theme[] = ['light', 'dark'];
const SMALL: Screen = { width: 1280, height: 800, density: 1 };
const LARGE: Screen = { width: 2560, height: 1440, density: 1 };
/** The least that the window lets itself be made, and a screen with four pixels for each of the small one's. */
const SMALLEST: Screen = { width: 960, height: 600, density: 1 };
const DENSE: Screen = { width: 1280, height: 720, density: 2 };
/** Good enough to read every word; all the pictures together stay below 4 MB. */
const QUALITY = { small: 54, large: 28 };

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ settings: { language: 'en', tourSeen: false, theme } });
    test('every state of the window', async ({ studio }) => {
      await mkdir(FOLDER, { recursive: true });
      await studio.look.wear(theme);
      await studio.look.fit(SMALL);
      for (const { name, enter, leave } of SCENES) {
        await test.step(name, async () => {
          await enter(studio);
          await keep(await studio.look.photograph(), `${name}-${theme}`, QUALITY.small);
          await studio.look.fit(LARGE);
          await studio.look.rest();
          await keep(await studio.look.photograph(), `${name}-${theme}-large`, QUALITY.large);
          await studio.look.fit(SMALL);
          await studio.look.rest();
          await leave?.(studio);
        });
      }
      for (const [name, screen] of Object.entries({ smallest: SMALLEST, dense: DENSE })) {
        await studio.look.fit(screen);
        await studio.look.rest();
        await keep(await studio.look.photograph(), `${name}-${theme}`, QUALITY.small);
      }
    });
  });
}

async function keep(picture: Buffer, name: string, quality: number): Promise<void> {
  await sharp(picture)
    .webp({ quality, effort: 6 })
    .toFile(join(FOLDER, `${name}.webp`));
}
