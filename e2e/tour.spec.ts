import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import { brush } from '../src/renderer/tools/brush';
import { colourDistance } from './pages/picture';
import { expect, test } from './studio-test';

/** A rock in the sample's lake that the newcomer wants gone, and the water beside it. */
const ROCK = { from: { x: 360, y: 505 }, middle: { x: 410, y: 505 }, to: { x: 470, y: 510 } };
const WATER = { from: { x: 180, y: 560 }, to: { x: 300, y: 600 } };

// The quickest quality, which the tour says nothing of.
test.use({ settings: { language: 'en', tourSeen: false, workingSize: 256 } });

test('a newcomer does what the tour says and ends with a saved fill; it comes again only when asked', async ({
  studio,
  launchAgain,
  folder,
}) => {
  test.slow();
  const { tour } = studio;
  await studio.shows('Sample');
  const original = await studio.picture.colourAt(ROCK.middle);
  await tour.shows('paint');
  await tour.marks(brush.words.en.title);
  await studio.picture.drag(ROCK.from, ROCK.to);

  await tour.shows('source');
  await tour.marks(texts.panels.useThis);
  await studio.page.getByRole('button', { name: texts.panels.useThis }).click();
  await studio.picture.drag(WATER.from, WATER.to);

  await tour.shows('fill');
  await tour.marks(texts.actions.fill.title);
  await studio.messages.engineRuns();
  await studio.fill.press();
  await studio.fill.isDone();

  // What the last step names stands on the button itself, and it does what the step says.
  await tour.shows('keep');
  await tour.marks(texts.actions.compare.title);
  await expect(studio.page.locator('.compare-button')).toHaveText(texts.actions.compare.title);
  await tour.marks(texts.actions.saveAs.title);
  await studio.picture.settled();
  const filled = await studio.picture.colourAt(ROCK.middle);
  expect(colourDistance(filled, original)).toBeGreaterThan(10);
  await studio.holdButton(texts.actions.compare.title, () => studio.picture.resembles(ROCK.middle, original, 3));
  const saved = join(folder, 'first.png');
  await studio.saveAs(saved, 'png');
  await studio.messages.appears(texts.notices.saved('first.png'));
  expect((await stat(saved)).size).toBeGreaterThan(100_000);
  await tour.isOff();

  await studio.quit();
  expect(JSON.parse(await readFile(join(studio.userData, 'settings.json'), 'utf8'))).toMatchObject({ tourSeen: true });
  const again = await launchAgain(studio);
  await again.shows('Sample');
  await again.tour.isOff();
  await again.menu('tour');
  await again.tour.shows('paint');
  await again.tour.end();
  await again.tour.isOff();
});
