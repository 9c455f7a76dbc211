import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** Source, quality and edits. */
export class SidePanel {
  private readonly panel: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole('complementary', { name: texts.window.panel });
  }

  async chooseQuality(title: string): Promise<void> {
    await this.panel.getByRole('radio', { name: title }).click();
  }

  /** Names of the models that can be chosen. */
  models(): Promise<readonly string[]> {
    return this.panel.locator('.section-model select').first().locator('option').allInnerTexts();
  }

  async sourceSays(words: string): Promise<void> {
    await expect(this.panel.locator('.source-now')).toHaveText(words);
  }

  /** A ready-made source. */
  async chooseSource(preset: 'ring' | 'side'): Promise<void> {
    const { title } = preset === 'ring' ? texts.actions.ringSource : texts.actions.sideSource;
    await this.panel.getByRole('button', { name: title }).click();
  }

  /** Makes the ring as wide as its slider goes down, or by so many steps of four pixels wider than it is. */
  async ringWidth(change: 'narrowest' | number): Promise<void> {
    const slider = this.panel.getByRole('slider', { name: texts.panels.ringWidth });
    await slider.focus();
    if (change === 'narrowest') await slider.press('Home');
    else for (let step = 0; step < change; step++) await slider.press('ArrowRight');
  }

  /** Lets patches come from what earlier fills have made. */
  async allowEarlierFills(): Promise<void> {
    await this.panel.getByRole('checkbox', { name: texts.panels.freshOnly }).uncheck();
  }

  /** Names of the fills, the newest first. */
  async edits(): Promise<readonly string[]> {
    return this.panel.locator('.edit-words > span:first-child').allInnerTexts();
  }

  async hide(fill: number): Promise<void> {
    await this.panel.getByRole('button', { name: texts.panels.hide(fill) }).click();
  }

  async show(fill: number): Promise<void> {
    await this.panel.getByRole('button', { name: texts.panels.show(fill) }).click();
  }
}
