import { texts } from '../src/renderer/texts';
import { brush } from '../src/renderer/tools/brush';
import { colourDistance } from './pages/picture';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

const HOLE = { x: 380, y: 180 };

test('before and after lie on two sides of a line that is dragged, or moved with keys', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.messages.engineRuns();
  await studio.setTipSize(90);
  await studio.picture.click(HOLE);
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  const { before, after } = await studio.beforeAndAfter(HOLE);
  expect(colourDistance(before, after), 'the fill can be seen').toBeGreaterThan(8);

  await studio.press('c');
  await expect.poll(() => studio.view.splitAt()).toBe(50);
  await studio.view.dragLine(120);
  await expect.poll(() => studio.view.splitAt()).toBeGreaterThan(55);
  await studio.picture.resembles(HOLE, before, 6);
  await studio.view.dragLine(-300);
  await studio.picture.resembles(HOLE, after, 6);
  const at = await studio.view.splitAt();
  await studio.view.moveLine('ArrowRight');
  await expect.poll(() => studio.view.splitAt()).toBe(at + 1);
  await studio.view.moveLine('Shift+ArrowLeft');
  await expect.poll(() => studio.view.splitAt()).toBe(at - 9);
  await studio.view.moveLine('End');
  await studio.picture.resembles(HOLE, before, 6);
  await studio.press('c');
  await expect.poll(() => studio.view.isSplit()).toBe(false);
  await studio.picture.resembles(HOLE, after, 6);

  await studio.press('d');
  await studio.picture.resembles({ x: 40, y: 40 }, { red: 0, green: 0, blue: 0 }, 2);
  await studio.view.setGain(1);
  const apart = {
    red: Math.abs(before.red - after.red),
    green: Math.abs(before.green - after.green),
    blue: Math.abs(before.blue - after.blue),
  };
  await studio.picture.resembles(HOLE, apart, 6);
  await studio.view.setGain(4);
  const brighter = {
    red: Math.min(255, 4 * apart.red),
    green: Math.min(255, 4 * apart.green),
    blue: Math.min(255, 4 * apart.blue),
  };
  // Four times the tolerance of the difference itself, which it makes larger.
  await studio.picture.resembles(HOLE, brighter, 24);
  await studio.press('d');
  await studio.picture.resembles(HOLE, after, 6);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('the view turns by keys and goes back, and the picture is painted where it is touched', async ({
  launch,
  folder,
}) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  for (let i = 0; i < 3; i++) await studio.press('6');
  await studio.view.isTurned(45);
  // The middle stays where it is, whatever the turn.
  const middle = await studio.picture.middle();
  expect(Math.hypot(middle.x - 320, middle.y - 210)).toBeLessThan(3);
  await studio.press('4');
  await studio.view.isTurned(30);
  await studio.press('5');
  await studio.view.isTurned(0);
});

test('two fingers move, zoom and turn; one paints', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  const zoom = await studio.picture.zoom();
  const steps = Array.from({ length: 11 }, (_, i) => {
    const angle = (i / 10) * (Math.PI / 4);
    const reach = 60 + 6 * i;
    const [x, y] = [480, 420];
    return [
      [x - reach * Math.cos(angle), y - reach * Math.sin(angle)],
      [x + reach * Math.cos(angle), y + reach * Math.sin(angle)],
    ] as const;
  });
  await studio.view.touch(...steps);
  await expect.poll(() => studio.picture.zoom()).toBeGreaterThan(1.8 * zoom);
  await expect.poll(() => studio.view.turned()).toBeGreaterThan(20);
  await expect.poll(() => studio.nextStep('undo'), 'two fingers do not paint').toBeNull();
  await studio.view.touch([[500, 400]], [[520, 420]], [[540, 430]]);
  await expect.poll(() => studio.nextStep('undo')).toBe(brush.words.en.step);
});

test('the overview map shows up when a part is out of sight, and moves the picture', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await expect(studio.view.map).toBeHidden();
  await studio.picture.middle();
  for (let i = 0; i < 4; i++) await studio.picture.wheel(-240);
  await expect(studio.view.map).toBeVisible();
  await studio.view.goTo(0.25, 0.75);
  const middle = await studio.picture.middle();
  expect(Math.hypot(middle.x - 160, middle.y - 315)).toBeLessThan(8);
  await studio.view.map.focus();
  await studio.press('ArrowRight');
  expect((await studio.picture.middle()).x).toBeGreaterThan(middle.x + 5);
  await studio.press('m');
  await expect(studio.view.map).toBeHidden();
  expect(studio.hiddenErrors()).toEqual([]);
});

test('from 800 % on, pixels have borders', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.picture.middle();
  while ((await studio.picture.zoom()) < 1600) await studio.picture.wheel(-240);
  const lines = await studio.picture.darkLines();
  expect(lines, 'dark lines across the stage').toBeGreaterThan(10);
  await studio.press('g');
  expect(await studio.picture.darkLines()).toBeLessThan(lines / 4);
});
