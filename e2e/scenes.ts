import { texts } from '../src/renderer/texts';
import type { StudioWindow } from './pages/studio-window';

/** A state of the window, reached from the one before it. */
export interface Scene {
  readonly name: string;
  readonly enter: (studio: StudioWindow) => Promise<void>;
  readonly leave?: (studio: StudioWindow) => Promise<void>;
}

const escape = (studio: StudioWindow) => studio.press('Escape');

/** A newcomer's way through the window, then every dialog and menu: from the sample to a second fill. */
export const SCENES: readonly Scene[] = [
  { name: 'tour-1-paint', enter: (studio) => studio.shows('Sample') },
  { name: 'tour-2-source', enter: (studio) => studio.picture.drag({ x: 470, y: 500 }, { x: 600, y: 510 }) },
  { name: 'tour-3-fill', enter: (studio) => studio.look.tourButton(texts.tour.steps.source.skip) },
  {
    name: 'filling',
    enter: async (studio) => {
      await studio.messages.engineRuns();
      await studio.fill.press();
      await studio.fill.reaches('preparing');
    },
  },
  { name: 'tour-4-keep', enter: (studio) => studio.fill.isDone() },
  {
    name: 'edits',
    enter: async (studio) => {
      await studio.look.tourButton(texts.tour.steps.keep.skip);
      await studio.side.chooseQuality(texts.panels.qualities[256].title);
      await studio.picture.click({ x: 820, y: 500 });
      await studio.press('Enter');
      await studio.fill.isDone();
    },
  },
  { name: 'source', enter: (studio) => paintSource(studio) },
  { name: 'wand', enter: (studio) => studio.choose('wand') },
  {
    name: 'german',
    enter: (studio) => studio.menu('language-de'),
    leave: (studio) => studio.menu('language-en'),
  },
  { name: 'split', enter: (studio) => studio.menu('split'), leave: (studio) => studio.menu('split') },
  { name: 'commands', enter: (studio) => studio.press('Control+k'), leave: escape },
  { name: 'more', enter: (studio) => studio.look.openMore(), leave: escape },
  { name: 'shortcuts', enter: (studio) => studio.press('F1'), leave: escape },
  { name: 'save-as', enter: (studio) => studio.menu('save-as'), leave: escape },
  {
    name: 'library',
    enter: async (studio) => {
      await studio.press('Control+Shift+l');
      await studio.library.isTried();
    },
    leave: escape,
  },
  {
    name: 'repair',
    enter: async (studio) => {
      await studio.press('Shift+Enter');
      await studio.repair.surroundings();
    },
    leave: escape,
  },
  { name: 'question', enter: (studio) => studio.menu('open-sample'), leave: escape },
  { name: 'tooltip', enter: (studio) => studio.look.hover(texts.tools.brush.title) },
];

async function paintSource(studio: StudioWindow): Promise<void> {
  await studio.choose('brush');
  await studio.picture.click({ x: 480, y: 600 });
  await studio.choose('include');
  await studio.setTipSize(80);
  await studio.picture.drag({ x: 200, y: 560 }, { x: 360, y: 600 });
  await studio.choose('exclude');
  await studio.picture.drag({ x: 650, y: 620 }, { x: 800, y: 620 });
}
