import { texts } from '../src/renderer/texts';
import type { Point } from '../src/shared/geometry';
import { fillDisc } from './filled-disc';
import { colourDistance } from './pages/picture';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

const HOLE = { x: 200, y: 120 };
/** In the fill, beside what is drawn for the place that is pointed at. */
const BESIDE = { x: 200, y: 98 };
const WORDS = /Fill 1: from (\d+), (\d+) \((\d+) px\)/;

/** The source that the words name. */
function sourceIn(words: string): Point {
  const [, x, y] = WORDS.exec(words) ?? [];
  return { x: Number(x), y: Number(y) };
}

test.use({ settings: { language: 'en', tourSeen: true, manner: 'restore' } });

test('a restored place shows where it came from, and is made again without a source that is wrong', async ({
  launch,
  folder,
}, info) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  const says = studio.page.locator('.inspected');
  await studio.choose('inspect');
  await expect(says).toHaveText(texts.inspect.noFill);
  await studio.choose('brush');
  await fillDisc(studio, HOLE, 60);
  await studio.picture.settled();

  await studio.choose('inspect');
  await studio.picture.moveTo(HOLE);
  await expect(says).toHaveText(WORDS);
  const first = sourceIn(await says.innerText());
  expect(Math.hypot(first.x - HOLE.x, first.y - HOLE.y), 'from outside the hole').toBeGreaterThan(29);
  await studio.page.screenshot({ path: info.outputPath('inspected.png') });

  const plain = await studio.picture.colourAt(BESIDE);
  await studio.press('Shift+J');
  await expect(studio.page.getByRole('note', { name: texts.inspect.legend })).toContainText(texts.inspect.direction);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(BESIDE), plain)).toBeGreaterThan(30);
  await studio.page.screenshot({ path: info.outputPath('flow.png') });
  await studio.press('Shift+J');
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(BESIDE), plain)).toBeLessThan(4);

  await studio.picture.moveTo(HOLE);
  await expect(says).toHaveText(WORDS);
  await studio.picture.click(HOLE);
  await studio.edits.hasVariants(2);
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.notFromThere(1));
  await studio.picture.moveTo(HOLE);
  await expect(says).toHaveText(WORDS);
  const second = sourceIn(await says.innerText());
  const apart = Math.max(Math.abs(second.x - first.x), Math.abs(second.y - first.y));
  expect(apart, 'nothing of the refused place').toBeGreaterThan(12);

  await studio.press('Control+z');
  await studio.picture.moveTo({ x: HOLE.x + 8, y: HOLE.y });
  await studio.picture.moveTo(HOLE);
  await expect.poll(async () => sourceIn(await says.innerText())).toEqual(first);

  // The source itself can be pointed at just as well, while it is shown.
  await studio.picture.click(first);
  await studio.edits.hasVariants(3);
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.notFromThere(1));
  await studio.picture.moveTo(HOLE);
  await expect.poll(async () => sourceIn(await says.innerText())).toEqual(second);
  expect(studio.hiddenErrors()).toEqual([]);
});
