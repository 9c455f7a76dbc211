import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharp } from '../../src/engine/image/sharp';
import { fillSample } from '../filled-disc';
import { photoIn } from '../photo';
import { expect, test } from '../studio-test';

const HOLE = { x: 500, y: 300 };

test('the packaged program opens a photo, fills a hole, saves, and opens its project again', async ({
  folder,
  launch,
}) => {
  const studio = await launch();
  expect(await studio.main.run(({ app }) => app.isPackaged)).toBe(true);
  await fillSample(studio, HOLE, 40);
  const picture = join(folder, 'filled.png');
  await studio.saveAs(picture, 'png');
  await expect.poll(() => existsSync(picture)).toBe(true);
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'png' });

  const project = join(folder, 'work.inpaint');
  await studio.saveProjectAs(project);
  await expect.poll(() => existsSync(project)).toBe(true);
  await studio.quit();
  const again = await launch(project);
  await again.shows('work.inpaint');
  await expect.poll(() => again.side.edits()).toEqual(['Fill 1']);
});

test('it opens a photo that is named on its command line, and has its licences and what it was built from', async ({
  folder,
  launch,
}) => {
  const studio = await launch(await photoIn(folder));
  await studio.picture.settled();
  const opened = await studio.main.run(async ({ shell, Menu }) => {
    const paths: string[] = [];
    shell.openPath = async (path) => {
      paths.push(path);
      return '';
    };
    const item = Menu.getApplicationMenu()?.getMenuItemById('licences');
    (item?.click as unknown as () => void)();
    return paths;
  });
  expect(opened).toHaveLength(1);
  const page = readFileSync(opened[0], 'utf8');
  for (const name of ['onnxruntime-node', 'sharp', 'react', 'konva', 'zustand']) expect(page).toContain(`${name} `);
  expect(studio.hiddenErrors()).toEqual([]);
});

test('Help > Check this computer tries a fill and offers a report that names no folder', async ({ folder, launch }) => {
  const studio = await launch();
  await studio.shows('Sample');
  await studio.main.run(({ dialog }) => {
    dialog.showMessageBox = (async (_window: unknown, options: Electron.MessageBoxOptions) => {
      Object.assign(globalThis, { shownReport: options });
      return { response: 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  });
  await studio.menu('check-computer');
  const copied = () => studio.main.run(({ clipboard }) => clipboard.readText());
  await expect.poll(copied, { timeout: 120_000 }).toContain('filled a hole in');
  const report = await copied();
  expect(report).toMatch(/cpu( \(chosen\))?: CPU/);
  expect(report).toMatch(/Electron \d+/);
  expect(report).not.toContain(folder);
});
