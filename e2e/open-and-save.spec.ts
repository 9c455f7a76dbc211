import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { texts } from '../src/renderer/texts';
import { fillDisc } from './filled-disc';
import { colourDistance } from './pages/picture';
import { ResultDrag } from './pages/result-drag';
import type { SaveChoices } from './pages/studio-window';
import { brokenPhotoIn, comparePhotos, jpegLuma, photoIn } from './photo';
import { expect, test } from './studio-test';

test('the app opens on the sample and says what fills run on', async ({ studio }) => {
  await studio.shows('Sample');
  const grey = { red: 128, green: 128, blue: 128 };
  expect(colourDistance(await studio.picture.colourAt({ x: 500, y: 60 }), grey)).toBeGreaterThan(20);
  expect(await studio.messages.runtime()).not.toBe('');
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a photo is opened, painted, filled and saved: only the hole has changed', async ({ studio, folder }) => {
  const photo = await photoIn(folder, 'föhn & see.png');
  const saved = `${folder}/result.png`;
  const hole = { x: 330, y: 300, radius: 30 };
  await studio.shows('Sample');
  await studio.open(photo);
  await studio.shows('föhn & see.png');
  await expect(studio.page).toHaveTitle(texts.windowTitle('föhn & see.png', false));
  const before = await studio.picture.colourAt(hole);

  await studio.setTipSize(60);
  await studio.choose('brush');
  await studio.picture.click(hole);
  const painted = await studio.picture.colourAt(hole);
  expect(painted.red - before.red, 'red paint over the picture').toBeGreaterThan(20);

  await studio.choose('source-include');
  await studio.picture.drag({ x: 130, y: 320 }, { x: 250, y: 330 }, { x: 130, y: 390 }, { x: 250, y: 390 });
  await studio.side.sourceSays(texts.panels.sourceIncluded);

  await studio.fill.press();
  await studio.fill.reaches('refining');
  // The coarse fill lies in the picture while the refinement still runs.
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(hole), painted)).toBeGreaterThan(10);
  await studio.fill.isDone();
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 1']);
  await expect.poll(() => studio.unsaved()).toBe(true);

  await studio.saveAs(saved);
  await studio.messages.appears(texts.notices.saved('result.png'));
  await expect.poll(() => studio.unsaved()).toBe(false);
  const difference = await comparePhotos(photo, saved, hole);
  expect(difference.sameSize).toBe(true);
  expect(difference.outside, 'changed pixels outside the hole').toBe(0);
  // A blend may leave pixels at the seam as they were.
  expect(difference.inside).toBeGreaterThan(0.8 * Math.PI * hole.radius ** 2);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('saving over the file itself asks once, and keeps the fill undoable', async ({ launch, folder }) => {
  const photo = await photoIn(folder);
  const copy = await photoIn(folder, 'copy.png');
  const studio = await launch(photo);
  await studio.shows('lake.png');
  await fillDisc(studio, { x: 200, y: 200 }, 24);

  const asked = await studio.main.answerQuestion('Write over it');
  await studio.press('Control+s');
  await studio.messages.appears(texts.notices.saved('lake.png'));
  const difference = await comparePhotos(copy, photo, { x: 200, y: 200, radius: 12.5 });
  expect(difference.outside).toBe(0);
  expect(difference.inside).toBeGreaterThan(0);

  await studio.press('Control+z');
  await expect.poll(() => studio.unsaved()).toBe(true);
  await studio.press('Control+s');
  await expect.poll(() => studio.unsaved()).toBe(false);
  expect((await comparePhotos(copy, photo, { x: 200, y: 200, radius: 12.5 })).inside).toBe(0);
  expect(await asked()).toEqual(['Write over “lake.png”?']);
});

test('quality and metadata are written as they are chosen', async ({ launch, folder }) => {
  const photo = join(folder, 'camera.jpg');
  const description = 'Lake at dawn';
  await sharp(await readFile(await photoIn(folder)))
    .jpeg({ quality: 95 })
    .withExif({ IFD0: { ImageDescription: description } })
    .toFile(photo);
  const studio = await launch(photo);
  await studio.shows('camera.jpg');
  const saved = async (name: string, choices: SaveChoices) => {
    const path = join(folder, name);
    await studio.saveAs(path, undefined, choices);
    await studio.messages.appears(texts.notices.saved(name));
    const { exif, format } = await sharp(path).metadata();
    const bytes = await readFile(path);
    return { format, described: exif?.includes(description) === true, luma: jpegLuma(bytes), size: bytes.length };
  };
  const fine = await saved('fine.jpg', { quality: 90 });
  const coarse = await saved('coarse.jpg', { quality: 12, withoutMetadata: true });
  expect(fine).toMatchObject({ format: 'jpeg', described: true });
  expect(coarse).toMatchObject({ format: 'jpeg', described: false });
  expect(coarse.size).toBeLessThan(fine.size / 3);
  // The tables by which a JPEG is rounded are its quality.
  for (const [{ luma }, quality] of [
    [fine, 90],
    [coarse, 12],
  ] as const) {
    const alike = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
      .jpeg({ quality })
      .toBuffer();
    expect(luma, `quality ${quality}`).toEqual(jpegLuma(alike));
  }
  expect(studio.hiddenErrors()).toEqual([]);
});

test('another picture is opened only when unsaved fills may be lost', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.picture.click({ x: 300, y: 250 });
  await studio.press('Enter');
  await studio.fill.isDone();

  await studio.open(await photoIn(folder, 'other.png'));
  await expect.poll(() => studio.isAsked()).toBe(true);
  await studio.answer(texts.questions.cancel);
  await studio.shows('lake.png');
  await expect.poll(() => studio.side.edits()).toEqual(['Fill 1']);

  await studio.open(`${folder}/other.png`);
  await studio.answer(texts.questions.discard('lake.png').confirm);
  await studio.shows('other.png');
  await expect.poll(() => studio.side.edits()).toEqual([]);
});

test('a broken file is named, and the open picture stays', async ({ studio, folder }) => {
  await studio.shows('Sample');
  await studio.open(await brokenPhotoIn(folder));
  await studio.messages.appears(texts.errors.notOpened, 'broken.jpg');
  await studio.shows('Sample');
});

test('an open that hangs is cancelled by its button and by Escape, and the open picture stays', async ({
  studio,
  folder,
}) => {
  await studio.shows('Sample');
  const photo = await photoIn(folder);
  const openHanging = async (): Promise<void> => {
    await studio.picture.settled();
    await studio.main.holdDecoders();
    await studio.main.answerOpenDialog(photo);
    await studio.press('Control+o');
    await studio.messages.isOpening(true);
  };
  await openHanging();
  await studio.messages.cancelOpening();
  await studio.shows('Sample');
  await studio.open(photo);
  await studio.shows('lake.png');
  await openHanging();
  await studio.press('Escape');
  await studio.messages.isOpening(false);
  await studio.shows('lake.png');
  expect(studio.hiddenErrors()).toEqual([]);
});

test('a start with a broken file says so and offers another', async ({ launch, folder }) => {
  const studio = await launch(await brokenPhotoIn(folder));
  await studio.messages.insteadOfPicture(texts.empty.failed, 'broken.jpg');
  await studio.open(await photoIn(folder));
  await studio.shows('lake.png');
});

test('a dropped file and a pasted picture are opened', async ({ studio, folder }) => {
  await studio.shows('Sample');
  const photo = await photoIn(folder, 'dropped.png');
  await studio.drop(photo);
  await studio.answer(texts.questions.dropped('dropped.png').confirm);
  await studio.shows('dropped.png');
  await studio.clipboard.put(photo);
  await studio.press('Control+v');
  await studio.shows('Pasted picture');
});

test('the result is copied and dragged out, and what is unsaved is saved before another picture is opened', async ({
  launch,
  folder,
}) => {
  const other = await photoIn(folder, 'other.png', 320, 240);
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.main.run(({ clipboard }) => clipboard.clear());
  await studio.press('Control+c');
  await studio.messages.appears(texts.notices.copied);
  expect(await studio.clipboard.size()).toEqual({ width: 640, height: 420 });

  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.picture.click({ x: 100, y: 100 });
  await studio.press('Enter');
  await studio.fill.isDone();
  await expect.poll(() => studio.windowTitle()).toBe(texts.windowTitle('lake.png', true));

  const { file, isSeen } = await new ResultDrag(studio.page, studio.main).out();
  expect([basename(file), isSeen]).toEqual(['lake filled.png', true]);
  const difference = await comparePhotos(join(folder, 'lake.png'), file, { x: 100, y: 100, radius: 24 });
  expect(difference.outside).toBe(0);
  expect(difference.inside).toBeGreaterThan(0);

  await studio.open(other);
  const saved = join(folder, 'lake, filled.png');
  await studio.main.answerSaveDialog(saved);
  await studio.answer(texts.questions.discard('lake.png').other);
  await studio.shows('other.png');
  await expect.poll(() => studio.windowTitle()).toBe(texts.windowTitle('other.png', false));
  expect((await stat(saved)).size).toBeGreaterThan(1000);
  expect(studio.hiddenErrors()).toEqual([]);
});

test.describe('in German', () => {
  test.use({ settings: { language: 'de', tourSeen: true } });

  test('what the engine reports is said in German to its end', async ({ launch, folder }) => {
    const studio = await launch(await brokenPhotoIn(folder));
    await studio.messages.insteadOfPicture(
      '„broken.jpg“ ist kein Bild in einem bekannten Format.',
      'Möglich sind JPEG, PNG, WebP, TIFF, AVIF, GIF, BMP, HEIC und PSD; in eines davon umwandeln.',
    );
  });
});
