import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import { FilmStrip } from './pages/film-strip';
import { brokenPhotoIn, cropsIn } from './photo';
import { escape, type Scene, type Stage } from './scene';

/** Picture pixels. */
const HOLE = { x: 420, y: 330 };

/** Other canvases, and several photos. */
const PHOTOS: readonly Scene[] = [
  {
    name: 'strip',
    large: true,
    title: 'The photos of a folder',
    enter: async ({ studio, folder }) => {
      const shots = await cropsIn(join(folder, 'holiday'), 5, { width: 660, height: 440 });
      await brokenPhotoIn(shots);
      await studio.main.answerOpenDialog(shots);
      await studio.menu('open-folder');
      await studio.shows('0.png');
      const strip = new FilmStrip(studio.page);
      await strip.looksLike(5);
      await studio.picture.click(HOLE);
      await studio.press('Enter');
      await studio.fill.isDone();
      await studio.press('Control+PageDown');
      await studio.shows('1.png');
    },
  },
  {
    name: 'fill-all',
    title: 'All photos with one mask',
    enter: async ({ studio, folder }) => {
      await studio.picture.click(HOLE);
      await studio.main.answerOpenDialog(join(folder, 'results'));
      await studio.press('Control+Alt+f');
      await studio.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'fill-all-report',
    large: true,
    title: 'What has become of them',
    enter: async ({ studio }) => {
      await studio.page.getByRole('button', { name: texts.fillAll.confirm }).click();
      await studio.page.getByRole('dialog').getByText('broken.jpg').waitFor({ timeout: 180_000 });
    },
    leave: escape,
  },
  { name: 'extend', title: 'Another canvas, by handles and numbers', enter: ({ studio }) => studio.choose('extend') },
  { name: 'object', title: 'An object from a box or strokes', enter: ({ studio }) => studio.choose('object') },
];

/** The lab's chapters. */
const LAB: readonly Scene[] = (['game', 'bells', 'densities', 'distance', 'collapse'] as const).map((name) => ({
  name: `lab-${name}`,
  ...(name === 'game' || name === 'collapse' ? { large: true as const } : {}),
  title: `The lab: ${texts.lab[name].title}`,
  enter: async (stage: Stage) => {
    stage.lab ??= await stage.studio.openLab();
    await stage.lab.chapter(texts.lab[name].title);
    await stage.lab.page.getByRole('heading', { name: texts.lab[name].title }).waitFor();
  },
}));

/** Of panels that flows of their own look at: here for their pictures alone. */
export const MORE_SCENES: readonly Scene[] = [...PHOTOS, ...LAB];
