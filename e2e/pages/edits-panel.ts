import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

type Verb = 'rerun' | 'renameEdit' | 'duplicateEdit' | 'editUp' | 'editDown' | 'deleteEdit';

/** The stack of edits: its rows, the selected edit's settings, and its variants. */
export class EditsPanel {
  private readonly page: Page;
  private readonly panel: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: texts.panels.edits, exact: true });
  }

  /** Names, the topmost first. */
  async names(): Promise<readonly string[]> {
    return this.panel.locator('.edit-name').allInnerTexts();
  }

  async are(...names: readonly string[]): Promise<void> {
    await expect(this.panel.locator('.edit-name')).toHaveText(names);
  }

  async select(name: string): Promise<void> {
    await this.row(name).locator('.edit-select').click();
  }

  /** Presses a button of the selected edit. */
  async press(verb: Verb): Promise<void> {
    await this.panel.getByRole('button', { name: texts.actions[verb].title, exact: true }).click();
  }

  async rename(name: string, to: string): Promise<void> {
    await this.select(name);
    await this.row(name).locator('.edit-select').dblclick();
    const field = this.panel.getByRole('textbox');
    await field.fill(to);
    await field.press('Enter');
  }

  /** Drags an edit to the upper half of another's row. */
  async drag(name: string, above: string): Promise<void> {
    const target = this.row(above).locator('.edit-head');
    await this.row(name)
      .locator('.edit-head')
      .dragTo(target, { targetPosition: { x: 60, y: 4 } });
  }

  /** Sets the selected edit's opacity with the keyboard. */
  async setOpacity(percent: 0 | 50 | 100): Promise<void> {
    const thumb = this.panel.getByRole('slider', { name: texts.edits.opacity });
    await thumb.focus();
    await thumb.press('End');
    if (percent === 0) await thumb.press('Home');
    // A page is ten steps.
    if (percent === 50) for (let i = 0; i < 5; i++) await thumb.press('PageDown');
    await expect(this.panel.locator('.edit-details output')).toHaveText(`${percent} %`);
  }

  async outOfDate(): Promise<readonly string[]> {
    return this.panel.locator('.edit:has(.badge-warn) .edit-name').allInnerTexts();
  }

  async refreshAll(): Promise<void> {
    await this.panel.getByRole('button', { name: texts.actions.refreshAll.title, exact: true }).click();
  }

  /** Waits until nothing that is painted for a fill waits to be filled. */
  async areFilled(): Promise<void> {
    await expect(this.panel.getByText(texts.edits.changed)).toBeHidden({ timeout: 120_000 });
  }

  async askForMore(count: '1' | '3' | '5' | '8', vary: keyof typeof texts.variants.varied): Promise<void> {
    await this.panel.getByRole('combobox', { name: texts.variants.count }).selectOption(count);
    await this.panel.getByRole('combobox', { name: texts.variants.vary }).selectOption(vary);
    await this.panel.getByRole('button', { name: texts.actions.moreVariants.title, exact: true }).click();
  }

  /** Waits until the selected edit has so many variants, all with a picture. */
  async hasVariants(count: number): Promise<void> {
    await expect(this.panel.locator('.variant-choose')).toHaveCount(count, { timeout: 120_000 });
    await expect(this.panel.locator('.variant-choose .thumbnail[data-drawn="true"]')).toHaveCount(count);
  }

  async showsVariant(number: number): Promise<void> {
    await expect.poll(() => this.chosenVariant()).toBe(number);
  }

  async variantCount(): Promise<number> {
    return this.panel.locator('.variant-choose').count();
  }

  /** What the variants say of themselves, in order. */
  async variantWords(): Promise<readonly string[]> {
    const buttons = await this.panel.locator('.variant-choose').all();
    const labels = await Promise.all(buttons.map((button) => button.getAttribute('aria-label')));
    return labels.map((label, i) => (label ?? '').replace(`${texts.variants.name(i + 1)}: `, ''));
  }

  async chosenVariant(): Promise<number> {
    const pressed = await this.panel
      .locator('.variant-choose')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-pressed')));
    return pressed.indexOf('true') + 1;
  }

  async chooseVariant(number: number): Promise<void> {
    await this.panel
      .locator('.variant-choose')
      .nth(number - 1)
      .click();
  }

  /** Chooses from the menu of a variant. */
  async fromVariantMenu(number: number, item: 'compare' | 'save' | 'remove'): Promise<void> {
    await this.panel.getByRole('button', { name: texts.variants.menu(number), exact: true }).click();
    await this.page.getByRole('menuitem', { name: texts.variants[item] }).click();
  }

  private row(name: string): Locator {
    return this.panel.locator('.edit').filter({ has: this.page.locator('.edit-name', { hasText: name }) });
  }
}
