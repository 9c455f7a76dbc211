import type { Locator, Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** How the tip feels: its hardness, and whether it listens to a pen's pressure. */
export class TipFeel {
  private readonly options: Locator;

  constructor(page: Page) {
    this.options = page.getByRole('group', { name: texts.window.toolOptions });
  }

  /** In percent. */
  async hardness(): Promise<number> {
    const thumb = this.options.getByRole('slider', { name: texts.window.hardness });
    return Number(await thumb.getAttribute('aria-valuenow'));
  }

  /** In percent; steps of five. */
  async setHardness(percent: number): Promise<void> {
    const thumb = this.options.getByRole('slider', { name: texts.window.hardness });
    await thumb.focus();
    await thumb.press('End');
    for (let now = 100; now > percent; now -= 5) await thumb.press('ArrowLeft');
  }

  /** Lets a pen's pressure change the tip's size, or not any more. */
  async togglePressure(): Promise<void> {
    await this.options.getByRole('button', { name: texts.window.penPressure, exact: true }).click();
  }
}
