import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StudioError } from '../shared/errors';
import { type EngineRequests, OpenDocuments } from './open-documents';
import { SessionFolders } from './session-folders';

interface Asked {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

let folder: string;
let photo: string;
let asked: Asked[];
let broken = false;

const engine: EngineRequests = {
  request: (method, payload) => {
    asked.push({ method, payload });
    if (broken) {
      return Promise.reject(new StudioError({ code: 'file-unreadable', message: 'It is damaged.', remedy: '' }));
    }
    if (method === 'save' && 'options' in payload) writeFileSync(payload.path, 'saved');
    const info = { ...payload, width: 4, height: 3, format: 'jpeg', depth: 8, alpha: false };
    return Promise.resolve(method === 'open' ? info : undefined) as never;
  },
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  photo = join(folder, 'photo ü.jpg');
  writeFileSync(photo, 'original');
  asked = [];
  broken = false;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opening() {
  const root = join(folder, 'sessions');
  const sessions = new SessionFolders(root);
  return { documents: new OpenDocuments(engine, sessions), sessions, root };
}

describe('open documents', () => {
  it('are opened with a folder of their own, which goes when they are closed', async () => {
    const { documents, root } = opening();
    const { documentId, name, savable } = await documents.open(photo);
    expect([name, savable]).toEqual(['photo ü.jpg', true]);
    expect(readdirSync(root)).toEqual([documentId]);
    await documents.close(documentId);
    expect(readdirSync(root)).toEqual([]);
    expect(() => documents.get(documentId)).toThrow('not open any more');
  });

  it('leave nothing behind when they cannot be opened', async () => {
    const { documents, root } = opening();
    broken = true;
    await expect(documents.open(photo)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(readdirSync(root)).toEqual([]);
    await expect(documents.open('photo.jpg')).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('keep a copy of the original before it is written over, and reopen from that', async () => {
    const { documents } = opening();
    const { documentId } = await documents.open(photo);
    expect(await documents.save(documentId, [])).toEqual({ name: 'photo ü.jpg', savable: true });
    expect(readFileSync(photo, 'utf8')).toBe('saved');
    await documents.reopen(documentId);
    const source = String(asked.at(-1)?.payload['path']);
    expect(source).not.toBe(photo);
    expect(readFileSync(source, 'utf8')).toBe('original');
    await documents.save(documentId, []);
    expect(readFileSync(source, 'utf8')).toBe('original');
  });

  it('that have no file refuse Save until they were saved as one', async () => {
    const { documents } = opening();
    const { documentId } = await documents.open(photo, { name: 'Sample', savable: false });
    await expect(documents.save(documentId, [])).rejects.toMatchObject({ code: 'file-not-writable' });
    const target = join(folder, 'b.png');
    await documents.saveAs(documentId, [], target, { format: 'png' });
    await documents.save(documentId, []);
    expect(asked.at(-1)).toMatchObject({ method: 'save', payload: { path: target, options: { format: 'png' } } });
    expect(readFileSync(photo, 'utf8')).toBe('original');
  });

  it('can come from the clipboard', async () => {
    const { documents } = opening();
    const info = await documents.openBytes(Uint8Array.of(1, 2, 3), 'Pasted picture', '.png');
    expect(info).toMatchObject({ name: 'Pasted picture', savable: false });
    expect([...readFileSync(String(asked[0]?.payload['path']))]).toEqual([1, 2, 3]);
  });

  it('are forgotten with their folders when the program ends', async () => {
    const { documents, root } = opening();
    await documents.open(photo);
    documents.forgetAll();
    expect(readdirSync(root)).toEqual([]);
    expect(documents.newest()).toBeNull();
  });
});

describe('left-over sessions', () => {
  it('stay for recovery, the newest of them, and only those with something in them', async () => {
    const { sessions, root } = opening();
    for (let i = 0; i < 24; i++) {
      const session = join(root, `s${i}`);
      await mkdir(session, { recursive: true });
      if (i !== 3) writeFileSync(join(session, 'p.png'), 'x');
      utimesSync(session, new Date(), new Date(Date.now() - i * 60_000));
    }
    const old = join(root, 'old');
    await mkdir(old);
    writeFileSync(join(old, 'p.png'), 'x');
    utimesSync(old, new Date(), new Date(Date.now() - 40 * 24 * 3600 * 1000));
    await sessions.tidy();
    expect(readdirSync(root)).toHaveLength(20);
    for (const gone of ['s3', 's22', 's23', 'old']) expect(existsSync(join(root, gone)), gone).toBe(false);
  });

  it('are looked for where there are none', async () => {
    await expect(opening().sessions.tidy()).resolves.toBeUndefined();
  });

  it('have names that lead nowhere else', async () => {
    await expect(opening().sessions.make('../x')).rejects.toThrow('not a document id');
  });
});
