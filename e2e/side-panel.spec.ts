import type { Locator } from '@playwright/test';
import { texts } from '../src/renderer/texts';
import { fillSample } from './filled-disc';
import { expect, test } from './studio-test';
import type { StudioWindow } from './pages/studio-window';

/** Whether all of an element lies inside another's box. */
async function liesIn(inner: Locator, outer: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([inner.boundingBox(), outer.boundingBox()]);
  if (!a || !b) return false;
  return a.x >= b.x - 1 && a.y >= b.y - 1 && a.x + a.width <= b.x + b.width + 1 && a.y + a.height <= b.y + b.height + 1;
}

async function fillOnce(studio: StudioWindow): Promise<void> {
  await fillSample(studio, { x: 500, y: 300 }, 50);
}

test('what fills are made with stays in sight, whatever is selected, and Fill on the smallest display', async ({
  studio,
}) => {
  await fillOnce(studio);
  const { page } = studio;
  const panel = page.getByRole('complementary', { name: texts.window.panel });
  const controls = {
    model: panel.getByRole('combobox', { name: texts.panels.model }),
    quality: panel.getByRole('radio', { name: texts.panels.qualities[512].title }),
    detail: panel.getByRole('slider', { name: texts.panels.detail }),
    fill: panel
      .getByRole('region', { name: texts.actions.fill.title, exact: true })
      .getByRole('button', { name: texts.actions.rerun.title, exact: true }),
  };
  const window = page.locator('body');
  const hidden = async () => {
    const seen = await Promise.all(Object.values(controls).map((control) => liesIn(control, window)));
    return Object.keys(controls).filter((_, i) => !seen[i]);
  };
  // Larger words need a larger window, which grows by itself.
  for (const scale of [1.25, 1]) {
    await studio.menu(`interface-scale-${100 * scale}`);
    await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBe(scale);
    await expect.poll(hidden, `scale ${scale}`).toEqual([]);
  }
  for (const [width, height] of [
    [1280, 800],
    // 1920 x 1080 at 200 %, less a task bar.
    [960, 500],
    [960, 480],
    [2560, 1440],
  ]) {
    await studio.look.fit({ width, height, density: 1 });
    await expect.poll(hidden, `${width} x ${height}`).toEqual([]);
    // Nothing lies over the button either.
    await controls.fill.click({ trial: true });
  }
  expect(studio.hiddenErrors()).toEqual([]);
});

test('the newest variant is in sight, and the line above the edits is moved without moving a row', async ({
  studio,
}) => {
  await fillOnce(studio);
  const { page } = studio;
  const list = page.locator('.side-edits');
  for (let count = 2; count <= 3; count++) {
    await studio.press('Control+Shift+Enter');
    await studio.edits.hasVariants(count);
    await expect
      .poll(() => liesIn(page.locator('.variant-choose').nth(count - 1), list), `variant ${count}`)
      .toBe(true);
  }

  for (let count = 2; count <= 5; count++) {
    await studio.press('Control+j');
    await expect.poll(() => studio.edits.names()).toHaveLength(count);
  }
  const names = await studio.edits.names();
  await list.evaluate((element) => (element.scrollTop = 200));
  const line = page.getByRole('separator', { name: texts.panels.divider });
  const before = await line.boundingBox();
  if (!before) throw new Error('there is no line');
  // Once the line has moved, a row lies where it was pressed: that was dragged.
  const [x, y] = [before.x + 120, before.y + before.height / 2 + 4];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 40, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => ((await line.boundingBox())?.y ?? NaN) - before.y).toBeCloseTo(-40, 0);
  expect(await studio.edits.names()).toEqual(names);
  expect(studio.hiddenErrors()).toEqual([]);
});
