import { texts } from '../src/renderer/texts';
import type { Point } from '../src/shared/geometry';
import type { StudioWindow } from './pages/studio-window';

/** Fills a disc of the sample, which a new window opens. */
export async function fillSample(studio: StudioWindow, at: Point, tipSize: number): Promise<void> {
  await studio.shows('Sample');
  await fillDisc(studio, at, tipSize);
}

/** Fills a disc as quickly as the program can: what a flow starts from that is about something filled. */
export async function fillDisc(studio: StudioWindow, at: Point, tipSize: number): Promise<void> {
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.setTipSize(tipSize);
  await studio.picture.click(at);
  await studio.press('Enter');
  await studio.fill.isDone();
}
