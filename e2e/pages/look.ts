import type { Page } from '@playwright/test';

export type Theme = 'light' | 'dark';

/** A size of the page, CSS pixels, and display pixels for one of them. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly density: number;
}

/** How the window looks: its theme and its screen, whatever the machine's own are. */
export class Look {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async wear(theme: Theme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  }

  async fit({ width, height, density }: Screen): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const metrics = { width, height, deviceScaleFactor: density, mobile: false };
    await session.send('Emulation.setDeviceMetricsOverride', metrics);
  }

  async photograph(): Promise<Buffer> {
    return this.page.screenshot({ animations: 'disabled', caret: 'hide' });
  }
}
