import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** The question about work that an unexpected end left behind. */
export class RecoveryQuestion {
  private readonly dialog: Locator;
  private readonly document: Locator;

  constructor(page: Page) {
    this.document = page.locator('.document-name', { hasText: 'Sample' });
    this.dialog = page.getByRole('dialog', { name: texts.recovery.title });
  }

  /** Names of what is offered. */
  async offers(): Promise<string[]> {
    // The program starts, and its engine looks at what was kept.
    await expect(this.dialog).toBeVisible();
    return this.dialog.locator('strong').allInnerTexts();
  }

  /** Whether the question comes at a start without a picture: where there is nothing to offer, the sample does. */
  async appears(): Promise<boolean> {
    await this.dialog.or(this.document).first().waitFor();
    return this.dialog.isVisible();
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
