import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** The tour's card, and what it makes stand out. */
export class TourGuide {
  private readonly page: Page;
  private readonly card: Locator;

  constructor(page: Page) {
    this.page = page;
    this.card = page.getByRole('region', { name: texts.tour.title });
  }

  /** Waits for a step. */
  async shows(step: keyof typeof texts.tour.steps): Promise<void> {
    await expect(this.card).toContainText(texts.tour.steps[step].title);
    await expect(this.card).toContainText(texts.tour.steps[step].body);
  }

  /** Waits until a button with just these words, or this name, stands out. */
  async marks(name: string): Promise<void> {
    const outline = () =>
      this.page
        .getByRole('button', { name, exact: true })
        .evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).outline));
    await expect.poll(outline, `the outline of "${name}"`).toContainEqual(expect.stringContaining('solid 2px'));
  }

  async isOff(): Promise<void> {
    await expect(this.card).toBeHidden();
  }

  async end(): Promise<void> {
    await this.card.getByRole('button', { name: texts.tour.end }).click();
  }
}
