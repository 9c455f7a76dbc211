import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writingFailed } from './file-errors';
import { temporaryFolder } from '../testing/pictures';
import { asideName, copyAside, removeLeftovers, writeAside } from './write-aside';

test('a file is replaced whole, and nothing is left beside it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'née Müller.bin');
  await writeAside(path, Buffer.from('first, and longer'));
  await writeAside(path, Buffer.from('second'));
  expect(await readFile(path, 'utf8')).toBe('second');
  expect(await readdir(folder)).toEqual(['née Müller.bin']);
});

test.skipIf(process.platform === 'win32')(
  'a replaced file keeps its permissions, and a link stays a link',
  async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'elsewhere'));
    const target = join(folder, 'elsewhere', 'target');
    await writeFile(target, 'old');
    await chmod(target, 0o640);
    const link = join(folder, 'link');
    await symlink(target, link);
    await writeAside(link, Buffer.from('new'));
    expect(await readlink(link)).toBe(target);
    expect(await readFile(target, 'utf8')).toBe('new');
    expect((await stat(target)).mode & 0o777).toBe(0o640);
  },
);

test('when the file cannot be put in its place, what was there stays and no temporary file is left', async () => {
  const folder = await temporaryFolder();
  const taken = join(folder, 'taken');
  await mkdir(taken);
  await writeFile(join(taken, 'inside'), 'kept');
  await expect(writeAside(taken, Buffer.from('x'))).rejects.toMatchObject({ code: 'file-not-writable', file: taken });
  expect(await readFile(join(taken, 'inside'), 'utf8')).toBe('kept');
  expect(await readdir(folder)).toEqual(['taken']);
});

test('what a killed process left half-written is removed, what is being written is not', async () => {
  const folder = await temporaryFolder();
  for (const name of ['.inpaint-0123456789ab.part', '.inpaint-abcdef.part', 'mine.part'])
    await writeFile(join(folder, name), 'half');
  for (const name of ['.inpaint-0123456789ab.part', 'mine.part']) await utimes(join(folder, name), 1e9, 1e9);
  await removeLeftovers(folder);
  expect((await readdir(folder)).sort()).toEqual(['.inpaint-abcdef.part', 'mine.part']);
  await removeLeftovers(join(folder, 'nowhere'));
});

test('a folder that is not there, or is a file, says so', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'file');
  await writeFile(file, '');
  for (const path of [join(folder, 'no', 'such.png'), join(file, 'such.png')]) {
    await expect(writeAside(path, Buffer.from('x'))).rejects.toMatchObject({
      code: 'file-not-writable',
      message: 'The folder for "such.png" does not exist.',
    });
  }
});

test('a full disk and a read-only one are told apart', () => {
  const failing = (code: string) => writingFailed('/photos/a.jpg', Object.assign(new Error(code), { code }));
  expect(failing('ENOSPC')).toMatchObject({ code: 'disk-full', message: 'There is no room left to write "a.jpg".' });
  expect(failing('EDQUOT')).toMatchObject({ code: 'disk-full' });
  expect(failing('EROFS')).toMatchObject({ code: 'file-not-writable', message: '"a.jpg" may not be written there.' });
  expect(failing('EIO').remedy).not.toBe('');
});

test('a copy is whole, may be written to, and is not made where the last look at its source refuses it', async () => {
  const folder = await temporaryFolder();
  const source = join(folder, 'source.bin');
  await writeFile(source, 'as it is');
  await chmod(source, 0o444);
  await copyAside(source, join(folder, 'copy.bin'), async () => undefined);
  expect(await readFile(join(folder, 'copy.bin'), 'utf8')).toBe('as it is');
  await writeFile(join(folder, 'copy.bin'), 'changed');
  const refusal = writingFailed(source, new Error('changed'));
  await expect(copyAside(source, join(folder, 'other.bin'), () => Promise.reject(refusal))).rejects.toBe(refusal);
  expect((await readdir(folder)).sort()).toEqual(['copy.bin', 'source.bin']);
});

test("what killed processes have left is removed, and nothing that is written now or is somebody else's", async () => {
  const folder = await temporaryFolder();
  const own = await asideName('file');
  const imported = await asideName('import');
  // No process has an id as high as that.
  const dead = (name: string) => name.replace(/-\d+-/, '-4194305-');
  const strange = [
    dead(own).replace(/\.inpaint-[0-9a-f]{8}/, '.inpaint-00000000'),
    'photo.part',
    '.inpaint-notes.part',
  ];
  for (const name of [own, dead(own), ...strange, '.inpaint-0123456789ab.part'])
    await writeFile(join(folder, name), 'x');
  for (const kind of ['scratch', 'exchange'] as const) await writeFile(join(folder, dead(await asideName(kind))), 'x');
  for (const name of [imported, dead(imported)]) await mkdir(join(folder, name));
  await writeFile(join(folder, dead(imported), 'model.onnx'), 'x');
  await removeLeftovers(folder);
  expect((await readdir(folder)).sort()).toEqual([own, imported, ...strange, '.inpaint-0123456789ab.part'].sort());
});
