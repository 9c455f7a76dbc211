import { expect, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** What undo or redo would do, as their tooltips say it; null when there is nothing. */
export async function nextStep(page: Page, direction: 'undo' | 'redo'): Promise<string | null> {
  const button = page.getByRole('button', { name: texts.actions[direction].title, exact: true });
  if ((await button.getAttribute('aria-disabled')) === 'true') return null;
  let words = '';
  // What moves under the pointer while a picture comes up closes a tooltip, until the pointer moves.
  await expect(async () => {
    await page.mouse.move(2, 2);
    await button.hover();
    words = await page.getByRole('tooltip').innerText({ timeout: 3000 });
  }).toPass();
  return words.split(': ')[1]?.split('\n')[0] ?? null;
}
