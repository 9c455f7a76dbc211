import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** Everything the window says beside the work. */
export class Messages {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits for a message in the corner that holds all these words. */
  async appears(...words: string[]): Promise<void> {
    const notice = words.reduce((found, hasText) => found.filter({ hasText }), this.page.locator('.notice'));
    await expect(notice).toBeVisible();
  }

  /** Waits for the page that stands in for a picture that could not be opened. */
  async insteadOfPicture(...words: string[]): Promise<void> {
    for (const word of words) await expect(this.page.locator('.empty-state')).toContainText(word);
  }

  /** Waits until a file is being opened, and can be cancelled, or until none is any more. */
  async isOpening(opening: boolean): Promise<void> {
    await expect(this.cancelOpeningButton()).toHaveCount(opening ? 1 : 0);
  }

  async cancelOpening(): Promise<void> {
    await this.cancelOpeningButton().click();
    await this.isOpening(false);
  }

  private cancelOpeningButton(): Locator {
    return this.page.locator('.opening').getByRole('button', { name: texts.empty.cancelLoading });
  }

  async engineStopped(): Promise<void> {
    await expect(this.page.locator('.engine-banner')).toContainText(texts.engine.title);
  }

  async engineRuns(): Promise<void> {
    await expect(this.page.locator('.runtime[data-engine="ready"]')).toBeVisible();
    await expect(this.page.locator('.engine-banner')).toHaveCount(0);
  }

  /** The runtime that fills run on, as the status bar says it. */
  async runtime(): Promise<string> {
    const runtime = this.page.locator('.runtime[data-engine="ready"]');
    await expect(runtime).not.toHaveText(texts.status.runtimeUnknown, { timeout: 60_000 });
    return runtime.innerText();
  }

  async shortcutSheet(): Promise<void> {
    await expect(this.page.getByRole('dialog', { name: texts.shortcutSheet.title })).toBeVisible();
  }
}
