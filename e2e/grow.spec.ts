import { join } from 'node:path';
import sharp from 'sharp';
import { texts } from '../src/renderer/texts';
import { expect, test } from './studio-test';

const MIDDLE = { x: 320, y: 210 };
const RADIUS = 60;

/** A grainy wall with a red ball on it; its path. */
async function ballIn(folder: string): Promise<string> {
  const [width, height] = [640, 420];
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const grain = (x * 7 + y * 13 + ((x * y) % 5)) % 9;
      const isBall = Math.hypot(x - MIDDLE.x, y - MIDDLE.y) < RADIUS;
      pixels.set(isBall ? [190, 40 + grain, 34] : [150 + grain, 146 + grain, 132 + grain], at);
    }
  }
  const path = join(folder, 'ball.png');
  await sharp(pixels, { raw: { width, height, channels: 3 } }).toFile(path);
  return path;
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ settings: { language: 'en', tourSeen: true, theme } });

    test('a mask that leaves a rim is offered to grow, and does by one key', async ({ launch, folder }, info) => {
      const studio = await launch(await ballIn(folder));
      await studio.look.wear(theme);
      await studio.shows('ball.png');
      await studio.side.chooseQuality(texts.panels.qualities[256].title);
      await studio.setTipSize(2 * RADIUS - 20);
      await studio.picture.click(MIDDLE);
      const offer = studio.page.locator('.grow-offer');
      await expect(offer).toContainText(/^A rim is left: \d+ px/);
      const pixels = Number(/(\d+) px/.exec(await offer.innerText())?.[1]);
      expect(pixels, 'ten are left, and a little more is taken').toBeGreaterThanOrEqual(10);
      expect(pixels).toBeLessThan(18);
      await studio.picture.settled();
      await studio.page.screenshot({ path: info.outputPath(`offered-${theme}.png`) });

      await studio.press('A');
      await expect(offer).toBeHidden();
      await expect.poll(() => studio.nextStep('undo')).toBe(texts.steps.growToEdge);
      await studio.press('Control+z');
      await expect(offer, 'undone, it is seen again').toContainText(/^A rim is left/);
      await studio.press('Control+Shift+z');
      await expect(offer).toBeHidden();
      await studio.press('Enter');
      await studio.fill.isDone();
      await studio.choose('pan');
      await studio.picture.settled();
      // Where the rim was nothing red is left.
      for (const at of [RADIUS - 4, RADIUS - 12]) {
        const { red, green } = await studio.picture.colourAt({ x: MIDDLE.x + at, y: MIDDLE.y });
        expect(red - green).toBeLessThan(30);
      }
      await studio.page.screenshot({ path: info.outputPath(`filled-${theme}.png`) });
      expect(studio.hiddenErrors()).toEqual([]);
    });
  });
}

test('an offer that is turned down does not come back for this hole', async ({ launch, folder }) => {
  const studio = await launch(await ballIn(folder));
  await studio.shows('ball.png');
  await studio.setTipSize(2 * RADIUS - 20);
  await studio.picture.click(MIDDLE);
  const offer = studio.page.locator('.grow-offer');
  await expect(offer).toBeVisible();
  await studio.press('Shift+A');
  await expect(offer).toBeHidden();
  await studio.picture.click({ x: MIDDLE.x + 4, y: MIDDLE.y });
  await studio.picture.settled();
  await studio.page.waitForTimeout(1500);
  await expect(offer).toBeHidden();
  await studio.press('Control+z');
  await studio.press('Control+z');
  await studio.picture.click(MIDDLE);
  await expect(offer, 'another hole').toBeVisible();
  expect(studio.hiddenErrors()).toEqual([]);
});
