import { expect, type Locator, type Page } from '@playwright/test';
import { texts } from '../../src/renderer/texts';

/** What lies over the picture to look at it: the line of a split, the difference, the overview map, the turn. */
export class View {
  private readonly page: Page;
  private readonly line: Locator;
  readonly map: Locator;

  constructor(page: Page) {
    this.page = page;
    this.line = page.getByRole('slider', { name: texts.compare.line });
    this.map = page.locator('.minimap');
  }

  /** Per cent of the width that lie left of the line. */
  async splitAt(): Promise<number> {
    return Number(await this.line.getAttribute('aria-valuenow'));
  }

  async isSplit(): Promise<boolean> {
    return this.line.isVisible();
  }

  /** Waits until the line stands between these two. */
  async compares(left: string, right: string): Promise<void> {
    await expect(this.page.locator('.split-left')).toHaveText(left);
    await expect(this.page.locator('.split-right')).toHaveText(right);
  }

  async comparesNothing(): Promise<void> {
    await expect(this.line).toBeHidden();
  }

  /** Drags the line by screen pixels. */
  async dragLine(dx: number): Promise<void> {
    const box = await this.line.boundingBox();
    if (!box) throw new Error('there is no line');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + dx, y + 20, { steps: 5 });
    await this.page.mouse.up();
  }

  async moveLine(key: string): Promise<void> {
    await this.line.focus();
    await this.page.keyboard.press(key);
  }

  async setGain(gain: number): Promise<void> {
    await this.page.locator('.difference-gain select').selectOption(String(gain));
  }

  /** Clicks the overview map at a part of its sides. */
  async goTo(x: number, y: number): Promise<void> {
    const box = await this.map.boundingBox();
    if (!box) throw new Error('there is no overview map');
    await this.page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }

  /** Degrees, as the button that sets the view upright says it. */
  async turned(): Promise<number> {
    const shown = this.page.locator('.rotation');
    return (await shown.isVisible()) ? parseFloat(await shown.innerText()) : 0;
  }

  async isTurned(degrees: number): Promise<void> {
    await expect.poll(() => this.turned()).toBe(degrees);
  }

  /** Touches with two fingers, and moves them; screen pixels of the window. */
  async touch(...steps: (readonly (readonly [number, number])[])[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const points = (step: readonly (readonly [number, number])[]) => step.map(([x, y], id) => ({ x, y, id }));
    for (const [index, step] of steps.entries()) {
      const type = index === 0 ? 'touchStart' : 'touchMove';
      await session.send('Input.dispatchTouchEvent', { type, touchPoints: points(step) });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }
}
