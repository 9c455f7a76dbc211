import { type ElectronApplication, expect } from '@playwright/test';

type Electron = typeof Electron.CrossProcessExports;
/** Answers with plain data at once, not with a promise. */
type Work<A, R> = (electron: Electron, arg: A) => R;

/** How Playwright says that V8 has thrown away the promise through which an answer was to come. */
const ANSWER_LOST = 'Resulting promise was garbage collected';

/** What only a test does in the app's main process. */
export class MainProcess {
  private readonly app: ElectronApplication;
  private asked = 0;

  constructor(app: ElectronApplication) {
    this.app = app;
  }

  /**
   * Runs `work` there, once. `app.evaluate` alone cannot promise its answer: a process that collects garbage at the wrong
   * moment has run the function and lost what it returned (https://github.com/microsoft/playwright/issues/33737). So answers
   * are kept there, and asked for again.
   */
  async run<R>(work: Work<undefined, R>): Promise<R>;
  async run<A, R>(work: Work<A, R>, arg: A): Promise<R>;
  async run<A, R>(work: Work<A, R>, arg?: A): Promise<R> {
    const question = { id: this.asked++, source: String(work), arg };
    for (;;) {
      try {
        return (await this.app.evaluate(answer, question)) as R;
      } catch (error) {
        if (!(error as Error).message.includes(ANSWER_LOST)) throw error;
      }
    }
  }

  /** Ends one of the app's processes as a crash would: the one that draws ("GPU"), the window's page ("Tab"), or a worker by its name. */
  async killProcess(kind: 'GPU' | 'Tab' | 'Utility', called?: string): Promise<void> {
    const found = await this.run(
      ({ app }, { kind: type, called: name }) =>
        app.getAppMetrics().filter((each) => each.type === type && (name === undefined || each.name === name)),
      { kind, called },
    );
    expect(found, `processes of kind ${kind}`).toHaveLength(1);
    process.kill(found[0].pid, 'SIGKILL');
  }

  /** The window as it is on the screen, a PNG; it needs no page that answers. */
  async seen(): Promise<Buffer> {
    await this.run(({ BrowserWindow }) => {
      const kept = globalThis as { seen?: string };
      delete kept.seen;
      const keep = (png: string): void => void (kept.seen = png);
      const [window] = BrowserWindow.getAllWindows();
      window.webContents.capturePage().then(
        (picture) => keep(picture.toPNG().toString('base64')),
        () => keep(''),
      );
    });
    let png: string | null = null;
    await expect
      .poll(async () => (png = await this.run(() => (globalThis as { seen?: string }).seen ?? null)))
      .not.toBeNull();
    return Buffer.from(png ?? '', 'base64');
  }

  /** The file or folder that is chosen when the system asks for one to open, from now on. */
  async answerOpenDialog(path: string): Promise<void> {
    await this.run(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, path);
  }

  /** Nobody has to close what the system says from now on. */
  async closeMessages(): Promise<void> {
    await this.run(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    });
  }

  /** The place that is chosen when the system asks where to save, from now on. */
  async answerSaveDialog(path: string): Promise<void> {
    await this.run(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
  }

  /** Stops the process that has decoded a picture and waits for the next, so that this one hangs. One is not stopped while it starts: what starts it would hang as well. */
  async holdDecoders(): Promise<void> {
    const stopped = () =>
      this.run(({ app }) => {
        const decoders = app.getAppMetrics().filter(({ name }) => name === 'Inpaint Studio Decoder');
        for (const { pid } of decoders) process.kill(pid, 'SIGSTOP');
        return decoders.length;
      }, null);
    await expect.poll(stopped).toBeGreaterThan(0);
  }

  /** Presses this button of every message box from now on. @returns the messages that were shown since */
  async answerQuestion(button: string): Promise<() => Promise<readonly string[]>> {
    await this.run(({ dialog }, label) => {
      const shown: string[] = [];
      Object.assign(globalThis, { shownMessages: shown });
      // The window comes first, or is left out.
      dialog.showMessageBox = (...given: unknown[]) => {
        const { message, buttons = [] } = given.at(-1) as { message: string; buttons?: readonly string[] };
        shown.push(message);
        return Promise.resolve({ response: buttons.indexOf(label), checkboxChecked: false });
      };
    }, button);
    return () => this.run(() => (globalThis as unknown as { shownMessages: string[] }).shownMessages);
  }
}

function answer(electron: Electron, { id, source, arg }: { id: number; source: string; arg: unknown }): unknown {
  const kept = ((globalThis as { answers?: Map<number, unknown> }).answers ??= new Map<number, unknown>());
  if (!kept.has(id)) {
    // A function goes there as its text, as Playwright sends it itself.
    const work = (0, eval)(`(${source})`) as Work<unknown, unknown>;
    kept.set(id, work(electron, arg));
  }
  return kept.get(id);
}
