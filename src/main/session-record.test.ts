import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecord, writeRecord } from './session-record';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-record-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const FIRST = { name: 'lake.png', source: '/home/me/lake.png', target: null, project: null, savedRevision: null };

describe('the record of an open document', () => {
  it('is read as earlier programs wrote it, which knew neither agreement nor other canvases', async () => {
    for (const record of [
      FIRST,
      { ...FIRST, agreed: true },
      { ...FIRST, project: '/home/me/lake.inpaint', savedRevision: 7 },
    ]) {
      await writeFile(join(folder, 'session.json'), JSON.stringify(record));
      expect(await readRecord(folder)).toEqual({ agreed: false, replacedBy: null, ...record });
    }
  });

  it('comes back as it was written, and leaves nothing beside it', async () => {
    const record = { ...FIRST, agreed: true, replacedBy: 'another' };
    await writeRecord(folder, record);
    expect(await readRecord(folder)).toEqual(record);
    expect(await readdir(folder)).toEqual(['session.json']);
  });

  it('is none where it is damaged or missing, and is left as it is', async () => {
    expect(await readRecord(folder)).toBeNull();
    for (const text of ['', '{"name":', '[]', JSON.stringify({ ...FIRST, source: 7 })]) {
      await writeFile(join(folder, 'session.json'), text);
      expect(await readRecord(folder)).toBeNull();
      expect(await readFile(join(folder, 'session.json'), 'utf8')).toBe(text);
    }
  });
});
