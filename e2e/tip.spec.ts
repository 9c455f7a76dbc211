import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import type { StudioWindow } from './pages/studio-window';
import { comparePhotos, type MaskPixels, maskPixels, meanDifference, photoIn } from './photo';
import { expect, test } from './studio-test';

const HOLE = { x: 300, y: 220 };
const RADIUS = 60;
const SOFT = 30;

/** The hole as it is painted now. */
async function holeOf(studio: StudioWindow, folder: string, name: string): Promise<MaskPixels> {
  await studio.exportHole(join(folder, name));
  await studio.messages.appears(texts.notices.saved(name));
  return maskPixels(join(folder, name));
}

/** A disc's area, as pixels of a mask count it. */
function expectDisc(mask: MaskPixels, diameter: number): void {
  const area = (Math.PI * diameter ** 2) / 4;
  expect(Math.abs(mask.count - area)).toBeLessThan(Math.PI * diameter);
}

test('a soft edge mixes the fill with the photo at the rim alone, and a soft tip gives the same', async ({
  launch,
  folder,
}) => {
  const photo = await photoIn(folder);
  const studio = await launch(photo);
  await studio.shows('lake.png');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.setTipSize(2 * RADIUS);
  const filled = async (name: string) => {
    await studio.press('Enter');
    await studio.fill.isDone();
    await studio.saveAs(join(folder, name));
    await studio.messages.appears(texts.notices.saved(name));
    return join(folder, name);
  };
  await studio.picture.click(HOLE);
  const plain = await filled('plain.png');
  await studio.press('Control+z');
  await studio.mask.setFeather(SOFT);
  const soft = await filled('soft.png');

  const distance = (x: number, y: number) => Math.hypot(x - HOLE.x, y - HOLE.y);
  const rim = (x: number, y: number) => distance(x, y) < RADIUS - 1 && distance(x, y) > RADIUS - 6;
  const hard = await meanDifference(photo, plain, rim);
  expect(hard, 'the fill is not the photo').toBeGreaterThan(1);
  expect(await meanDifference(photo, soft, rim)).toBeLessThan(0.3 * hard);
  const inner = await comparePhotos(plain, soft, { ...HOLE, radius: RADIUS - SOFT - 2 });
  expect(inner.inside, 'beyond the edge it is the same fill').toBe(0);
  const outer = await comparePhotos(photo, soft, { ...HOLE, radius: RADIUS + 1 });
  expect(outer.outside, 'outside the hole nothing changes').toBe(0);

  await studio.press('Control+z');
  await studio.press('Control+z');
  await studio.mask.setFeather(0);
  await studio.tip.setHardness(100 * (1 - SOFT / RADIUS));
  await studio.picture.click(HOLE);
  await studio.mask.says(texts.mask.featherOfTip(SOFT));
  const tip = await filled('tip.png');
  expect(await comparePhotos(soft, tip, { ...HOLE, radius: RADIUS })).toMatchObject({ inside: 0, outside: 0 });
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a pen paints as wide as it is pressed, unless its pressure is turned off', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.setTipSize(80);
  await studio.picture.pen(0.25, HOLE);
  expectDisc(await holeOf(studio, folder, 'light.png'), 20);
  await studio.picture.pen(1, HOLE);
  expectDisc(await holeOf(studio, folder, 'hard.png'), 80);
  await studio.press('Control+z');
  await studio.press('Control+z');
  await studio.tip.togglePressure();
  await studio.picture.pen(0.25, HOLE);
  expectDisc(await holeOf(studio, folder, 'always.png'), 80);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('the hand that holds a pen neither paints nor moves the picture', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.setTipSize(40);
  const palm = { x: 500, y: 330 };
  const nearby = { x: 520, y: 340 };

  // It rests before the pen comes down: what it has painted is taken back.
  await studio.picture.finger('touchStart', palm);
  await studio.picture.finger('touchMove', nearby);
  await studio.picture.penTo('mousePressed', HOLE, 1);
  await studio.picture.finger('touchMove', palm);
  await studio.picture.penTo('mouseReleased', HOLE, 0);
  await studio.picture.finger('touchEnd');
  const pen = await holeOf(studio, folder, 'pen.png');
  expectDisc(pen, 40);
  expect([pen.at(HOLE.x, HOLE.y), pen.at(palm.x, palm.y)]).toEqual([true, false]);

  // It comes down while the pen hovers.
  const middle = await studio.picture.middle();
  await studio.picture.penTo('mouseMoved', HOLE, 0);
  await studio.picture.finger('touchStart', palm);
  await studio.picture.finger('touchMove', nearby, HOLE);
  await studio.picture.finger('touchEnd');
  expect(await studio.picture.middle()).toEqual(middle);
  expect((await holeOf(studio, folder, 'again.png')).bytes.equals(pen.bytes)).toBe(true);

  // The pen is put away: fingers move the picture, and still do not paint.
  await studio.picture.finger('touchStart', palm);
  await studio.picture.finger('touchMove', nearby, HOLE);
  await studio.picture.finger('touchEnd');
  expect(await studio.picture.middle()).not.toEqual(middle);
  expect((await holeOf(studio, folder, 'moved.png')).bytes.equals(pen.bytes)).toBe(true);
  await studio.press('Control+z');
  await expect.poll(() => studio.nextStep('undo'), "one stroke, the pen's").toBeNull();
});
