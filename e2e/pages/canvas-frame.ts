import { expect, type Locator, type Page } from '@playwright/test';
import type { CanvasSide } from '../../src/shared/canvas-frame';
import { texts } from '../../src/renderer/texts';

/** The frame around the picture while its canvas is changed, and its numbers. */
export class CanvasFrame {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Drags the handle in the middle of an edge by CSS pixels. */
  async drag(side: CanvasSide, by: { readonly x: number; readonly y: number }): Promise<void> {
    const handle = this.page.getByRole('button', { name: texts.canvas.handle(texts.canvas.sides[side]) });
    const box = await handle.boundingBox();
    if (!box) throw new Error('the handle is not seen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + by.x, y + by.y, { steps: 4 });
    await this.page.mouse.up();
  }

  margin(side: CanvasSide): Locator {
    return this.page.getByLabel(texts.canvas.side(texts.canvas.sides[side]));
  }

  /** Waits until the frame is of this size. */
  async is(width: number, height: number): Promise<void> {
    await expect(this.page.locator('.canvas-size')).toHaveText(texts.canvas.size(width, height));
  }

  async isAway(): Promise<void> {
    await expect(this.page.locator('.canvas-frame')).toHaveCount(0);
  }
}
