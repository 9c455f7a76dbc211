import type { Size } from '../../../shared/geometry';
import type { WindowSettings } from '../../../shared/protocol/settings';
import type { MainLink } from '../../link/main-link';
import type { ShellStore } from './shell-slice';
import type { Notices } from './notices';

export const BRUSH = { least: 1, most: 2000, step: 1.25 };

/** Settings that outlive the window: shown at once, and told to main at once, which writes them when they rest. */
export class Preferences {
  private readonly store: ShellStore;
  private readonly main: MainLink;
  private readonly notices: Notices;
  /** A person's own, while others are shown. */
  private own: WindowSettings | null = null;

  constructor(store: ShellStore, main: MainLink, notices: Notices) {
    this.store = store;
    this.main = main;
    this.notices = notices;
  }

  async load(): Promise<void> {
    this.store.setState({ settings: await this.main.call('settings:get', undefined) });
  }

  change(change: Partial<WindowSettings>): void {
    if (this.own) this.own = { ...this.own, ...change };
    this.store.setState(({ settings }) => ({ settings: { ...settings, ...change } }));
    // Not later: the window may be closed in the next moment.
    void this.tell(change);
  }

  /** Shows others in the place of a person's own, which stay what is kept; null: the own again. */
  show(others: Partial<WindowSettings> | null): void {
    const own = this.own ?? this.store.getState().settings;
    if (others === null && this.own === null) return;
    this.own = others && own;
    this.store.setState({ settings: { ...own, ...others } });
  }

  setBrushSize(size: number): void {
    this.change({ brushSize: Math.round(Math.min(BRUSH.most, Math.max(BRUSH.least, size))) });
  }

  /** Size, picture pixels, and hardness, 0..1; what is beyond is cut off. */
  setTip(size: number, hardness: number): void {
    this.setBrushSize(size);
    const kept = Math.min(1, Math.max(0, hardness));
    if (kept !== this.store.getState().settings.hardness) this.change({ hardness: kept });
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

  private async tell(change: Partial<WindowSettings>): Promise<void> {
    try {
      await this.main.call('settings:change', change);
    } catch (error) {
      this.notices.error(error);
    }
  }
}
