import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** The dialog that proposes models for a place. */
export class RepairDialog {
  private readonly dialog: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: texts.repair.title });
  }

  /** Waits for it; the words on what surrounds the place. */
  async surroundings(): Promise<string> {
    await expect(this.dialog).toBeVisible();
    return (await this.dialog.getByText(texts.repair.around([]).split(':')[0] ?? '').innerText()).trim();
  }

  /** Models in the order of the proposal; those that are ticked. */
  async proposed(): Promise<readonly { readonly name: string; readonly ticked: boolean; readonly why: string }[]> {
    const rows = await this.dialog.locator('.repair-row').all();
    return Promise.all(
      rows.map(async (row) => ({
        name: await row.locator('strong').innerText(),
        ticked: await row.getByRole('checkbox').isChecked(),
        why: await row.locator('.quiet').last().innerText(),
      })),
    );
  }

  async tick(name: string, on: boolean): Promise<void> {
    await this.dialog.locator('.repair-row').filter({ hasText: name }).getByRole('checkbox').setChecked(on);
  }

  async run(count: number): Promise<void> {
    await this.dialog.getByRole('button', { name: texts.repair.run(count) }).click();
    await expect(this.dialog).toBeHidden();
  }
}
