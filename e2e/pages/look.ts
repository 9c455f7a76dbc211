import type { Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

export type Theme = 'light' | 'dark';

/** A size of the page, CSS pixels, and display pixels for one of them. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly density: number;
}

/** What draws the window: its version, and the font family that its text is really in. */
export interface DrawnWith {
  readonly platform: string;
  readonly electron: string;
  readonly font: string;
}

/** How the window looks: its theme and its screen, whatever the machine's own are. */
export class Look {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async wear(theme: Theme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    // Colours change by transitions, however short; ending one begins those that are handed down from it.
    await this.page.evaluate(() => {
      const moving = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      for (let depth = 0; depth < 50 && moving().length > 0; depth++) for (const each of moving()) each.finish();
    });
  }

  async fit({ width, height, density }: Screen): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const metrics = { width, height, deviceScaleFactor: density, mobile: false };
    await session.send('Emulation.setDeviceMetricsOverride', metrics);
  }

  /** Waits until another size has been drawn. */
  async rest(): Promise<void> {
    await this.page.waitForTimeout(700);
  }

  /** Presses a button of the tour's card. */
  async tourButton(name: string): Promise<void> {
    await this.page.locator('.tour-mark').getByRole('button', { name, exact: true }).click();
  }

  async openMore(): Promise<void> {
    await this.page.getByRole('button', { name: texts.window.more, exact: true }).click();
  }

  /** Rests the pointer on a button until its tooltip is there. */
  async hover(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).hover();
    await this.page.getByRole('tooltip').waitFor();
  }

  async drawnWith(): Promise<DrawnWith> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root } = await session.send('DOM.getDocument');
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '.tip-size-label' });
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    await session.detach();
    const agent = await this.page.evaluate(() => navigator.userAgent);
    return {
      platform: process.platform,
      electron: /Electron\/([\d.]+)/.exec(agent)?.[1] ?? 'unknown',
      font: fonts.map(({ familyName }) => familyName).join(', '),
    };
  }

  async photograph(): Promise<Buffer> {
    return this.page.screenshot({ animations: 'disabled', caret: 'hide' });
  }
}
