import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** The Fill button and what it says. */
export class FillPanel {
  private readonly panel: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole('region', { name: texts.actions.fill.title, exact: true });
  }

  async press(): Promise<void> {
    await this.panel.getByRole('button', { name: texts.actions.fill.title, exact: true }).click();
  }

  /** Waits until this fill is edited; without one, the new fill. */
  async edits(name?: string): Promise<void> {
    const words = name === undefined ? texts.fill.newFill : texts.fill.editing(name);
    await expect(this.panel.locator('.edited-name')).toHaveText(words);
  }

  async pressNewFill(): Promise<void> {
    await this.panel.getByRole('button', { name: texts.actions.newFill.title, exact: true }).click();
  }

  /** Waits for a stage of a running fill, or a later one. */
  async reaches(stage: keyof typeof texts.fill.stages): Promise<void> {
    const order = Object.keys(texts.fill.stages);
    const later = order.slice(order.indexOf(stage)).map((name) => `[data-stage="${name}"]`);
    await expect(this.panel.locator(later.join(', '))).toBeVisible({ timeout: 60_000 });
  }

  /** Waits until the coarse fill is there and stays. */
  async waits(): Promise<void> {
    await expect(this.panel.locator('[data-stage="waiting"]')).toBeVisible({ timeout: 60_000 });
  }

  async pressRefine(): Promise<void> {
    await this.panel.getByText(texts.fill.refine).click();
  }

  /** Waits until a fill has ended well. */
  async isDone(): Promise<void> {
    await expect(this.panel.getByRole('status').filter({ hasText: /^Done in/ })).toBeVisible({ timeout: 90_000 });
  }

  /** Waits for a message about how a fill ended. */
  async says(words: string): Promise<void> {
    await expect(this.panel).toContainText(words);
  }

  /** Waits until nothing stands under the button. */
  async saysNothing(): Promise<void> {
    await expect(this.panel.locator('.fill-note')).toHaveText('');
  }
}
