import { type BrowserWindow, clipboard, dialog } from 'electron';
import { canFill, computerReport } from '../shared/computer-report';
import { wordsOf, toErrorReport } from '../shared/error-texts';
import type { Language } from '../shared/language';
import { type EngineHost } from './engine-host';
import { texts } from './texts';

/** More than 1 shows that something goes on, without an end in sight. */
const ENDLESS = 2;
const NOTHING = -1;

/** Tries what fills can run on, and shows the report, which can be copied. One at a time. */
export class ComputerCheckDialog {
  private running = false;

  constructor(
    private readonly window: BrowserWindow,
    private readonly engine: Pick<EngineHost<Electron.MessagePortMain>, 'request'>,
    private readonly language: () => Language,
  ) {}

  async show(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.window.setProgressBar(ENDLESS);
    try {
      const check = await this.engine.request('checkComputer', undefined).finally(() => {
        if (!this.window.isDestroyed()) this.window.setProgressBar(NOTHING);
      });
      const report = computerReport(check, this.language());
      const { dialogs } = texts;
      const { response } = await dialog.showMessageBox(this.window, {
        type: 'info',
        message: canFill(check) ? dialogs.canFill : dialogs.cannotFill,
        detail: `${report}\n\n${dialogs.reportNote}`,
        buttons: [dialogs.copyReport, dialogs.closeReport],
        defaultId: 0,
        cancelId: 1,
      });
      // A promise since Electron 44; whoever does not find the report can copy it again.
      if (response === 0) void clipboard.writeText(report);
    } catch (thrown) {
      const error = toErrorReport(thrown);
      const { message, remedy } = wordsOf(error, this.language()) ?? error;
      await dialog.showMessageBox(this.window, { type: 'warning', message, detail: remedy });
    } finally {
      this.running = false;
    }
  }
}
