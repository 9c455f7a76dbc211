import { texts } from '../src/renderer/texts';
import { errorFor } from '../src/shared/error-texts';
import { fillDisc } from './filled-disc';
import { colourDistance } from './pages/picture';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

const HOLE = { x: 500, y: 500 };

test('without a hole, Fill says what to do first', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.messages.engineRuns();
  await studio.fill.press();
  await studio.fill.says(texts.errors.holeEmpty.message);
  await studio.fill.says(texts.errors.holeEmpty.remedy);
});

test('a source that is nowhere is refused with a remedy', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.setTipSize(60);
  await studio.choose('source-include');
  await studio.picture.click(HOLE);
  await studio.choose('brush');
  await studio.picture.click(HOLE);
  await studio.fill.press();
  await studio.fill.says(texts.errors.sourceNowhere.message);
});

test('Escape cancels a fill within half a second; the next one works', async ({ studio }) => {
  await studio.shows('Sample');
  const lag = await studio.lag();
  await studio.picture.click(HOLE);
  const painted = await studio.picture.colourAt(HOLE);
  await studio.press('Control+Enter');
  await studio.fill.reaches('coarse');
  const pressed = Date.now();
  await studio.press('Escape');
  await studio.fill.says(texts.fill.cancelled);
  expect(Date.now() - pressed, 'milliseconds from Escape to the message').toBeLessThan(500 + lag);
  expect(colourDistance(await studio.picture.colourAt(HOLE), painted), 'the paint is back').toBeLessThan(4);
  await expect.poll(() => studio.side.edits()).toEqual([]);

  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.fill.press();
  await studio.fill.isDone();
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 1']);
});

test('while a fill runs, the picture can be moved and painted on', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.picture.click(HOLE);
  await studio.press('Enter');
  await studio.fill.reaches('coarse');
  const other = { x: 200, y: 100 };
  const before = await studio.picture.colourAt(other);
  await studio.picture.click(other);
  expect((await studio.picture.colourAt(other)).red - before.red).toBeGreaterThan(20);
  await studio.fill.isDone();
  expect((await studio.picture.colourAt(other)).red - before.red, 'the new paint is still there').toBeGreaterThan(20);
  await studio.press('Enter');
  await studio.fill.isDone();
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 2', 'Fill 1']);
});

test('holding the key or the button shows the picture as it was', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  // A dark rock in bright water, smaller than the tip: its fill looks different.
  const rock = { x: 377, y: 297 };
  const original = await studio.picture.colourAt(rock);
  await fillDisc(studio, rock, 130);
  await studio.picture.settled();
  const filled = await studio.picture.colourAt(rock);
  // By more than the two colours below may be off.
  expect(colourDistance(filled, original)).toBeGreaterThan(6);

  const isOriginal = async () => colourDistance(await studio.picture.colourAt(rock), original);
  await studio.hold('\\', () => expect.poll(isOriginal).toBeLessThan(3));
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(rock), filled)).toBeLessThan(3);
  await studio.holdButton(texts.actions.compare.title, () => studio.picture.resembles(rock, original, 3));
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(rock), filled)).toBeLessThan(3);

  await studio.side.hide(1);
  await expect.poll(isOriginal).toBeLessThan(3);
  await studio.side.show(1);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(rock), filled)).toBeLessThan(3);
});

test('an engine that dies during a fill is said, and nothing is lost', async ({ studio }) => {
  await studio.shows('Sample');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.picture.click({ x: 200, y: 500 });
  await studio.press('Enter');
  await studio.fill.isDone();
  await studio.picture.settled();
  const first = await studio.picture.colourAt({ x: 200, y: 500 });

  await studio.side.chooseQuality(texts.panels.qualities[512].title);
  await studio.picture.click(HOLE);
  const painted = await studio.picture.colourAt(HOLE);
  await studio.press('Enter');
  await studio.fill.reaches('coarse');
  await studio.killEngine();
  await studio.messages.engineStopped();
  await studio.fill.says(errorFor('engine-left-fill', {}).message);

  await studio.messages.engineRuns();
  await studio.picture.settled();
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 1']);
  expect(colourDistance(await studio.picture.colourAt({ x: 200, y: 500 }), first), 'the first fill').toBeLessThan(3);
  expect(colourDistance(await studio.picture.colourAt(HOLE), painted), 'the paint').toBeLessThan(4);

  await studio.press('Enter');
  await studio.fill.isDone();
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 2', 'Fill 1']);
});
