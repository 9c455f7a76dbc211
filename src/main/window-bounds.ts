import { intersect, type Rect } from '../shared/geometry';

export const DEFAULT_WINDOW = { width: 1280, height: 800 } as const;
/** What a display of 1920 x 1080 pixels has room for at 200 %, with a bar of the system's. */
export const SMALLEST_WINDOW = { width: 960, height: 480 } as const;
/** This much of a window's title bar must be on a screen, or the person could not move it. */
const GRIP = { width: 120, height: 40 } as const;

/**
 * Where to put the window: the remembered bounds where they still lie on a display, moved or shrunk to fit where they
 * do not quite; otherwise centred on the first display. `workAreas` are the displays without their task bars.
 */
export function windowBounds(remembered: Rect | null, workAreas: readonly Rect[]): Rect {
  const first = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT_WINDOW };
  if (remembered && Object.values(remembered).every(Number.isFinite)) {
    const home = workAreas.find((area) => showsTitleBar(remembered, area));
    if (home) {
      const width = clamp(Math.round(remembered.width), SMALLEST_WINDOW.width, home.width);
      const height = clamp(Math.round(remembered.height), SMALLEST_WINDOW.height, home.height);
      // A window that was shrunk may have left the display.
      const x = clamp(Math.round(remembered.x), home.x - width + GRIP.width, home.x + home.width - GRIP.width);
      return { x, y: Math.max(home.y, Math.round(remembered.y)), width, height };
    }
  }
  const width = Math.min(DEFAULT_WINDOW.width, first.width);
  const height = Math.min(DEFAULT_WINDOW.height, first.height);
  return {
    x: first.x + Math.floor((first.width - width) / 2),
    y: first.y + Math.floor((first.height - height) / 2),
    width,
    height,
  };
}

function showsTitleBar(window: Rect, area: Rect): boolean {
  const bar = intersect({ ...window, height: GRIP.height }, area);
  return bar.width >= GRIP.width && bar.height >= GRIP.height / 2;
}

/** The upper limit wins over the lower one: a display may be smaller than the smallest window. */
function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
