import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';
import type { PlaneName } from '../../src/renderer/state/document/planes';

/** What areas mark, and what is done with all that is marked. */
export class MaskPanel {
  private readonly panel: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole('region', { name: texts.mask.title, exact: true });
  }

  async mark(plane: PlaneName): Promise<void> {
    await this.panel.getByRole('radio', { name: texts.mask.targets[plane].title }).click();
  }

  async marking(): Promise<string> {
    return this.panel.getByRole('radio', { checked: true }).innerText();
  }

  async setGrowth(pixels: number): Promise<void> {
    const field = this.panel.getByLabel(texts.mask.growth);
    await field.fill(String(pixels));
    await field.blur();
  }

  /** Width of the soft edge of the next fill, pixels. */
  async setFeather(pixels: number): Promise<void> {
    const field = this.panel.getByLabel(texts.mask.feather);
    await field.fill(String(pixels));
    await field.blur();
  }

  async says(words: string): Promise<void> {
    await expect(this.panel).toContainText(words);
  }

  /** Whether there is something to be exported. */
  async canPress(action: 'exportMask'): Promise<boolean> {
    const button = this.panel.getByRole('button', { name: texts.actions[action].title, exact: true });
    return (await button.getAttribute('aria-disabled')) !== 'true';
  }

  async press(action: 'invert' | 'grow' | 'shrink' | 'selectAll' | 'selectNone' | 'importMask' | 'exportMask') {
    await this.panel.getByRole('button', { name: texts.actions[action].title, exact: true }).click();
  }
}
