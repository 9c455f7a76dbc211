import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorFor } from '../shared/error-texts';
import { StudioError } from '../shared/errors';
import { Recovery } from './recovery';
import { type EngineRequests, OpenDocuments } from './open-documents';
import { SessionFolders } from './session-folders';
import { readRecord, writeRecord } from './session-record';

interface Asked {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

let folder: string;
let photo: string;
let asked: Asked[];
let broken = false;
/** An answer that fails, once. */
let failNext: { readonly method: string; readonly error: StudioError } | null = null;
/** What the engine finds in a session folder. */
let kept: { savedAt: string; revision: number; edits: number } | null = null;

const engine: EngineRequests = {
  request: (method, payload) => {
    asked.push({ method, payload });
    if (failNext?.method === method) {
      const { error } = failNext;
      failNext = null;
      return Promise.reject(error);
    }
    if (broken) {
      return Promise.reject(new StudioError({ code: 'file-unreadable', message: 'It is damaged.', remedy: '' }));
    }
    if (method === 'save' && 'options' in payload) writeFileSync(payload.path, 'saved');
    if (method === 'pack') return Promise.resolve({ revision: 5 }) as never;
    if (method === 'unpack') return Promise.resolve({ name: 'photo.jpg', revision: 3 }) as never;
    if (method === 'leftover') return Promise.resolve(kept) as never;
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
  failNext = null;
  kept = null;
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

  it('stay open when a mask that is read for them is cancelled', async () => {
    const { documents } = opening();
    const { documentId } = await documents.open(photo);
    const reading = documents.readMask(documentId, photo);
    await documents.cancelOpening();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked.map(({ method }) => method)).toContain('cancelOpen');
    expect(asked.map(({ method }) => method)).not.toContain('close');
    expect(documents.get(documentId).name).toBe('photo ü.jpg');
  });

  it('leave nothing behind when they cannot be opened', async () => {
    const { documents, root } = opening();
    broken = true;
    await expect(documents.open(photo)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(readdirSync(root)).toEqual([]);
    await expect(documents.open('photo.jpg')).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('can be cancelled while they are opened, before and while the engine reads them; others stay open', async () => {
    const { documents, root } = opening();
    const { documentId } = await documents.open(photo);
    const early = documents.open(photo);
    await documents.cancelOpening();
    await expect(early).rejects.toMatchObject({ code: 'cancelled' });
    // The engine hangs over it until it hears of the end.
    let hangs: () => void = () => undefined;
    const asks = new Promise<void>((resolve) => (hangs = resolve));
    const hanging: EngineRequests = {
      request: (method, payload) => {
        asked.push({ method, payload });
        if (method === 'cancelOpen') failLater?.(errorFor('cancelled', {}));
        if (method !== 'open') return Promise.resolve(undefined) as never;
        hangs();
        return new Promise((_, reject) => (failLater = reject));
      },
    };
    let failLater: ((error: StudioError) => void) | null = null;
    const slow = new OpenDocuments(hanging, new SessionFolders(root));
    const opened = slow.open(photo);
    await asks;
    await slow.cancelOpening();
    await expect(opened).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked.slice(-2)).toMatchObject([{ method: 'cancelOpen' }, { method: 'close' }]);
    expect(readdirSync(root)).toEqual([documentId]);
    expect(documents.get(documentId).name).toBe('photo ü.jpg');
  });

  it('are saved over their file, and reopened from what the engine kept of it', async () => {
    const { documents } = opening();
    const { documentId } = await documents.open(photo);
    await documents.agree(documentId);
    expect(await documents.save(documentId, [])).toEqual({ name: 'photo ü.jpg', savable: true, project: null });
    expect(readFileSync(photo, 'utf8')).toBe('saved');
    await documents.reopen(documentId);
    expect(asked.at(-1)).toMatchObject({ method: 'open', payload: { path: photo, savable: true, project: null } });
  });

  it('are never written over before a dialog has agreed to it, however they were opened', async () => {
    const { documents } = opening();
    const project = join(folder, 'work.inpaint');
    for (const [path, chosen, asks] of [
      [photo, false, 'photo ü.jpg'],
      [photo, true, 'photo ü.jpg'],
      [project, false, 'work.inpaint'],
      [project, true, null],
    ] as const) {
      const { documentId } = await documents.open(path, { chosen });
      expect(documents.mustAsk(documentId)).toBe(asks);
      const saved = documents.save(documentId, []);
      if (asks === null) await saved;
      else await expect(saved).rejects.toMatchObject({ code: 'file-not-writable' });
      await documents.agree(documentId);
      expect(documents.mustAsk(documentId)).toBeNull();
      await documents.save(documentId, []);
      await documents.close(documentId);
    }
  });

  it('are saved by an engine process that was started meanwhile, and once more after one that ended on the way', async () => {
    const { documents } = opening();
    const { documentId } = await documents.open(photo);
    const target = join(folder, 'b.png');
    for (const [reason, parameters] of [
      ['document-closed', {}],
      ['engine-exited', { code: 9 }],
    ] as const) {
      failNext = { method: 'save', error: errorFor(reason, parameters as never) };
      expect(await documents.saveAs(documentId, [], target, {})).toMatchObject({ name: 'b.png', savable: true });
      expect(asked.slice(-3).map(({ method }) => method)).toEqual(['save', 'open', 'save']);
    }
  });

  it('are saved even if that cannot be noted', async () => {
    const problems: unknown[] = [];
    const root = join(folder, 'sessions');
    const documents = new OpenDocuments(engine, new SessionFolders(root), (problem) => problems.push(problem));
    const { documentId } = await documents.open(photo);
    rmSync(join(root, documentId), { recursive: true });
    expect(await documents.saveAs(documentId, [], join(folder, 'b.png'), {})).toMatchObject({ name: 'b.png' });
    expect(problems).toHaveLength(1);
    expect(documents.mustAsk(documentId)).toBeNull();
  });

  it('become projects, which Save then writes', async () => {
    const { documents, root } = opening();
    const { documentId } = await documents.open(photo);
    const project = join(folder, 'work.inpaint');
    const saved = { name: 'work.inpaint', savable: true, project: { revision: 5 } };
    expect(await documents.saveProject(documentId, project)).toEqual(saved);
    expect(await documents.save(documentId, [])).toEqual(saved);
    expect(asked.slice(-2).map(({ method }) => method)).toEqual(['pack', 'pack']);
    const picture = join(folder, 'b.png');
    expect(await documents.saveAs(documentId, [], picture, {})).toMatchObject({ name: 'b.png', project: null });
    expect(documents.get(documentId)).toMatchObject({ project, name: 'work.inpaint', savedRevision: 5 });
    expect(documents.home(documentId)).toBe(project);
    expect(await readRecord(join(root, documentId))).toMatchObject({ project, savedRevision: 5, source: photo });
    await expect(documents.saveProject(documentId, photo)).rejects.toMatchObject({ code: 'file-not-writable' });
  });

  it('are opened from projects', async () => {
    const { documents } = opening();
    const project = join(folder, 'work.inpaint');
    const info = await documents.open(project);
    expect(asked.map(({ method }) => method)).toEqual(['unpack', 'open']);
    expect(info).toMatchObject({ name: 'work.inpaint', savable: true, project: { revision: 3 } });
    expect(documents.get(info.documentId)).toMatchObject({ project, savedRevision: 3 });
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

  it('are kept with work that was not filled: the newest, and nothing of the others', async () => {
    const { documents, root } = opening();
    await documents.open(photo);
    const { documentId } = await documents.open(photo);
    documents.keepNewest(true);
    documents.forgetAll();
    expect(readdirSync(root)).toEqual([documentId]);
  });
});

describe('a result that is dragged out', () => {
  it('is a file in the photo’s format, called like a proposal to save it, which stays until the one after the next', async () => {
    const { documents, root } = opening();
    const { documentId } = await documents.open(photo);
    const [first, second, third] = [
      await documents.writeForDrag(documentId, []),
      await documents.writeForDrag(documentId, []),
      await documents.writeForDrag(documentId, []),
    ];
    expect(third.startsWith(join(root, documentId))).toBe(true);
    expect(third.endsWith('photo ü filled.jpg')).toBe(true);
    expect([first, second, third].map((file) => existsSync(file))).toEqual([false, true, true]);
    await documents.close(documentId);
    expect(existsSync(third)).toBe(false);
  });
});

describe('documents that are left for another photo', () => {
  it('are let go by the engine, come back as they were, and go with their folders when they are closed', async () => {
    const { documents, root } = opening();
    const first = await documents.open(photo);
    await documents.rest(first.documentId, true);
    expect(asked.at(-1)).toMatchObject({ method: 'close', payload: { documentId: first.documentId } });
    expect(documents.newest()).toBeNull();
    const second = await documents.open(photo);
    expect(documents.newest()?.documentId).toBe(second.documentId);

    const again = await documents.resume(first.documentId);
    expect(again.documentId).toBe(first.documentId);
    expect(asked.at(-1)).toMatchObject({ method: 'open', payload: { path: photo, savable: true } });
    expect(documents.newest()?.documentId).toBe(first.documentId);
    await documents.close(first.documentId);
    expect(readdirSync(root)).toEqual([second.documentId]);
  });

  it('outlast the end of the program where something of them is not saved, whatever is open', async () => {
    const { documents, root } = opening();
    const [unsaved, saved] = [await documents.open(photo), await documents.open(photo)];
    await documents.rest(unsaved.documentId, true);
    await documents.rest(saved.documentId, false);
    await documents.open(photo);
    documents.forgetAll();
    expect(readdirSync(root)).toEqual([unsaved.documentId]);
  });
});

describe('left-over sessions', () => {
  it('stay for recovery, the newest of them, and only those with something to recover', async () => {
    const { sessions, root } = opening();
    for (let i = 0; i < 204; i++) {
      const session = join(root, `s${i}`);
      await mkdir(session, { recursive: true });
      writeFileSync(join(session, i === 3 ? 'p.png' : 'document.json'), 'x');
      utimesSync(session, new Date(), new Date(Date.now() - i * 60_000));
    }
    const old = join(root, 'old');
    await mkdir(old);
    writeFileSync(join(old, 'document.json'), 'x');
    utimesSync(old, new Date(), new Date(Date.now() - 40 * 24 * 3600 * 1000));
    await sessions.tidy();
    expect(readdirSync(root)).toHaveLength(200);
    for (const gone of ['s3', 's202', 's203', 'old']) expect(existsSync(join(root, gone)), gone).toBe(false);
  });

  it('are listed, restored and discarded, but not those that this run has opened', async () => {
    const { documents, sessions, root } = opening();
    const leftovers = new Recovery(engine, sessions, documents);
    kept = { savedAt: '2026-01-02T03:04:05.000Z', revision: 7, edits: 2 };
    const files = { name: 'lake.jpg', source: photo, target: null, project: null };
    const record = { ...files, savedRevision: null, agreed: false, replacedBy: null };
    for (const [name, savedRevision] of [
      ['one', null],
      ['two', 6],
      ['saved', 7],
    ] as const) {
      await mkdir(join(root, name), { recursive: true });
      await writeRecord(join(root, name), { ...record, savedRevision });
    }
    await mkdir(join(root, 'no-record'));
    await documents.open(photo);
    const listed = await leftovers.list();
    expect(listed.map(({ documentId }) => documentId).toSorted()).toEqual(['one', 'two']);
    expect(listed[0]).toMatchObject({ name: 'lake.jpg', savedAt: kept.savedAt, edits: 2 });

    broken = true;
    await expect(leftovers.restore('one')).rejects.toMatchObject({ code: 'file-unreadable' });
    broken = false;
    expect(await leftovers.restore('one')).toMatchObject({ documentId: 'one', name: 'lake.jpg' });
    expect(asked.at(-1)).toMatchObject({ method: 'open', payload: { sessionFolder: join(root, 'one') } });
    await expect(leftovers.discard('one')).rejects.toMatchObject({ code: 'document-unknown' });
    await leftovers.discard('two');
    expect(existsSync(join(root, 'two'))).toBe(false);
    expect(await leftovers.list()).toEqual([]);
    await expect(leftovers.discard('../x')).rejects.toMatchObject({ code: 'document-unknown' });
  });

  it('take those along whose place they had taken, restored or discarded', async () => {
    const { documents, sessions, root } = opening();
    const leftovers = new Recovery(engine, sessions, documents);
    kept = { savedAt: '2026-01-02T03:04:05.000Z', revision: 7, edits: 2 };
    const record = { ...{ name: 'lake.jpg', source: photo, target: null, project: null }, savedRevision: null };
    for (const [name, replacedBy] of [
      ['first', 'second'],
      ['second', 'third'],
      ['third', null],
      ['before', 'after'],
      ['after', null],
      ['apart', null],
    ] as const) {
      await mkdir(join(root, name), { recursive: true });
      await writeRecord(join(root, name), { ...record, agreed: false, replacedBy });
    }
    const listed = async () => (await leftovers.list()).map(({ documentId }) => documentId).toSorted();
    expect(await listed()).toEqual(['after', 'apart', 'third']);

    broken = true;
    await expect(leftovers.restore('third')).rejects.toMatchObject({ code: 'file-unreadable' });
    broken = false;
    expect(readdirSync(root)).toHaveLength(6);
    await leftovers.restore('third');
    expect(await listed()).toEqual(['after', 'apart']);
    await leftovers.discard('after');
    expect(await listed()).toEqual(['apart']);
    expect(readdirSync(root).toSorted()).toEqual(['apart', 'third']);
  });

  it('are looked for where there are none', async () => {
    await expect(opening().sessions.tidy()).resolves.toBeUndefined();
  });

  it('have names that lead nowhere else', async () => {
    await expect(opening().sessions.make('../x')).rejects.toThrow('not a document id');
  });
});
