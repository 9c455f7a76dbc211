import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** What the window shows without a picture. */
export class StartScreen {
  private readonly page: Page;
  private readonly list: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('navigation', { name: texts.recent.title });
  }

  /** Names of the files that were open lately, the newest first; to be polled, since the list comes after the screen. */
  async recent(): Promise<string[]> {
    await this.page.locator('.empty-state').waitFor();
    return this.list.locator('.recent-file > span:first-child').allInnerTexts();
  }

  /** Waits until so many stand there: they are asked for when the screen appears. */
  async hasRecent(count: number): Promise<void> {
    await expect(this.list.locator('.recent-file')).toHaveCount(count);
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
