import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** The question about work that an unexpected end left behind. */
export class RecoveryQuestion {
  private readonly dialog: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: texts.recovery.title });
  }

  /** Names of what is offered. */
  async offers(): Promise<string[]> {
    // The program starts, and its engine looks at what was kept.
    await expect(this.dialog).toBeVisible({ timeout: 20_000 });
    return this.dialog.locator('strong').allInnerTexts();
  }

  /** Whether the question comes, given the time that the program needs to look. */
  async appears(): Promise<boolean> {
    return this.dialog.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    );
  }

  async isAsked(): Promise<boolean> {
    return this.dialog.isVisible();
  }

  async restore(name: string): Promise<void> {
    await this.dialog.getByRole('button', { name: `${texts.recovery.restore}: ${name}` }).click();
  }

  async discard(name: string): Promise<void> {
    await this.dialog.getByRole('button', { name: `${texts.recovery.discard}: ${name}` }).click();
  }
}
