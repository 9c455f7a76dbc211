import type { Size } from '../../shared/geometry';
import type { WindowSettings } from '../../shared/protocol';
import type { MainLink } from '../link/main-link';
import type { AppStore } from './app-state';
import type { Notices } from './notices';

/** A slider sends a change per step: they are written together. */
const WRITE_AFTER_MS = 400;
export const BRUSH = { least: 1, most: 2000, step: 1.25 };

/** Settings that outlive the window: shown at once, written a little later. */
export class Preferences {
  private waiting: Partial<WindowSettings> = {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly store: AppStore;
  private readonly main: MainLink;
  private readonly notices: Notices;

  constructor(store: AppStore, main: MainLink, notices: Notices) {
    this.store = store;
    this.main = main;
    this.notices = notices;
  }

  async load(): Promise<void> {
    this.store.setState({ settings: await this.main.call('settings:get', undefined) });
  }

  change(change: Partial<WindowSettings>): void {
    this.store.setState(({ settings }) => ({ settings: { ...settings, ...change } }));
    this.waiting = { ...this.waiting, ...change };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.write(), WRITE_AFTER_MS);
  }

  setBrushSize(size: number): void {
    this.change({ brushSize: Math.round(Math.min(BRUSH.most, Math.max(BRUSH.least, size))) });
  }

  /** A tip chosen for a huge photo would cover a small one with a click. */
  fitBrush(picture: Size): void {
    const most = Math.max(BRUSH.least, Math.min(picture.width, picture.height) / 4);
    if (this.store.getState().settings.brushSize > most) this.setBrushSize(most);
  }

  /** A step up or down: a quarter, and at least a pixel. */
  stepBrush(direction: 1 | -1): void {
    const { brushSize } = this.store.getState().settings;
    const next =
      direction > 0 ? Math.max(brushSize + 1, brushSize * BRUSH.step) : Math.min(brushSize - 1, brushSize / BRUSH.step);
    this.setBrushSize(next);
  }

  private async write(): Promise<void> {
    const change = this.waiting;
    this.waiting = {};
    try {
      await this.main.call('settings:change', change);
    } catch (error) {
      this.notices.error(error);
    }
  }
}
