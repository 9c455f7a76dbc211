import { join } from 'node:path';
import sharp from 'sharp';
import { texts } from '../src/renderer/texts';
import { object } from '../src/renderer/tools/object';
import { maskPixels } from './photo';
import { expect, test } from './studio-test';

/** A red disc and a dark wire before a blue wall. */
async function draw(file: string): Promise<void> {
  const [width, height] = [640, 400];
  const samples = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const disc = Math.hypot(x - 200, y - 240) < 70;
      const wire = Math.abs(y - 60 - x / 16) < 1.3;
      samples.set(disc ? [200, 50, 50] : wire ? [32, 32, 48] : [136, 170, 204], at);
    }
  }
  await sharp(samples, { raw: { width, height, channels: 3 } }).toFile(file);
}

test('an object is selected by a box, and a wire is found and refused by a click', async ({ launch, folder }) => {
  const [photo, mask] = [join(folder, 'photo.png'), join(folder, 'mask.png')];
  await draw(photo);
  const studio = await launch(photo);
  await studio.shows('photo.png');
  await studio.press(object.key);
  await studio.picture.drag({ x: 110, y: 150 }, { x: 290, y: 330 });
  await expect.poll(() => studio.nextStep('undo')).toBe('object selection');
  await studio.exportHole(mask);
  await studio.messages.appears(texts.notices.saved('mask.png'));
  const { count } = await maskPixels(mask);
  expect(count).toBeGreaterThan(0.95 * Math.PI * 70 * 70);
  expect(count).toBeLessThan(1.1 * Math.PI * 70 * 70);

  await studio.page.getByRole('button', { name: texts.actions.findWires.title }).click();
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.wires);
  await studio.picture.click({ x: 320, y: 80 });
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.refuseWire);
  await studio.picture.click({ x: 320, y: 80 });
  await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.takeWire);
  expect(studio.hiddenErrors()).toEqual([]);
});
