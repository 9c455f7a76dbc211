import { expect, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';
import type { MainProcess } from './main-process';

interface Dragged {
  readonly file: string;
  /** Whether there is something to see under the pointer. */
  readonly isSeen: boolean;
}

/** The result as it is dragged out of the window. The system's own part of a drag cannot be played, and is left out. */
export class ResultDrag {
  private readonly page: Page;
  private readonly main: MainProcess;

  constructor(page: Page, main: MainProcess) {
    this.page = page;
    this.main = main;
  }

  /** Drags the handle away. @returns what the system has been given */
  async out(): Promise<Dragged> {
    await this.main.run(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0];
      webContents.startDrag = (item: unknown) => {
        const { file, icon } = item as { file: string; icon: { isEmpty: () => boolean } };
        Object.assign(globalThis, { dragged: { file, isSeen: !icon.isEmpty() } });
      };
    });
    const handle = this.page.getByRole('button', { name: texts.panels.dragOut });
    await handle.hover();
    await this.page.mouse.down();
    await this.page.mouse.move(600, 500, { steps: 4 });
    // The button stays down until the file is written.
    await expect.poll(() => this.dragged(), { timeout: 60_000 }).not.toBeNull();
    await this.page.mouse.up();
    return (await this.dragged()) ?? { file: '', isSeen: false };
  }

  private dragged(): Promise<Dragged | null> {
    return this.main.run(() => (globalThis as unknown as { dragged?: Dragged }).dragged ?? null);
  }
}
