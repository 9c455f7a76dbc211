import { type BrowserWindow, screen } from 'electron';
import type { Size } from '../shared/geometry';

/**
 * Shows the page of a window larger or smaller, and keeps the window as large as it then needs.
 * @param scale 1: as the system has it
 * @param smallest size that the page has room in at a scale of 1, CSS pixels
 */
export function scaleInterface(window: BrowserWindow | null, scale: number, smallest: Size): void {
  if (!window || window.isDestroyed()) return;
  const { workArea } = screen.getDisplayMatching(window.getBounds());
  const factor = fittingScale(scale, smallest, workArea);
  window.webContents.setZoomFactor(factor);
  window.setMinimumSize(Math.ceil(smallest.width * factor), Math.ceil(smallest.height * factor));
}

/** The wanted scale, or the largest with which the page still has room on a display; enlarging alone can need more than there is. */
export function fittingScale(scale: number, smallest: Size, display: Size): number {
  const room = Math.min(display.width / smallest.width, display.height / smallest.height);
  return Math.min(scale, Math.max(1, room));
}
