import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { asideName } from './write-aside';
import { withScratchFolder } from './scratch-folder';

let place: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'scratch-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, place);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await chmod(place, 0o700).catch(() => undefined);
  await rm(place, { recursive: true, force: true });
});

it('is there for the work, for this user alone, and gone afterwards, also when that fails', async () => {
  const size = await withScratchFolder(async (folder) => {
    await writeFile(join(folder, 'part'), 'abc');
    if (process.platform !== 'win32') expect((await stat(folder)).mode & 0o777).toBe(0o700);
    return (await stat(join(folder, 'part'))).size;
  });
  expect(size).toBe(3);
  await expect(withScratchFolder(() => Promise.reject(new Error('not today')))).rejects.toThrow('not today');
  expect(await readdir(place)).toEqual([]);
});

it('takes away what a killed process has left, and nothing of one that lives', async () => {
  const living = await asideName('scratch');
  const ended = living.replace(/-\d+-[0-9a-f]+-([0-9a-f]{12})$/, '-4194304-00000000-$1');
  for (const name of [living, ended]) await mkdir(join(place, name));
  await withScratchFolder(async () => undefined);
  expect(await readdir(place)).toEqual([living]);
});

it('says which folder nothing can be written to, and what to do', async () => {
  await rm(place, { recursive: true });
  const refused = withScratchFolder(async () => undefined);
  await expect(refused).rejects.toMatchObject({
    code: 'file-not-writable',
    file: place,
    reason: { id: 'no-scratch-folder' },
  });
});
