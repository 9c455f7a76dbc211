import type { Locator, Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** What the window shows without a picture. */
export class StartScreen {
  private readonly page: Page;
  private readonly list: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('navigation', { name: texts.recent.title });
  }

  /** Names of the files that were open lately, the newest first. */
  async recent(): Promise<string[]> {
    await this.page.locator('.empty-state').waitFor();
    // They are asked for when the screen appears.
    await this.page.waitForTimeout(300);
    return this.list.locator('.recent-file > span:first-child').allInnerTexts();
  }

  async isMissing(name: string): Promise<boolean> {
    return this.list.getByRole('button', { name }).isDisabled();
  }

  async open(name: string): Promise<void> {
    await this.list.getByRole('button', { name }).click();
  }

  async clear(): Promise<void> {
    await this.list.getByRole('button', { name: texts.recent.clear }).click();
  }
}
