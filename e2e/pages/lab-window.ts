import type { Locator, Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** The lab's window as a person uses it. */
export class LabWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async chapter(title: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: title }).press('Enter');
  }

  get sentence(): Locator {
    return this.page.locator('.chapter-sentence');
  }

  get command(): Locator {
    return this.page.getByLabel(texts.lab.command);
  }

  /** What stands beside a name among the numbers. */
  number(name: string): Locator {
    return this.page
      .locator('.chapter-numbers > div', { has: this.page.getByText(name, { exact: true }) })
      .locator('dd');
  }

  knob(label: string): Locator {
    return this.page.getByRole('slider', { name: label, exact: true });
  }

  /** Drags something in a picture to the picture's middle. */
  async dragToMiddle(what: Locator): Promise<void> {
    const [from, picture] = await Promise.all([
      what.boundingBox(),
      what.locator('xpath=ancestor::*[name()="svg"]').boundingBox(),
    ]);
    if (!from || !picture) throw new Error('there is nothing to drag');
    const { mouse } = this.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(picture.x + picture.width / 2, picture.y + picture.height / 2, { steps: 4 });
    await mouse.up();
  }
}
