import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PictureFolder } from './dataset';
import { findPictures } from './picture-files';
import { splitPictures } from './split';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pictures-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const inFolder = (...parts: string[]): string => parts.join(path.sep);

describe('symbolic links among pictures', () => {
  it('are followed to files and folders, each folder once, circles included', async () => {
    const folder = await temporaryFolder();
    const [photos, elsewhere] = [path.join(folder, 'photos'), path.join(folder, 'elsewhere')];
    await mkdir(path.join(photos, 'b'), { recursive: true });
    await mkdir(elsewhere);
    for (const file of [path.join(photos, 'b', '1.jpg'), path.join(elsewhere, '2.jpg'), path.join(folder, 'alone.png')])
      await writeFile(file, 'a picture');
    await symlink(path.join(photos, 'b'), path.join(photos, 'a'));
    await symlink(elsewhere, path.join(photos, 'linked'));
    await symlink(photos, path.join(photos, 'b', 'circle'));
    await symlink(photos, path.join(elsewhere, 'back'));
    await symlink(path.join(folder, 'alone.png'), path.join(photos, 'picture.png'));
    await symlink(path.join(folder, 'nowhere.png'), path.join(photos, 'broken.png'));
    await symlink('itself.png', path.join(photos, 'itself.png'));

    const { files, skipped } = await findPictures(photos);
    expect(files).toEqual([inFolder('b', '1.jpg'), inFolder('linked', '2.jpg'), 'picture.png']);
    expect(skipped.map(({ file, error }) => [file, error.reason?.id])).toEqual([
      ['broken.png', 'link-to-nothing'],
      ['itself.png', 'link-in-a-circle'],
    ]);
    const told: string[] = [];
    const pictures = await PictureFolder.open(photos, 32, 16, ({ file }) => told.push(file));
    expect(pictures.skipped).toEqual(skipped);
    expect(told).toEqual(['broken.png', 'itself.png']);
  });

  it('may be the chosen folder itself', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'photos'));
    await writeFile(path.join(folder, 'photos', '1.jpg'), 'a picture');
    await symlink(path.join(folder, 'photos'), path.join(folder, 'link'));
    expect((await findPictures(path.join(folder, 'link'))).files).toEqual(['1.jpg']);
  });
});

it('tens of thousands of pictures are listed and split in modest time and memory, and stay on their side', async () => {
  const COUNT = 20_000;
  const folder = await temporaryFolder();
  const photos = path.join(folder, 'photos');
  const write = (i: number) => writeFile(path.join(photos, `${i % 100}`, `${i}.jpg`), `picture ${i}`);
  for (let i = 0; i < 100; i++) await mkdir(path.join(photos, `${i}`), { recursive: true });
  for (let i = 0; i < COUNT; i += 200) await Promise.all(Array.from({ length: 200 }, (_, k) => write(i + k)));

  const memory = path.join(folder, 'split.json');
  const split = async () => splitPictures(await PictureFolder.open(photos, 32, 16), 0.1, memory);
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const first = await split();
  const seconds = (performance.now() - start) / 1000;
  const megabytes = (process.memoryUsage().rss - before) / 1e6;
  const again = performance.now();
  const second = await split();
  const secondsAgain = (performance.now() - again) / 1000;
  console.log(
    `${COUNT} pictures: ${seconds.toFixed(1)} s and ${megabytes.toFixed(0)} MB the first time, ${secondsAgain.toFixed(1)} s after`,
  );

  const keptBack = first.validation?.files ?? [];
  expect(first.training.files.length + keptBack.length).toBe(COUNT);
  expect(keptBack.length / COUNT).toBeGreaterThan(0.09);
  expect(keptBack.length / COUNT).toBeLessThan(0.11);
  expect(second.validation?.files).toEqual(keptBack);
  expect(megabytes).toBeLessThan(200);

  for (let i = COUNT; i < COUNT + 100; i++) await write(i);
  const more = await split();
  const old = new Set([...first.training.files, ...keptBack]);
  expect((more.validation?.files ?? []).filter((file) => old.has(file))).toEqual(keptBack);
  expect(more.training.files.filter((file) => old.has(file))).toEqual(first.training.files);
});
