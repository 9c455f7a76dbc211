import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { texts } from '../src/renderer/texts';
import { bucket } from '../src/renderer/tools/bucket';
import { ellipse } from '../src/renderer/tools/ellipse';
import { polygon } from '../src/renderer/tools/polygon';
import { rectangle } from '../src/renderer/tools/rectangle';
import { wand } from '../src/renderer/tools/wand';
import { maskPixels, photoIn } from './photo';
import { expect, test } from './studio-test';

const AREA = { from: { x: 100, y: 80 }, to: { x: 220, y: 180 } };

test('areas are drawn, taken away, undone by name, and exported as they are', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  const exported = async (name: string) => {
    await studio.exportHole(join(folder, name));
    await studio.messages.appears(texts.notices.saved(name));
    return maskPixels(join(folder, name));
  };

  await studio.choose('rectangle');
  await studio.picture.drag(AREA.from, AREA.to);
  await expect.poll(() => studio.nextStep('undo')).toBe(rectangle.words.en.step);
  expect((await exported('rectangle.png')).count).toBe(120 * 100);

  await studio.choose('ellipse');
  await studio.picture.drag(AREA.from, AREA.to, 'Alt');
  await expect.poll(() => studio.nextStep('undo')).toBe(ellipse.words.en.step);
  const corners = await exported('corners.png');
  expect(Math.abs(corners.count - 120 * 100 * (1 - Math.PI / 4))).toBeLessThan(60);
  expect(corners.at(101, 81)).toBe(true);
  expect(corners.at(160, 130)).toBe(false);

  await studio.choose('polygon');
  for (const corner of [
    { x: 300, y: 100 },
    { x: 400, y: 100 },
    { x: 400, y: 200 },
    { x: 350, y: 300 },
  ]) {
    await studio.picture.click(corner);
  }
  await studio.press('Backspace');
  await studio.press('Enter');
  await expect.poll(() => studio.nextStep('undo')).toBe(polygon.words.en.step);
  const triangle = await exported('polygon.png');
  expect(Math.abs(triangle.count - corners.count - 5000)).toBeLessThan(150);

  await studio.choose('lasso');
  await studio.picture.drag({ x: 500, y: 300 }, { x: 600, y: 300 }, { x: 600, y: 380 }, { x: 500, y: 380 });
  const lasso = await exported('lasso.png');
  expect(Math.abs(lasso.count - triangle.count - 8000)).toBeLessThan(200);

  for (let i = 0; i < 4; i++) await studio.press('Control+z');
  await expect.poll(() => studio.nextStep('undo')).toBeNull();
  expect(studio.hiddenErrors()).toEqual([]);
});

test('the magic wand, growing, shrinking and inverting work on the plane that is marked', async ({
  launch,
  folder,
}) => {
  const path = join(folder, 'flag.png');
  const blue = await sharp({ create: { width: 640, height: 420, channels: 3, background: '#2040c0' } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="640" height="420"><rect x="200" y="120" width="160" height="80" fill="#f0e020"/></svg>',
        ),
      },
    ])
    .png()
    .toBuffer();
  await writeFile(path, blue);
  const studio = await launch(path);
  await studio.shows('flag.png');
  const hole = async (name: string) => {
    await studio.exportHole(join(folder, name));
    await studio.messages.appears(texts.notices.saved(name));
    return maskPixels(join(folder, name));
  };

  await studio.choose('wand');
  await studio.picture.click({ x: 250, y: 150 });
  await expect.poll(() => studio.nextStep('undo')).toBe(wand.words.en.step);
  expect((await hole('wand.png')).count).toBe(160 * 80);
  await studio.mask.setGrowth(6);
  await studio.mask.press('grow');
  // A disc leaves out the corners: four quarter discs instead of four squares.
  const grown = await hole('grown.png');
  expect(grown.at(195, 160)).toBe(true);
  expect(grown.at(194, 114)).toBe(false);
  await studio.mask.press('shrink');
  expect((await hole('shrunk.png')).count).toBe(160 * 80);
  await studio.press('Control+i');
  expect((await hole('inverted.png')).count).toBe(640 * 420 - 160 * 80);

  await studio.choose('source-include');
  await expect.poll(() => studio.mask.marking()).toBe(texts.mask.targets.include.title);
  await studio.press('Control+a');
  await studio.side.sourceSays(texts.panels.sourceIncluded);
  await studio.mask.mark('exclude');
  await studio.choose('rectangle');
  await studio.picture.drag(AREA.from, AREA.to);
  await studio.side.sourceSays(texts.panels.sourceBoth);
  await studio.press('Control+d');
  await studio.side.sourceSays(texts.panels.sourceIncluded);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a mask from a file gives the pixels that were painted, by dialog, by dropping and from the clipboard', async ({
  launch,
  folder,
}) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.picture.drag({ x: 120, y: 120 }, { x: 300, y: 260 }, { x: 520, y: 90 });
  const painted = join(folder, 'painted.png');
  await studio.exportHole(painted);
  await studio.messages.appears(texts.notices.saved('painted.png'));
  const again = async (name: string, step = texts.steps.importMask) => {
    await expect.poll(() => studio.nextStep('undo')).toBe(step);
    await studio.exportHole(join(folder, name));
    await studio.messages.appears(texts.notices.saved(name));
    return (await maskPixels(join(folder, name))).bytes;
  };
  const { bytes, count } = await maskPixels(painted);
  expect(count).toBeGreaterThan(5000);

  await studio.press('Control+z');
  await studio.importMask(painted);
  expect((await again('imported.png')).equals(bytes)).toBe(true);
  await studio.press('Control+z');
  await studio.drop(painted);
  await studio.answer(texts.questions.dropped('painted.png').other);
  expect((await again('dropped.png')).equals(bytes)).toBe(true);

  await studio.press('Control+z');
  await studio.clipboard.put(painted);
  await studio.press('Control+Alt+Shift+v');
  expect((await again('pasted.png', texts.steps.pasteMask)).equals(bytes)).toBe(true);

  const classes = join(folder, 'classes.png');
  await sharp(painted)
    .linear(15 / 255, 0)
    .toFile(classes);
  await studio.importMask(classes);
  await studio.messages.appears(texts.notices.maskUnderstood('classes.png'), '0, 15');

  await studio.importMask(await photoIn(folder, 'small.png', 100, 100));
  await studio.messages.appears(texts.errors.maskNotRead, '100 x 100');
  await studio.clipboard.put(await photoIn(folder, 'tiny.png', 90, 80));
  await studio.press('Control+Alt+Shift+v');
  await studio.messages.appears(texts.errors.maskNotRead, '90 x 80');
});

test('the paint bucket fills what a line encloses, and takes a patch of paint away', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  const hole = async (name: string) => {
    await studio.exportHole(join(folder, name));
    await studio.messages.appears(texts.notices.saved(name));
    return maskPixels(join(folder, name));
  };
  const corners = [AREA.from, { x: AREA.to.x, y: AREA.from.y }, AREA.to, { x: AREA.from.x, y: AREA.to.y }, AREA.from];
  const inside = { x: 160, y: 130 };
  const apart = { x: 400, y: 300 };
  await studio.setTipSize(8);
  await studio.picture.drag(...corners);
  await studio.picture.click(apart);
  const line = await hole('line.png');
  expect([line.at(AREA.from.x, inside.y), line.at(inside.x, inside.y)]).toEqual([true, false]);

  await studio.choose('bucket');
  await studio.picture.click(inside);
  await expect.poll(() => studio.nextStep('undo')).toBe(bucket.words.en.step);
  const full = await hole('full.png');
  expect([full.at(inside.x, inside.y), full.at(AREA.from.x - 10, inside.y)]).toEqual([true, false]);
  expect(Math.abs(full.count - line.count - 112 * 92)).toBeLessThan(500);

  await studio.picture.click(inside, 'Alt');
  const left = await hole('left.png');
  expect([left.at(inside.x, inside.y), left.at(AREA.from.x, inside.y), left.at(apart.x, apart.y)]).toEqual([
    false,
    false,
    true,
  ]);
  await studio.press('Control+z');
  expect((await hole('back.png')).bytes.equals(full.bytes)).toBe(true);
  expect(studio.hiddenErrors()).toEqual([]);
});
