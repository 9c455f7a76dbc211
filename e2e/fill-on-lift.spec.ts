import { texts } from '../src/renderer/texts';
import { colourDistance } from './pages/picture';
import { expect, test } from './studio-test';

test('each stroke is filled when the brush is lifted, a loop with its inside, and Ctrl collects', async ({
  studio,
}) => {
  await studio.shows('Sample');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.setTipSize(16);
  const inside = { x: 500, y: 300 };
  const before = await studio.picture.colourAt(inside);
  await studio.press('Shift+B');
  const loop = Array.from({ length: 13 }, (_, i) => ({
    x: inside.x + 40 * Math.cos((i / 12) * 2 * Math.PI),
    y: inside.y + 40 * Math.sin((i / 12) * 2 * Math.PI),
  }));
  await studio.picture.drag(...loop);
  await studio.fill.isDone();
  await studio.edits.are('Fill 1');
  await studio.picture.settled();
  expect(colourDistance(await studio.picture.colourAt(inside), before), 'the inside was filled').toBeGreaterThan(0);

  await studio.hold('Control', () => studio.picture.click({ x: 200, y: 560 }));
  await studio.fill.saysNothing();
  await studio.edits.are('Fill 1');
  await studio.picture.click({ x: 260, y: 560 });
  await studio.edits.are('Fill 2', 'Fill 1');
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.fill(2));
  expect(studio.hiddenErrors()).toEqual([]);
});
