import { _electron, type ElectronApplication, expect, type Locator, type Page } from '@playwright/test';
import { electronLaunch } from '../../scripts/electron.mjs';
import { ended, killAll, processTree } from '../../scripts/testing/process-tree.mjs';
import { texts } from '../../src/renderer/texts';
import { toolOf } from '../../src/renderer/tools';
import { EditsPanel } from './edits-panel';
import { FillPanel } from './fill-panel';
import { Look } from './look';
import { HintControls } from './hint-controls';
import { LibraryDialog } from './library-dialog';
import { MainProcess } from './main-process';
import { MaskPanel } from './mask-panel';
import { Messages } from './messages';
import type { Point } from '../../src/shared/geometry';
import { type Colour, Picture } from './picture';
import { nextStep } from './next-step';
import { PictureClipboard } from './picture-clipboard';
import { RecoveryQuestion } from './recovery-question';
import { RepairDialog } from './repair-dialog';
import { SidePanel } from './side-panel';
import { TipFeel } from './tip-feel';
import { TourGuide } from './tour-guide';
import { LabWindow } from './lab-window';
import { TrainerWindow } from './trainer-window';
import { View } from './view';
import { StartScreen } from './start-screen';

/** Memory that falls by less from one look to the next has come to rest. */
const SETTLED = 0.98;

const sum = (metrics: readonly (readonly [string, number])[]) => metrics.reduce((all, [, size]) => all + size, 0);

/** What is chosen in the dialog before the place. */
export interface SaveChoices {
  /** 1..100, by the slider. */
  readonly quality?: number;
  readonly withoutMetadata?: boolean;
}

/** The running app: its window as a person uses it, and the few things only a test may do to its processes. */
export class StudioWindow {
  readonly picture: Picture;
  readonly view: View;
  readonly tip: TipFeel;
  readonly fill: FillPanel;
  readonly side: SidePanel;
  readonly edits: EditsPanel;
  readonly mask: MaskPanel;
  readonly library: LibraryDialog;
  readonly repair: RepairDialog;
  readonly hints: HintControls;
  readonly messages: Messages;
  readonly look: Look;
  readonly recovery: RecoveryQuestion;
  readonly tour: TourGuide;
  readonly start: StartScreen;
  /** The folder with its settings and sessions. */
  readonly userData: string;
  readonly main: MainProcess;
  readonly clipboard: PictureClipboard;
  private readonly app: ElectronApplication;
  /** Of its first process; kept, since Playwright does not say it any more once the program was killed. */
  private readonly rootPid: number | undefined;
  readonly page: Page;
  private readonly errors: string[] = [];

  private constructor(app: ElectronApplication, page: Page, userData: string) {
    this.app = app;
    this.rootPid = app.process().pid;
    this.main = new MainProcess(app);
    this.clipboard = new PictureClipboard(this.main);
    this.userData = userData;
    this.page = page;
    this.picture = new Picture(page);
    this.view = new View(page);
    this.tip = new TipFeel(page);
    this.fill = new FillPanel(page);
    this.side = new SidePanel(page);
    this.edits = new EditsPanel(page);
    this.mask = new MaskPanel(page);
    this.library = new LibraryDialog(page);
    this.repair = new RepairDialog(page);
    this.hints = new HintControls(page);
    this.messages = new Messages(page);
    this.look = new Look(page);
    this.recovery = new RecoveryQuestion(page);
    this.tour = new TourGuide(page);
    this.start = new StartScreen(page);
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (/TrustedHTML|Refused to/.test(message.text())) this.errors.push(message.text());
    });
  }

  static async launch(userData: string, args: readonly string[]): Promise<StudioWindow> {
    const app = await _electron.launch(
      electronLaunch({ args: [...args], env: { INPAINT_STUDIO_USER_DATA: userData } }),
    );
    const page = await app.firstWindow();
    await page.context().tracing.start({ screenshots: true, snapshots: true });
    const studio = new StudioWindow(app, page, userData);
    await studio.main.run(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1280, 800));
    return studio;
  }

  /** Ends the app without questions, and waits for all its processes; with a path, keeps a screenshot and a trace there. */
  async close(evidence: string | null): Promise<void> {
    const pids = await processTree(this.rootPid);
    if (evidence !== null) {
      await this.page.screenshot({ path: `${evidence}.png` }).catch(() => undefined);
      await this.page
        .context()
        .tracing.stop({ path: `${evidence}-trace.zip` })
        .catch(() => undefined);
    }
    await this.main.run(({ app }) => app.exit(0)).catch(() => undefined);
    await this.app.close().catch(() => undefined);
    await ended(pids);
  }

  /** Ends the app as a person does, with nothing left unsaved. */
  async quit(): Promise<void> {
    const pids = await processTree(this.rootPid);
    await this.main.run(({ app }) => app.quit());
    await ended(pids);
  }

  /** Waits until this picture is open and drawn; it may be the first thing after the start. */
  async shows(name: string): Promise<void> {
    await expect(this.page.locator('.document-name')).toHaveText(name);
    await this.picture.settled();
  }

  async unsaved(): Promise<boolean> {
    return this.page.getByRole('img', { name: texts.window.unsaved }).isVisible();
  }

  /** Opens a file through the menu's dialog. */
  async open(path: string): Promise<void> {
    await this.main.answerOpenDialog(path);
    await this.page.getByRole('button', { name: texts.actions.open.title, exact: true }).first().click();
  }

  async importMask(path: string): Promise<void> {
    await this.main.answerOpenDialog(path);
    await this.mask.press('importMask');
  }

  async exportHole(path: string): Promise<void> {
    await this.main.answerSaveDialog(path);
    await this.mask.press('exportMask');
  }

  /** Fills, and says which colours a place had and has. */
  async beforeAndAfter(place: Point): Promise<{ readonly before: Colour; readonly after: Colour }> {
    await this.fill.press();
    await this.fill.isDone();
    const after = await this.picture.colourAt(place);
    await this.page.keyboard.down('\\');
    const before = await this.picture.colourAt(place);
    await this.page.keyboard.up('\\');
    return { before, after };
  }

  async saveAs(path: string, format?: string, choices: SaveChoices = {}): Promise<void> {
    await this.main.answerSaveDialog(path);
    await this.page.getByRole('button', { name: texts.actions.saveAs.title }).click();
    if (format !== undefined) await this.page.getByLabel(texts.saveAs.format).selectOption(format);
    if (choices.quality !== undefined) {
      const slider = this.page.getByRole('slider', { name: texts.saveAs.quality });
      await slider.focus();
      await slider.press('Home');
      for (let quality = 1; quality < choices.quality; quality++) await slider.press('ArrowRight');
    }
    if (choices.withoutMetadata) await this.page.getByLabel(texts.saveAs.keepMetadata).uncheck();
    await this.page.getByRole('button', { name: texts.saveAs.confirm }).click();
  }

  /** Saves everything to a project file, whose place the dialog is told. */
  async saveProjectAs(path: string): Promise<void> {
    await this.main.answerSaveDialog(path);
    await this.menu('save-project-as');
  }

  /** Writes the picture with a variant of the selected edit, through its menu. */
  async saveVariant(number: number, path: string): Promise<void> {
    await this.main.answerSaveDialog(path);
    await this.edits.fromVariantMenu(number, 'save');
  }

  /** Exports to a file, or layers to a folder, which the dialog is told; `answer`: to the question before it. */
  async exportTo(
    what: 'layers' | 'psd' | 'open-raster' | 'before-after' | 'filled-mask',
    path: string,
    answer?: string,
  ): Promise<void> {
    await this.main.answerOpenDialog(path);
    await this.main.answerSaveDialog(path);
    await this.menu(`export-${what}`);
    if (answer !== undefined) await this.answer(answer);
  }

  /** Exports a model to a place that the dialog is told. */
  async exportModel(item: string, path: string): Promise<void> {
    await this.main.answerSaveDialog(path);
    await this.library.export(item);
  }

  /** Shows the trainer's window, which `ask` opens; left out: by its shortcut. */
  async openTrainer(ask = () => this.press('Control+Shift+t')): Promise<TrainerWindow> {
    return new TrainerWindow(this.main, await this.windowAfter(ask));
  }

  /** Opens the lab, by the menu unless something else asks for it. */
  async openLab(ask = () => this.menu('lab')): Promise<LabWindow> {
    return new LabWindow(await this.windowAfter(ask));
  }

  private async windowAfter(ask: () => Promise<void>): Promise<Page> {
    const opened = this.app.waitForEvent('window');
    await ask();
    const page = await opened;
    page.on('pageerror', (error) => this.errors.push(error.message));
    return page;
  }

  /** The line about what is being trained. */
  get training(): Locator {
    return this.page.locator('.status-bar').getByRole('button', { name: /^Training/ });
  }

  /** Answers a question of the window. */
  async answer(button: string): Promise<void> {
    await this.page.getByRole('alertdialog').getByRole('button', { name: button }).click();
  }

  async isAsked(): Promise<boolean> {
    return this.page.getByRole('alertdialog').isVisible();
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  async hold(key: string, meanwhile: () => Promise<void>): Promise<void> {
    await this.page.keyboard.down(key);
    await meanwhile();
    await this.page.keyboard.up(key);
  }

  /** Presses and holds a button of the top bar. */
  async holdButton(name: string, meanwhile: () => Promise<void>): Promise<void> {
    await this.page.getByRole('button', { name }).hover();
    await this.page.mouse.down();
    await meanwhile();
    await this.page.mouse.up();
  }

  /** Takes a tool up by its key. @param toolId of renderer/tools */
  async choose(toolId: string): Promise<void> {
    await this.page.keyboard.press(toolOf(toolId).key.toLowerCase());
  }

  async setTipSize(pixels: number): Promise<void> {
    const field = this.page.locator('#tip-size');
    await field.fill(String(pixels));
    await field.blur();
  }

  async tipSize(): Promise<number> {
    return Number(await this.page.locator('#tip-size').inputValue());
  }

  /** What undo or redo would do, as their tooltips say it; null when there is nothing. */
  nextStep(direction: 'undo' | 'redo'): Promise<string | null> {
    return nextStep(this.page, direction);
  }

  /** Chooses an item of the application menu. */
  async menu(actionId: string): Promise<void> {
    await this.main.run(({ Menu }, id) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(id);
      if (!item) throw new Error(`the menu has no item "${id}"`);
      (item.click as () => void)();
    }, actionId);
  }

  /** How the application menu calls an action, without the mark of its letter. */
  async menuLabel(actionId: string): Promise<string> {
    const label = await this.main.run(
      ({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.label,
      actionId,
    );
    return (label ?? '').replace('&', '');
  }

  /** Drops files from the desktop onto the picture. */
  async drop(...paths: readonly string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
    }
  }

  /** The longest time for which the window's page and the main process did nothing else while `work` went on, milliseconds. */
  async longestStalls(work: () => Promise<void>): Promise<{ readonly page: number; readonly main: number }> {
    // Both look every few milliseconds how long ago they looked last.
    const watch = () => {
      const stall = { longest: 0, latest: performance.now() };
      const timer = setInterval(() => {
        const now = performance.now();
        stall.longest = Math.max(stall.longest, now - stall.latest);
        stall.latest = now;
      }, 5);
      Object.assign(globalThis, { stall, stopWatching: () => clearInterval(timer) });
    };
    const told = () => {
      const { stall, stopWatching } = globalThis as unknown as { stall: { longest: number }; stopWatching: () => void };
      stopWatching();
      return stall.longest;
    };
    await Promise.all([this.page.evaluate(watch), this.main.run(watch)]);
    await work();
    const [page, main] = await Promise.all([this.page.evaluate(told), this.main.run(told)]);
    return { page, main };
  }

  /** How much longer an answer takes than on a machine with nothing else to do, milliseconds: what limits of time allow for. */
  async lag(): Promise<number> {
    const { page, main } = await this.longestStalls(() => this.page.waitForTimeout(1000));
    return Math.max(page, main);
  }

  /** What the system shows above the window. */
  windowTitle(): Promise<string | undefined> {
    return this.main.run(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  }

  /** Ends the engine process as a crash would. */
  killEngine(): Promise<void> {
    return this.main.killProcess('Utility', 'Inpaint Studio Engine');
  }

  /** Waits until everything that was done is on the disk, as the status bar says it. */
  async keptAll(): Promise<void> {
    await expect(this.page.locator('.autosave[data-kept="all"]')).toBeVisible();
  }

  /** Memory that each kind of process holds, kilobytes, after garbage was collected where that can be asked for. */
  async memory(): Promise<Record<string, number>> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('HeapProfiler.enable');
    for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
    await session.detach();
    let metrics = await this.workingSets();
    for (let before = Infinity; sum(metrics) < SETTLED * before; metrics = await this.workingSets()) {
      before = sum(metrics);
      // Freed memory goes back to the system within seconds.
      await this.page.waitForTimeout(6000);
    }
    return Object.fromEntries(metrics.map(([type, kilobytes], index) => [`${type} ${index}`, kilobytes]));
  }

  /** Without the decoder, which ends by itself when it has had nothing to do for a minute. */
  private workingSets(): Promise<readonly (readonly [string, number])[]> {
    return this.main.run(({ app }) =>
      app
        .getAppMetrics()
        .filter(({ name, serviceName }) => ![name, serviceName].includes('Inpaint Studio Decoder'))
        .map(({ type, memory }) => [type, memory.workingSetSize] as const),
    );
  }

  /** All its processes, without asking them. */
  pids(): Promise<readonly number[]> {
    return processTree(this.rootPid);
  }

  /**
   * Ends the whole program at once, as a power cut would: nothing of it can write anything any more. `known`: its
   * processes, for a test that has no time to look for them.
   */
  async kill(known?: readonly number[]): Promise<void> {
    const pids = known ?? (await this.pids());
    killAll(pids);
    await ended(pids);
  }

  /** What went wrong in the page without anybody seeing it. */
  hiddenErrors(): readonly string[] {
    return this.errors;
  }
}
