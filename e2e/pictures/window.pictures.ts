import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { Look, type Screen, type Theme } from '../pages/look';
import { MORE_SCENES } from '../more-scenes';
import { pageOf, type Stage } from '../scene';
import { SCENES } from '../scenes';
import { test } from '../studio-test';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const FOLDER = join(DOCS, 'pictures', 'window');
const THEMES: readonly Theme[] = ['light', 'dark'];
const SMALL: Screen = { width: 1280, height: 800, density: 1 };
const LARGE: Screen = { width: 2560, height: 1440, density: 1 };
/** The least that the window lets itself be made, and a screen with four pixels for each of the small one's. */
const SMALLEST: Screen = { width: 960, height: 600, density: 1 };
const DENSE: Screen = { width: 1280, height: 720, density: 2 };
/** Good enough to read every word; all the pictures together stay below 5 MB. */
const QUALITY = { small: 34, large: 10 };
/** Taken of the last scene that shows a picture, at these sizes alone. */
const SIZES = [
  { name: 'smallest', title: 'At its smallest, 960 × 600', screen: SMALLEST },
  { name: 'dense', title: "On a dense screen: 2560 × 1440 pixels, two for each of the layout's", screen: DENSE },
];
const SIZES_AFTER = 'tooltip';
const PICTURED = [...SCENES, ...MORE_SCENES];
/** Enough for curves that show how training goes. */
const RUN_STEPS = 120;

test('none of those before', async () => {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
});

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ settings: { language: 'en', tourSeen: false, theme } });
    test('every state of the program', async ({ studio, folder }) => {
      const stage: Stage = { studio, folder, steps: RUN_STEPS, trainer: null, lab: null };
      await studio.look.wear(theme);
      await studio.look.fit(SMALL);
      for (const { name, large, enter, leave } of PICTURED) {
        await test.step(name, async () => {
          await enter(stage);
          const look = new Look(pageOf(stage));
          await look.wear(theme);
          await look.fit(SMALL);
          await look.rest();
          await keep(await look.photograph(), `${name}-${theme}`, QUALITY.small);
          if (large) await keepAt(look, LARGE, `${name}-${theme}-large`, QUALITY.large);
          if (name === SIZES_AFTER)
            for (const size of SIZES) await keepAt(look, size.screen, `${size.name}-${theme}`, QUALITY.small);
          await look.fit(SMALL);
          await look.rest();
          await leave?.(stage);
        });
      }
    });
  });
}

test('the page that shows them', async () => {
  await writeFile(join(DOCS, 'window.md'), pageOfPictures());
});

async function keepAt(look: Look, screen: Screen, name: string, quality: number): Promise<void> {
  await look.fit(screen);
  await look.rest();
  await keep(await look.photograph(), name, quality);
}

async function keep(picture: Buffer, name: string, quality: number): Promise<void> {
  await sharp(picture)
    .webp({ quality, effort: 6 })
    .toFile(join(FOLDER, `${name}.webp`));
}

/** docs/window.md: a heading and a table for each scene. */
function pageOfPictures(): string {
  const cell = (title: string, name: string, behind: string) =>
    `[![${title}](pictures/window/${name}.webp)](pictures/window/${behind}.webp)`;
  const section = (title: string, name: string, suffix: string) => {
    const cells = THEMES.map((theme) => cell(`${title}, ${theme}`, `${name}-${theme}`, `${name}-${theme}${suffix}`));
    return `## ${title}\n\n| light | dark |\n| --- | --- |\n| ${cells.join(' | ')} |\n`;
  };
  return [
    '# The window in pictures\n',
    'Every state in the light and the dark theme at 1280 × 800; every panel at 2560 × 1440, too, behind its picture. `npm run',
    'screenshots` takes them anew from the built program, and writes this page.\n',
    ...PICTURED.map(({ title, name, large }) => section(title, name, large ? '-large' : '')),
    ...SIZES.map(({ title, name }) => section(title, name, '')),
  ].join('\n');
}
