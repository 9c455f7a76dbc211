import { texts } from '../src/renderer/texts';
import { fillDisc, fillSample } from './filled-disc';
import { colourDistance } from './pages/picture';
import type { StudioWindow } from './pages/studio-window';
import { expect, test } from './studio-test';

const FIRST = { x: 400, y: 500 };
/** Near enough for the second fill's crop to hold the first. */
const SECOND = { x: 500, y: 500 };

/** Two small fills near each other. */
async function twoFills(studio: StudioWindow): Promise<void> {
  await fillSample(studio, FIRST, 60);
  await fillDisc(studio, SECOND, 60);
  await studio.edits.are('Fill 2', 'Fill 1');
}

test('edits are renamed, duplicated, moved, dragged and deleted, each step with a name that can be undone', async ({
  studio,
}) => {
  // High enough for every row to be in sight, and at rest before anything is dragged.
  await studio.look.fit({ width: 1280, height: 1800, density: 1 });
  await twoFills(studio);
  await studio.edits.rename('Fill 1', 'Lamp post');
  await studio.edits.are('Fill 2', 'Lamp post');
  await studio.edits.select('Fill 2');
  await studio.press('Control+j');
  await studio.edits.are('Fill 3', 'Fill 2', 'Lamp post');
  await studio.press('Alt+ArrowDown');
  await studio.edits.are('Fill 2', 'Fill 3', 'Lamp post');
  await studio.edits.drag('Lamp post', 'Fill 2');
  await studio.edits.are('Lamp post', 'Fill 2', 'Fill 3');
  await studio.edits.select('Fill 2');
  await studio.edits.press('deleteEdit');
  await studio.edits.are('Lamp post', 'Fill 3');

  for (const [step, ...names] of [
    [texts.steps.deleteEdit(2), 'Lamp post', 'Fill 2', 'Fill 3'],
    [texts.steps.moveEdit(1), 'Fill 2', 'Fill 3', 'Lamp post'],
    [texts.steps.moveEdit(3), 'Fill 3', 'Fill 2', 'Lamp post'],
    [texts.steps.duplicateEdit(2), 'Fill 2', 'Lamp post'],
    [texts.steps.renameEdit(1), 'Fill 2', 'Fill 1'],
  ] as const) {
    await expect.poll(() => studio.nextStep('undo')).toBe(step);
    await studio.press('Control+z');
    await studio.edits.are(...names);
  }
  expect(studio.hiddenErrors()).toEqual([]);
});

test('opacity mixes a fill with the photo below, and hiding takes it away', async ({ studio }) => {
  await studio.shows('Sample');
  const original = await studio.picture.colourAt(FIRST);
  await fillDisc(studio, FIRST, 140);
  await studio.picture.settled();
  const filled = await studio.picture.colourAt(FIRST);
  await studio.edits.setOpacity(50);
  const half = {
    red: (original.red + filled.red) / 2,
    green: (original.green + filled.green) / 2,
    blue: (original.blue + filled.blue) / 2,
  };
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(FIRST), half)).toBeLessThan(3);
  await studio.edits.setOpacity(0);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(FIRST), original)).toBeLessThan(3);
  await studio.edits.setOpacity(100);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(FIRST), filled)).toBeLessThan(3);
});

test('what saw something below that has changed is out of date, and all is filled again in one go', async ({
  studio,
}) => {
  await twoFills(studio);
  await expect.poll(() => studio.edits.outOfDate()).toEqual([]);
  await studio.edits.select('Fill 1');
  await studio.press('v');
  await expect.poll(() => studio.edits.outOfDate()).toEqual(['Fill 2']);
  await studio.press('Control+z');
  await expect.poll(() => studio.edits.outOfDate()).toEqual([]);
  await studio.press('Control+Shift+z');
  await studio.edits.refreshAll();
  await expect.poll(() => studio.edits.outOfDate(), { timeout: 60_000 }).toEqual([]);
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.refreshAll(1));
  await studio.edits.select('Fill 2');
  await studio.edits.hasVariants(2);
  await studio.edits.showsVariant(2);
});

test('an edit is filled again with the settings of now', async ({ studio }) => {
  await fillSample(studio, FIRST, 60);
  await studio.side.chooseQuality(texts.panels.qualities[384].title);
  await studio.edits.press('rerun');
  await studio.edits.hasVariants(2);
  await studio.edits.showsVariant(2);
  await studio.press('Control+z');
  await studio.edits.showsVariant(1);
  await studio.edits.hasVariants(2);
});
