import { expect, test } from 'vitest';
import { displayColours, pictureColours } from './display-colours';
import { readPicture } from './read-picture';
import { pipelineOf, testImage } from '../testing/pictures';

test("colours of the screen become the picture's own: shown again, they are what they were", async () => {
  const file = await pipelineOf(testImage(20, 20, 3))
    .withIccProfile('p3')
    .png()
    .toBuffer();
  const toScreen = await displayColours(await readPicture(file));
  const wanted = Uint8Array.of(200, 40, 40, 255, 30, 90, 200, 128, 120, 121, 119, 255, 250, 250, 10, 0);
  const own = pictureColours(toScreen, wanted);
  expect([own[3], own[7]]).toEqual([255, 128]);
  expect(Math.abs((own[0] ?? 0) - 200), 'the profile is not sRGB').toBeGreaterThan(5);
  const seen = new Uint8Array(12);
  toScreen(Uint8Array.of(...own.subarray(0, 12)), 4, seen, 3);
  const off = [0, 1, 2, 4, 5, 6, 8, 9, 10].map((at) => Math.abs((seen[at] ?? 0) - (wanted[at] ?? 0)));
  expect(Math.max(...off)).toBeLessThanOrEqual(3);
});

test('without a profile they stay', async () => {
  const toScreen = await displayColours(
    await readPicture(
      await pipelineOf(testImage(20, 20, 3))
        .png()
        .toBuffer(),
    ),
  );
  expect([...pictureColours(toScreen, Uint8Array.of(1, 2, 3, 4))]).toEqual([1, 2, 3, 4]);
});
