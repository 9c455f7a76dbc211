import { expect, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';
import type { Colour } from './picture';

/** The hint brush's options, and the settings of hints in the side panel. */
export class HintControls {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async stopAtCoarse(): Promise<void> {
    await this.page.getByRole('checkbox', { name: texts.actions.stopAtCoarse.title }).check();
  }

  /** How strongly hints hold, in percent; steps of five. */
  async holds(percent: number): Promise<void> {
    const slider = this.page.getByRole('slider', { name: texts.hint.strength });
    await slider.focus();
    await slider.press('Home');
    for (let now = 0; now < percent; now += 5) await slider.press('ArrowRight');
  }

  async paintWith(colour: string): Promise<void> {
    await this.page.getByLabel(texts.hint.colour, { exact: true }).fill(colour);
  }

  async colour(): Promise<Colour> {
    const value = Number.parseInt(
      (await this.page.getByLabel(texts.hint.colour, { exact: true }).inputValue()).slice(1),
      16,
    );
    return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255 };
  }

  /** Takes all painted colours away. */
  async clear(): Promise<void> {
    await this.page.getByRole('button', { name: texts.actions.clearHint.title }).click();
  }

  async says(words: string): Promise<void> {
    await expect(this.page.getByText(words)).toBeVisible();
  }
}
