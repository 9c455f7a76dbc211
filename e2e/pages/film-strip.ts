import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';
import type { PhotoWork } from '../../src/renderer/state/document/document-slice';

/** The photos below the picture. */
export class FilmStrip {
  private readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: texts.strip.title });
  }

  /** Waits until these are in it, each with what has become of it. */
  async has(photos: Readonly<Record<string, PhotoWork['kind']>>): Promise<void> {
    const found = () =>
      this.region
        .locator('.strip-photo')
        .evaluateAll((buttons: HTMLElement[]) =>
          Object.fromEntries(
            buttons.map((each): [string, string | undefined] => [
              each.querySelector<HTMLElement>('.strip-name')?.innerText ?? '',
              each.dataset['work'],
            ]),
          ),
        );
    await expect.poll(found).toEqual(photos);
  }

  /** Waits until this many have their small pictures. */
  async looksLike(count: number): Promise<void> {
    await expect(this.region.locator('canvas[data-drawn]')).toHaveCount(count, { timeout: 60_000 });
  }

  photo(name: string): Locator {
    return this.region.locator('.strip-photo', { hasText: name });
  }

  async isFoldedUp(): Promise<boolean> {
    return (await this.region.isVisible()) && !(await this.region.getByRole('list').isVisible());
  }
}
