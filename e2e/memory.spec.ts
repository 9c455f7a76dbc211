import type { StudioWindow } from './pages/studio-window';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

const DOCUMENTS = 10;
/** As the program grows to its working size: caches fill, code is compiled. */
const WARM_UP = 4;
const MEGABYTE = 1024;

/** Opens a picture, paints, and shows it at another size, as work does. */
async function visit(studio: StudioWindow, photo: string, name: string): Promise<void> {
  await studio.open(photo);
  await studio.shows(name);
  await studio.choose('brush');
  await studio.picture.drag({ x: 200, y: 200 }, { x: 900, y: 700 });
  await studio.press('Control+1');
  await studio.keptAll();
  await studio.press('Control+0');
}

test('memory comes back after ten documents', async ({ launch, folder }) => {
  test.setTimeout(480_000);
  const photos = await Promise.all(['one.png', 'two.png'].map((name) => photoIn(folder, name, 3000, 2000)));
  const small = await photoIn(folder, 'small.png');
  const studio = await launch(small);
  await studio.shows('small.png');
  const rest = async (): Promise<Record<string, number>> => {
    await studio.open(small);
    await studio.shows('small.png');
    return studio.memory();
  };
  const visits = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await visit(studio, photos[i % 2], ['one.png', 'two.png'][i % 2]);
  };
  // When a process gives back what it does not use is its own affair: at one rest it has, at another it has not yet.
  await visits(WARM_UP);
  const first = await rest();
  await visits(2);
  const second = await rest();
  const before = Object.fromEntries(Object.keys(first).map((kind) => [kind, Math.max(first[kind], second[kind] ?? 0)]));
  await visits(DOCUMENTS);
  const after = await rest();

  const total = (memory: Record<string, number>) => Object.values(memory).reduce((sum, value) => sum + value, 0);
  const words = Object.keys(before).map((kind) => `${kind} ${mb(before[kind])} -> ${mb(after[kind] ?? 0)}`);
  console.log(
    `Memory in MB after ${DOCUMENTS} documents: ${words.join(', ')}; all ${mb(total(before))} -> ${mb(total(after))}`,
  );
  expect(total(after) / total(before)).toBeLessThan(1.1);
  expect(studio.hiddenErrors()).toEqual([]);
});

function mb(kilobytes: number): number {
  return Math.round(kilobytes / MEGABYTE);
}
