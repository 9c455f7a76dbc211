import { texts } from '../src/renderer/texts';
import { fillSample } from './filled-disc';
import { colourDistance } from './pages/picture';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

const HOLE = { x: 500, y: 300 };
const GREEN = { x: 200, y: 500 };

test('paint is hidden by a key, while Space is held, and in comparisons, unless it is wanted there', async ({
  studio,
}) => {
  await studio.shows('Sample');
  await studio.setTipSize(80);
  const places = [HOLE, GREEN];
  const plain = await studio.picture.coloursAt(places);
  await studio.picture.click(HOLE);
  await studio.choose('source-include');
  await studio.picture.click(GREEN);
  const painted = async () => {
    const now = await studio.picture.coloursAt(places);
    return now.map((colour, i) => colourDistance(colour, plain[i]) > 15);
  };
  await expect.poll(painted).toEqual([true, true]);
  await studio.press('q');
  await expect.poll(painted).toEqual([false, false]);
  await studio.press('q');
  await expect.poll(painted).toEqual([true, true]);
  await studio.hold(' ', async () => {
    await expect.poll(painted).toEqual([false, false]);
  });
  await expect.poll(painted).toEqual([true, true]);

  await studio.press('c');
  await expect.poll(painted).toEqual([false, false]);
  await studio.press('q');
  await expect.poll(painted).toEqual([true, true]);
  await studio.press('d');
  await studio.picture.resembles(HOLE, { red: 0, green: 0, blue: 0 }, 2);
  await studio.press('d');
  await expect.poll(painted).toEqual([true, true]);

  // What is painted is seen, whatever was hidden before.
  await studio.press('q');
  await studio.choose('brush');
  await studio.picture.click({ x: 800, y: 200 });
  await expect.poll(painted).toEqual([true, true]);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('the fill that is edited is seen as it is, what is changed of it faintly, and the difference is black where nothing was filled', async ({
  studio,
}) => {
  await fillSample(studio, HOLE, 120);
  await studio.picture.settled();
  const filled = await studio.picture.colourAt(HOLE);
  await studio.press('Shift+M');
  const beside = { x: HOLE.x + 70, y: HOLE.y };
  await studio.picture.click(beside);
  await studio.fill.says(texts.fill.again('Fill 1'));
  // A faint red over it: a quarter of the way to it.
  await studio.picture.resembles(HOLE, filled, 60);
  expect(colourDistance(await studio.picture.colourAt(HOLE), filled), 'it is marked all the same').toBeGreaterThan(3);
  await studio.press('Escape');
  await studio.picture.resembles(HOLE, filled, 2);

  await studio.press('d');
  await studio.view.setGain(32);
  await studio.picture.settled();
  const far = Array.from({ length: 40 }, (_, i) => ({ x: 25 + 25 * i, y: i % 2 ? 60 : 600 }));
  const black = { red: 0, green: 0, blue: 0 };
  const changed = (await studio.picture.coloursAt(far)).filter((colour) => colourDistance(colour, black) > 0);
  expect(changed, 'changes where nothing was filled').toEqual([]);
  expect(colourDistance(await studio.picture.colourAt(HOLE), black)).toBeGreaterThan(20);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('the tip is made larger and softer with Alt: by the wheel and by the right button', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.setTipSize(40);
  const zoom = await studio.picture.zoom();
  await studio.picture.moveTo({ x: 300, y: 200 });
  await studio.hold('Alt', () => studio.picture.wheel(-200));
  await expect.poll(() => studio.tipSize()).toBeGreaterThan(50);
  await studio.hold('Alt', () => studio.picture.wheel(200));
  await expect.poll(() => studio.tipSize()).toBe(40);
  expect(await studio.picture.zoom()).toBe(zoom);

  await studio.picture.rightDrag({ x: 300, y: 200 }, 55, 3, 'Alt');
  const scale = zoom / 100;
  await expect.poll(() => studio.tipSize()).toBe(Math.round(40 + (2 * 55) / scale));
  await studio.picture.rightDrag({ x: 300, y: 200 }, 0, -80, 'Alt');
  await expect.poll(() => studio.tip.hardness()).toBe(50);
  expect(await studio.nextStep('undo'), 'nothing was painted').toBeNull();
  await expect(studio.page.getByRole('menu')).toBeHidden();
});

test('the right button opens a menu, a click with the hand selects a fill, and small pictures are fitted large', async ({
  launch,
  folder,
}) => {
  const studio = await launch(await photoIn(folder, 'small.png', 160, 105));
  await studio.shows('small.png');
  expect(await studio.picture.zoom()).toBeGreaterThan(400);
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.setTipSize(16);
  const places = [
    { x: 40, y: 50 },
    { x: 110, y: 50 },
  ];
  for (const place of places) {
    await studio.picture.click(place);
    await studio.press('Enter');
    await studio.fill.isDone();
  }
  const selected = () => studio.page.locator('.edit-selected .edit-name').innerText();
  await studio.choose('pan');
  await studio.picture.click(places[0]);
  await expect.poll(selected).toBe('Fill 1');
  await studio.picture.rightDrag(places[1]);
  const menu = studio.page.getByRole('menu');
  await expect(menu).toContainText('Fill 2');
  await menu.getByRole('menuitem', { name: texts.actions.deleteEdit.title }).click();
  await studio.edits.are('Fill 1');
  await studio.picture.rightDrag({ x: 80, y: 90 });
  await expect(menu).toBeVisible();
  await expect(menu).not.toContainText('Fill 1');
  await studio.press('Escape');
  await expect(menu).toBeHidden();
  expect(studio.hiddenErrors()).toEqual([]);
});
