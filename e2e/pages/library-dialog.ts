import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

const words = texts.library;

/** The library of models as a person uses it. */
export class LibraryDialog {
  readonly dialog: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: words.title });
  }

  /** Waits until every model has been tried and shows its fill. */
  async isTried(): Promise<void> {
    await expect(this.dialog.locator('.library-row').first()).toBeVisible();
    await expect(this.dialog.locator('.library-row:not([data-trial="done"])')).toHaveCount(0, { timeout: 90_000 });
    await expect(this.dialog.locator('.library-row canvas:not([data-drawn])')).toHaveCount(0);
  }

  names(): Promise<readonly string[]> {
    return this.dialog.locator('.library-row strong').allInnerTexts();
  }

  /** Waits until these are the models, in any order. */
  async hasModels(...names: readonly string[]): Promise<void> {
    await expect.poll(async () => [...(await this.names())].sort(), { timeout: 60_000 }).toEqual([...names].sort());
  }

  async select(name: string): Promise<void> {
    await this.dialog.locator('.library-row').filter({ hasText: name }).click();
    await expect(this.details).toHaveAccessibleName(name);
  }

  get details(): Locator {
    return this.dialog.locator('.library-details');
  }

  /** What is said of an import or of the last deed. */
  async says(text: string | RegExp): Promise<void> {
    await expect(
      this.dialog.getByRole('status').or(this.dialog.getByRole('alert')).filter({ hasText: text }),
    ).toBeVisible({ timeout: 60_000 });
  }

  async fillIn(field: 'name' | 'licence' | 'source', text: string): Promise<void> {
    await this.details.getByLabel(words.form[field], { exact: true }).fill(text);
  }

  async isGoodAt(speciality: keyof typeof words.specialities): Promise<void> {
    await this.details.getByLabel(words.form.speciality).selectOption(speciality);
  }

  get commercial(): Locator {
    return this.details.getByLabel(words.form.commercial);
  }

  async press(
    verb: 'save' | 'use' | 'measure' | 'remove' | 'removeConfirm' | 'duplicate' | 'duplicateTeach',
  ): Promise<void> {
    const name = verb === 'save' ? words.form.save : words[verb];
    await this.details.getByRole('button', { name, exact: true }).click();
  }

  async cancelImport(): Promise<void> {
    await this.dialog.getByRole('button', { name: words.cancelImport }).click();
    await expect(this.dialog.getByRole('progressbar')).toBeHidden();
  }

  /** Answers what no test tells. */
  async answers(property: keyof typeof words.asked, choice: string): Promise<void> {
    await this.dialog.getByLabel(words.asked[property]).selectOption(choice);
    await this.dialog.getByRole('button', { name: words.goOn }).click();
  }

  async export(item: string): Promise<void> {
    await this.details.getByRole('button', { name: words.export, exact: true }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }
}
