import { type CDPSession, expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { fitView, toScreen, type Viewport } from '../../src/renderer/canvas/viewport';
import type { Point, Size } from '../../src/shared/geometry';

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** The picture in the window. Points are in pixels of the picture; the window must show it fitted. */
export class Picture {
  private readonly page: Page;
  private readonly stage: Locator;
  private size: Size = { width: 1024, height: 683 };
  /** Made when first needed: a pen and a finger are no mouse of Playwright's. */
  private devTools: Promise<CDPSession> | null = null;

  constructor(page: Page) {
    this.page = page;
    this.stage = page.locator('.canvas-view');
  }

  /** Waits until the picture is drawn: its tiles have arrived and the window has come to rest. */
  async settled(): Promise<void> {
    const words = await this.page.locator('.status-bar').innerText();
    const [, width, height] = /(\d+) × (\d+) px/.exec(words) ?? [];
    this.size = { width: Number(width), height: Number(height) };
    await this.page.mouse.move(4, 400);
    let before: Buffer = Buffer.alloc(0);
    await expect
      .poll(async () => {
        const now = await this.stage.screenshot();
        const same = now.equals(before);
        before = now;
        return same;
      })
      .toBe(true);
  }

  /** Draws along these points with the mouse; with a key held when it is named last. */
  async drag(...way: (Point | 'Shift' | 'Alt')[]): Promise<void> {
    const points = way.filter((part): part is Point => typeof part !== 'string');
    const keys = way.filter((part) => typeof part === 'string');
    const [first, ...rest] = await Promise.all(points.map((point) => this.onScreen(point)));
    for (const key of keys) await this.page.keyboard.down(key);
    await this.page.mouse.move(first.x, first.y);
    await this.page.mouse.down();
    for (const point of rest) await this.page.mouse.move(point.x, point.y, { steps: 6 });
    await this.page.mouse.up();
    for (const key of keys) await this.page.keyboard.up(key);
  }

  async click(point: Point, ...modifiers: ('Shift' | 'Alt')[]): Promise<void> {
    const at = await this.onScreen(point);
    for (const key of modifiers) await this.page.keyboard.down(key);
    await this.page.mouse.click(at.x, at.y);
    for (const key of modifiers) await this.page.keyboard.up(key);
  }

  /** Draws along these points with a pen, pressed as hard as it says (0..1). */
  async pen(pressure: number, ...way: readonly Point[]): Promise<void> {
    const [first, ...rest] = way;
    await this.penTo('mousePressed', first, pressure);
    for (const point of rest) await this.penTo('mouseMoved', point, pressure);
    await this.penTo('mouseReleased', rest.at(-1) ?? first, 0);
  }

  /** A single event of a pen; moved without pressure, it hovers. */
  async penTo(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', point: Point, pressure: number): Promise<void> {
    const { x, y } = await this.onScreen(point);
    const held = { button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1 } as const;
    const hovering = { button: 'none', buttons: 0 } as const;
    const session = await this.session();
    const buttons = type === 'mouseMoved' && pressure === 0 ? hovering : held;
    await session.send('Input.dispatchMouseEvent', { type, x, y, force: pressure, pointerType: 'pen', ...buttons });
  }

  /** Puts a finger down, moves it through these points, or lifts it. */
  async finger(type: 'touchStart' | 'touchMove' | 'touchEnd', ...way: readonly Point[]): Promise<void> {
    const session = await this.session();
    if (type === 'touchEnd') await session.send('Input.dispatchTouchEvent', { type, touchPoints: [] });
    for (const point of way) {
      const { x, y } = await this.onScreen(point);
      await session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y, id: 0 }] });
    }
  }

  /** Where the status bar says the pointer is. */
  async pointer(): Promise<Point> {
    // It is written a moment later, by a timer of the page: one of the page's own that is longer comes after it on any machine.
    await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)));
    const [x, y] = (await this.page.locator('.cursor-place').innerText()).split(', ').map(Number);
    return { x, y };
  }

  async moveTo(point: Point): Promise<void> {
    const at = await this.onScreen(point);
    await this.page.mouse.move(at.x, at.y);
  }

  /** Presses the right button at a point, and moves it by screen pixels before it is let go. */
  async rightDrag(point: Point, dx = 0, dy = 0, ...keys: readonly 'Alt'[]): Promise<void> {
    const at = await this.onScreen(point);
    for (const key of keys) await this.page.keyboard.down(key);
    await this.page.mouse.move(at.x, at.y);
    await this.page.mouse.down({ button: 'right' });
    if (dx !== 0 || dy !== 0) await this.page.mouse.move(at.x + dx, at.y + dy, { steps: 6 });
    await this.page.mouse.up({ button: 'right' });
    for (const key of keys) await this.page.keyboard.up(key);
  }

  async wheel(amount: number): Promise<void> {
    await this.page.mouse.wheel(0, amount);
  }

  /** Drags from the middle of the stage, screen pixels: with the middle button, or with the left one and Space. */
  async moveBy(dx: number, dy: number, by: 'middle button' | 'space'): Promise<void> {
    const button = by === 'space' ? 'left' : 'middle';
    const box = await this.box();
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    await this.page.mouse.move(x, y);
    if (by === 'space') await this.page.keyboard.down(' ');
    await this.page.mouse.down({ button });
    await this.page.mouse.move(x + dx, y + dy, { steps: 4 });
    await this.page.mouse.up({ button });
    if (by === 'space') await this.page.keyboard.up(' ');
  }

  /** The picture point in the middle of the stage. */
  async middle(): Promise<Point> {
    const box = await this.box();
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    return this.pointer();
  }

  async zoom(): Promise<number> {
    return parseFloat(await this.page.locator('.zoom-value').innerText());
  }

  /** The colour on the screen around a point, with everything that lies over the picture but the pointer. */
  async colourAt(point: Point): Promise<Colour> {
    await this.page.mouse.move(4, 400);
    return this.colourNow(point);
  }

  /** How many columns of a stripe across the stage's middle are darker than both their neighbours by a clear step. */
  async darkLines(): Promise<number> {
    const box = await this.box();
    await this.page.mouse.move(4, 400);
    await this.nextFrame();
    const shot = await this.page.screenshot();
    const [width, height] = [400, 12];
    const area = { left: Math.round(box.x + box.width / 2 - 200), top: Math.round(box.y + box.height / 2) };
    const pixels = await sharp(shot)
      .extract({ ...area, width, height })
      .greyscale()
      .raw()
      .toBuffer();
    const column = (x: number) => {
      let sum = 0;
      for (let y = 0; y < height; y++) sum += pixels[y * width + x];
      return sum / height;
    };
    const columns = Array.from({ length: width }, (_, x) => column(x));
    return columns.filter((value, x) => value < (columns[x - 1] ?? 0) - 10 && value < (columns[x + 1] ?? 0) - 10)
      .length;
  }

  /** Waits until the screen has this colour at a point, without moving the pointer. */
  async resembles(point: Point, colour: Colour, tolerance: number): Promise<void> {
    await expect.poll(async () => colourDistance(await this.colourNow(point), colour)).toBeLessThan(tolerance);
  }

  /** The same of several points at one moment. */
  async coloursAt(points: readonly Point[]): Promise<readonly Colour[]> {
    await this.page.mouse.move(4, 400);
    await this.nextFrame();
    const shot = await this.page.screenshot();
    return Promise.all(points.map((point) => this.colourIn(shot, point)));
  }

  private async colourNow(point: Point): Promise<Colour> {
    await this.nextFrame();
    return this.colourIn(await this.page.screenshot(), point);
  }

  private async colourIn(shot: Buffer, point: Point): Promise<Colour> {
    const at = await this.onScreen(point);
    const area = { left: Math.round(at.x) - 1, top: Math.round(at.y) - 1, width: 3, height: 3 };
    // (`stats` would look at the whole screenshot: it does not know of `extract`.)
    const pixels = await sharp(shot).extract(area).removeAlpha().raw().toBuffer();
    const mean = (channel: number) =>
      pixels.reduce((sum, value, index) => (index % 3 === channel ? sum + value : sum), 0) / (pixels.length / 3);
    return { red: mean(0), green: mean(1), blue: mean(2) };
  }

  /** What was drawn is on the screen: drawing happens in one frame, showing it in the next. */
  private async nextFrame(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  private session(): Promise<CDPSession> {
    this.devTools ??= this.page.context().newCDPSession(this.page);
    return this.devTools;
  }

  private async onScreen(point: Point): Promise<Point> {
    const box = await this.box();
    const at = toScreen(this.view(box), point);
    return { x: box.x + at.x, y: box.y + at.y };
  }

  private view(stage: Size): Viewport {
    return fitView(this.size, stage);
  }

  private async box() {
    const box = await this.stage.boundingBox();
    if (!box) throw new Error('the picture is not in the window');
    return box;
  }
}

/** Largest difference of a channel, 0..255. */
export function colourDistance(a: Colour, b: Colour): number {
  return Math.max(Math.abs(a.red - b.red), Math.abs(a.green - b.green), Math.abs(a.blue - b.blue));
}
