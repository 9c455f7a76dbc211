import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import { brush } from '../src/renderer/tools/brush';
import { fillDisc } from './filled-disc';
import { brokenPhotoIn, photoIn, photosToTrainOn } from './photo';
import { escape, menu, pageOf, type Scene, type Stage } from './scene';

const HOLE = { x: 820, y: 500 };
/** Screen pixels. */
const HOLE_FROM_MIDDLE = 265;
const press =
  (keys: string) =>
  ({ studio }: Stage) =>
    studio.press(keys);

/** A newcomer's way through the window: from the sample to a second fill. */
const FIRST_STEPS: readonly Scene[] = [
  {
    name: 'tour-1-paint',
    large: true,
    title: 'A first start: the tour, step 1',
    enter: ({ studio }) => studio.shows('Sample'),
  },
  {
    name: 'tour-2-source',
    title: 'Step 2: where patches may come from (can be skipped)',
    enter: ({ studio }) => studio.picture.drag({ x: 470, y: 500 }, { x: 600, y: 510 }),
  },
  {
    name: 'tour-3-fill',
    title: 'Step 3: fill',
    enter: ({ studio }) => studio.look.tourButton(texts.tour.steps.source.skip),
  },
  {
    name: 'filling',
    title: 'While a fill runs',
    enter: async ({ studio }) => {
      await studio.messages.engineRuns();
      await studio.fill.press();
      await studio.fill.reaches('preparing');
    },
  },
  { name: 'tour-4-keep', title: 'Step 4: compare and save', enter: ({ studio }) => studio.fill.isDone() },
  {
    name: 'edits',
    large: true,
    title: 'Two fills in the list of edits',
    enter: async ({ studio }) => {
      await studio.look.tourButton(texts.tour.steps.keep.skip);
      await fillDisc(studio, HOLE, 90);
    },
  },
];

/** What is done with fills. */
const FILLS: readonly Scene[] = [
  {
    name: 'variants',
    large: true,
    title: 'Variants of a fill',
    enter: async ({ studio }) => {
      await studio.edits.askForMore('3', 'orientation');
      await studio.edits.hasVariants(4);
    },
  },
  {
    name: 'variant-comparison',
    title: 'Two variants, split by a line',
    enter: async ({ studio }) => {
      await studio.edits.fromVariantMenu(2, 'compare');
      await studio.view.compares(texts.variants.name(1), texts.variants.name(2));
      // From the middle of the picture to the fill.
      await studio.view.dragLine(HOLE_FROM_MIDDLE);
    },
    leave: ({ studio }) => studio.edits.chooseVariant(2),
  },
  {
    name: 'inspect',
    title: 'Where a place of a fill came from',
    enter: async ({ studio }) => {
      await studio.choose('inspect');
      await studio.picture.moveTo(HOLE);
      await studio.page.locator('.inspected', { hasText: /\d+, \d+/ }).waitFor();
    },
  },
  {
    name: 'flow',
    large: true,
    title: 'The same as colours over all fills',
    enter: press('Shift+J'),
    leave: press('Shift+J'),
  },
  {
    name: 'split',
    large: true,
    title: 'Before and after, split by a line',
    enter: menu('split'),
    leave: menu('split'),
  },
  {
    name: 'source',
    large: true,
    title: 'What may be used (dotted), what must be avoided, and earlier fills (hatched)',
    enter: paintSource,
  },
  { name: 'wand', title: 'A tool with options of its own', enter: ({ studio }) => studio.choose('wand') },
  {
    name: 'hint',
    large: true,
    title: 'A rough fill with a colour painted into it',
    enter: async ({ studio }) => {
      await studio.menu('stop-at-coarse');
      await studio.press('Enter');
      await studio.fill.waits();
      await studio.choose('hint');
      await studio.hints.paintWith('#3f6f8f');
      await studio.picture.drag({ x: 455, y: 600 }, { x: 505, y: 605 });
    },
    leave: async ({ studio }) => {
      await studio.press('Escape');
      await studio.menu('stop-at-coarse');
    },
  },
];

/** Everything that opens over the window. */
const DIALOGS: readonly Scene[] = [
  { name: 'commands', title: 'Every command by its name (Ctrl+K)', enter: press('Control+k'), leave: escape },
  { name: 'more', title: 'Colours, language, help', enter: ({ studio }) => studio.look.openMore(), leave: escape },
  { name: 'shortcuts', title: 'Every shortcut', enter: press('F1'), leave: escape },
  { name: 'save-as', large: true, title: 'Saving a picture', enter: menu('save-as'), leave: escape },
  { name: 'export', title: 'Exporting the fills as layers', enter: menu('export-layers'), leave: escape },
  { name: 'question', title: 'A question before something is lost', enter: menu('open-sample'), leave: escape },
  {
    name: 'library',
    large: true,
    title: 'The library of models',
    enter: async ({ studio }) => {
      await studio.press('Control+Shift+l');
      await studio.library.isTried();
    },
    leave: ({ studio }) => studio.library.close(),
  },
  {
    name: 'repair',
    title: 'Repairing what is painted with several models',
    enter: async ({ studio }) => {
      await studio.press('Shift+Enter');
      await studio.repair.surroundings();
    },
    leave: escape,
  },
  {
    name: 'tooltip',
    title: 'A tooltip: what it does, and its shortcut',
    enter: ({ studio }) => studio.look.hover(brush.words.en.title),
    leave: ({ studio }) => studio.page.mouse.move(640, 30, { steps: 4 }),
  },
];

/** In German, whose words are longer; reached by keys, since the buttons are called otherwise. */
const GERMAN: readonly Scene[] = [
  {
    name: 'german',
    large: true,
    title: 'In German',
    enter: async ({ studio }) => {
      await studio.menu('language-de');
      await studio.choose('brush');
    },
  },
  { name: 'german-hint', title: 'In German: colour hints', enter: ({ studio }) => studio.choose('hint') },
  { name: 'german-save-as', title: 'In German: saving a picture', enter: menu('save-as'), leave: escape },
  { name: 'german-shortcuts', title: 'In German: every shortcut', enter: press('F1'), leave: escape },
  {
    name: 'german-library',
    title: 'In German: the library of models',
    enter: press('Control+Shift+l'),
    leave: async ({ studio }) => {
      await studio.press('Escape');
      await studio.menu('language-en');
    },
  },
];

/** What stands there when something cannot be done, or is not there. */
const WITHOUT: readonly Scene[] = [
  {
    name: 'error',
    title: 'A file that is no picture',
    enter: async ({ studio, folder }) => {
      await studio.open(await brokenPhotoIn(folder));
      await studio.answer(texts.questions.discard('Sample').confirm);
      await studio.messages.appears('broken.jpg');
    },
    leave: ({ studio }) => studio.page.getByRole('button', { name: texts.notices.dismiss }).click(),
  },
  {
    name: 'start',
    large: true,
    title: 'Without a picture: what was open lately',
    enter: async ({ studio, folder }) => {
      for (const name of ['harbour.png', 'meadow.png']) {
        await studio.open(await photoIn(folder, name));
        if (await studio.isAsked()) await studio.answer(texts.questions.discard('Sample').confirm);
        await studio.shows(name);
      }
      await studio.press('Control+w');
      await studio.start.hasRecent(2);
    },
  },
];

/** The trainer's window. */
const TRAINER: readonly Scene[] = [
  {
    name: 'trainer-empty',
    large: true,
    title: 'The trainer before the first run',
    enter: async (stage) => {
      stage.trainer = await stage.studio.openTrainer();
      await stage.trainer.page.getByRole('heading', { name: texts.trainer.emptyTitle }).waitFor({ timeout: 90_000 });
    },
  },
  {
    name: 'trainer-form',
    large: true,
    title: 'A new run',
    enter: async ({ trainer }) => {
      await trainer?.page.getByRole('button', { name: texts.trainer.newRun }).first().click();
      // Every runtime is tried first.
      await trainer?.page.getByRole('combobox', { name: texts.trainer.runtime }).waitFor({ timeout: 90_000 });
    },
    leave: (stage) => pageOf(stage).keyboard.press('Escape'),
  },
  {
    name: 'trainer-run',
    large: true,
    title: 'A run with its curves and a sample fill',
    enter: async ({ trainer, folder, steps }) => {
      const photos = await photosToTrainOn(folder, 9);
      await trainer?.start({ name: 'Lakes', photos, steps, side: 32, batch: 2 });
      await trainer?.isDrawnUntil(steps);
    },
  },
  {
    name: 'trainer-comparison',
    large: true,
    title: 'Two runs compared',
    enter: async ({ trainer, folder, steps }) => {
      const photos = join(folder, 'lake and hills');
      const longer = Math.round(steps * 1.34);
      await trainer?.start({ name: 'Hills', photos, steps: longer, side: 32, batch: 2 });
      await trainer?.isDrawnUntil(longer);
      await trainer?.compareWith('Lakes');
    },
  },
  {
    name: 'trainer-export',
    title: 'A run becomes a model',
    enter: async ({ trainer }) => trainer?.press('export'),
    leave: async (stage) => {
      await pageOf(stage).keyboard.press('Escape');
      await stage.trainer?.close();
      stage.trainer = null;
    },
  },
];

export const SCENES: readonly Scene[] = [...FIRST_STEPS, ...FILLS, ...DIALOGS, ...GERMAN, ...WITHOUT, ...TRAINER];

async function paintSource({ studio }: Stage): Promise<void> {
  await studio.choose('brush');
  await studio.picture.click({ x: 480, y: 600 });
  await studio.choose('source-include');
  await studio.setTipSize(80);
  await studio.picture.drag({ x: 200, y: 560 }, { x: 360, y: 600 });
  await studio.choose('source-exclude');
  await studio.picture.drag({ x: 650, y: 620 }, { x: 760, y: 620 });
}
