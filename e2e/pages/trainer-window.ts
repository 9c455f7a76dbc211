import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';
import type { MainProcess } from './main-process';

/** What a person decides in the form of a new run; empty fields keep the goal's own numbers. */
interface NewRun {
  readonly name?: string;
  readonly photos: string;
  readonly steps: number;
  readonly side: number;
  readonly batch: number;
  /** Does in the form what chooses another goal than the first. */
  readonly chooseGoal?: () => Promise<void>;
}

/** The trainer's window as a person uses it. */
export class TrainerWindow {
  readonly page: Page;
  private readonly main: MainProcess;

  constructor(main: MainProcess, page: Page) {
    this.main = main;
    this.page = page;
  }

  /** Fills in the form, starts the run and sees it chosen in the list. */
  async start({ name, photos, steps, side, batch, chooseGoal }: NewRun): Promise<void> {
    const { form } = texts.trainer;
    await this.main.answerOpenDialog(photos);
    await this.page.getByRole('button', { name: texts.trainer.newRun }).first().click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: form.start }).click();
    await expect(dialog.getByRole('alert'), 'nothing starts without a folder').toHaveText(form.needFolder);
    await dialog.getByRole('button', { name: form.choose }).click();
    // The folder is looked through first.
    await expect(dialog.getByRole('status')).toBeVisible();
    if (name !== undefined) await dialog.getByLabel(form.name, { exact: true }).fill(name);
    await dialog.getByLabel(form.base).selectOption('default');
    await chooseGoal?.();
    await dialog.getByText(form.more).click();
    for (const [field, value] of Object.entries({ steps, side, batch }))
      await dialog.getByLabel(form[field as 'steps' | 'side' | 'batch'], { exact: true }).fill(String(value));
    await dialog.getByRole('button', { name: form.start }).click();
    await expect(dialog).toBeHidden();
  }

  /** Of a new run's form: a goal that needs the feature network, which is not there until `provide` has put it there. */
  async chooseGoalThatLacksFeatures(title: string, provide: () => Promise<void>): Promise<void> {
    const { form } = texts.trainer;
    const dialog = this.page.getByRole('dialog');
    await dialog.getByText(title).click();
    await expect(dialog.getByText(form.featuresMissing)).toBeVisible();
    await dialog.getByRole('button', { name: form.start }).click();
    await expect(dialog.getByRole('alert')).toHaveText(form.needFeatures);
    await provide();
    await dialog.getByRole('button', { name: form.featuresFetch }).click();
    await expect(dialog.getByText(form.featuresMissing)).toBeHidden();
  }

  get sentence(): Locator {
    return this.page.locator('.run-sentence');
  }

  get sample(): Locator {
    return this.page.getByRole('img', { name: texts.trainer.sampleAlt(0).split('0')[0] });
  }

  /** The chart with this title; its name tells the last values. */
  chart(title: string): Locator {
    return this.page.getByRole('img', { name: new RegExp(`^${title}\\.`) });
  }

  async showCurves(group: keyof typeof texts.trainer.groups): Promise<void> {
    await this.page.getByRole('radio', { name: texts.trainer.groups[group] }).click();
  }

  async becomes(state: keyof typeof texts.trainer.states): Promise<void> {
    await expect(this.page.locator('.run-head')).toContainText(texts.trainer.states[state], { timeout: 90_000 });
  }

  /** Waits until the run has ended at this step, with its last curves and its sample on the page. */
  async isDrawnUntil(step: number): Promise<void> {
    await this.becomes('finished');
    const { title } = texts.trainer.charts.psnr;
    await expect(this.chart(title)).toHaveAccessibleName(new RegExp(` ${step}$`));
    await expect(this.sample).toBeVisible();
  }

  /** Draws the curves of another run beside those of the chosen one. */
  async compareWith(name: string): Promise<void> {
    await this.page.getByLabel(texts.trainer.compareWith).selectOption({ label: name });
    await expect(this.page.locator('.u-legend').first()).toContainText(name);
  }

  async press(button: 'pause' | 'stop' | 'resume' | 'export' | 'remove'): Promise<void> {
    await this.page.getByRole('button', { name: texts.trainer[button], exact: true }).click();
  }

  /** Lets the chosen run train, whether it has come far enough to be called resumed or not. */
  async goOn(): Promise<void> {
    const { begin, resume } = texts.trainer;
    await this.page.getByRole('button', { name: new RegExp(`^(${begin}|${resume})$`) }).click();
  }

  /** Lets the chosen run, which is done, go on until another step. */
  async lengthen(steps: number): Promise<void> {
    const words = texts.trainer.lengthenForm;
    await this.page.getByRole('button', { name: texts.trainer.lengthen, exact: true }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel(words.steps).fill('1');
    await dialog.getByRole('button', { name: words.confirm }).click();
    await expect(dialog.getByRole('alert'), 'what is done stays').toBeVisible();
    await dialog.getByLabel(words.steps).fill(String(steps));
    await dialog.getByRole('button', { name: words.confirm }).click();
    await expect(dialog).toBeHidden();
  }

  /** Names the folder anew in which the pictures of the chosen run are. */
  async movePictures(folder: string): Promise<void> {
    await this.main.answerOpenDialog(folder);
    await this.page.getByRole('button', { name: texts.trainer.movePictures, exact: true }).click();
  }

  async rollBack(checkpoint: string): Promise<void> {
    await this.page.getByLabel(texts.trainer.rollBack).selectOption(checkpoint);
    await this.page.getByRole('alertdialog').getByRole('button', { name: texts.trainer.rollBackConfirm }).click();
  }

  async exportAs(name: string, licence: string): Promise<void> {
    const words = texts.trainer.exportForm;
    await this.press('export');
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel(words.name, { exact: true }).fill(name);
    await dialog.getByRole('button', { name: words.confirm }).click();
    await expect(dialog.getByRole('alert'), 'a model needs a licence').toHaveText(words.needLicence);
    await dialog.getByLabel(words.licence).fill(licence);
    await dialog.getByRole('button', { name: words.confirm }).click();
    await expect(this.page.getByText(texts.trainer.exported(name))).toBeVisible();
  }

  /** Names of the runs, newest first. */
  runs(): Promise<readonly string[]> {
    return this.page.locator('.run-name').allInnerTexts();
  }

  async remove(): Promise<void> {
    await this.press('remove');
    await this.page.getByRole('alertdialog').getByRole('button', { name: texts.trainer.removeConfirm }).click();
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
