import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../shared/errors';
import type { DocumentInfo } from '../../../shared/protocol/values';
import { editFor } from '../../testing/edits';
import { INFO, studioWithPicture } from '../../testing/working-studio';
import { neighbour } from './film-strip';

const BROKEN = { code: 'file-unreadable', message: 'It is damaged.', remedy: 'Open another copy.' } as const;

/** The window on a picture that is none of the strip's, with a main that opens photos by their ids. */
async function strip() {
  const working = await studioWithPicture();
  const { studio } = working;
  const calls: [string, unknown][] = [];
  const info = (documentId: string): DocumentInfo => ({ ...INFO, documentId, name: `${documentId}.png` });
  studio.main.call = (async (channel: string, request: Record<string, string>) => {
    calls.push([channel, request]);
    await working.settle();
    if (channel === 'photo:open') {
      if (request['photoId'] === 'broken') throw new StudioError(BROKEN);
      return info(`doc-${request['photoId']}`);
    }
    return channel === 'document:resume' ? { ...info(request['documentId'] ?? ''), restored: true } : undefined;
  }) as typeof studio.main.call;
  // What was kept is of no matter here, only that it is asked for.
  const ask = studio.engineLink.request.bind(studio.engineLink);
  studio.engineLink.request = (method, payload) =>
    method === 'recall' ? Promise.resolve(null as never) : ask(method, payload);
  studio.main.dropPhoto = ({ name }) => Promise.resolve({ photoId: name, name });
  const state = () => studio.store.getState();
  return {
    ...working,
    calls,
    drop: (...names: string[]) => studio.filmStrip.drop(names.map((name) => new File([], name))),
    works: () => state().photos.map(({ name, work }) => [name, work.kind]),
    open: () => studio.documents.open?.info.documentId,
    /** As if the open picture had been filled, and everything of it was on the disk. */
    fill: () => studio.store.setState({ edits: [editFor('one')], autosave: { kind: 'idle' } }),
    keep: () => {
      studio.documents['options'].autosave.flush = () => Promise.resolve();
    },
  };
}

describe('the film strip', () => {
  it('opens the first of several dropped photos and keeps the others, each once', async () => {
    const { drop, works, open } = await strip();
    await drop('a', 'b', 'c');
    expect(open()).toBe('doc-a');
    await drop('c', 'd');
    expect(open()).toBe('doc-c');
    expect(works().map(([name]) => name)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('holds the photos of all folders that are dropped together, and of files beside them', async () => {
    const { studio, drop, works } = await strip();
    await drop('from before', 'another');
    studio.main.dropFolder = ({ name }) =>
      Promise.resolve({
        folder: name,
        photos: ['1', '2'].map((number) => ({ photoId: `${name} ${number}`, name: `${name} ${number}` })),
        passedOver: [],
        leftOut: 0,
      });
    await studio.filmStrip.drop([new File([], 'alone')], [new File([], 'sea'), new File([], 'hills')]);
    // The first folder takes the place of what nothing was done to, but for the photo that was open.
    const names = works().map(([name]) => name);
    expect(names).toEqual(['from before', 'sea 1', 'sea 2', 'hills 1', 'hills 2', 'alone']);
  });

  it('leaves a photo with fills without a question, and opens it again as it was', async () => {
    const { studio, drop, works, open, fill, keep, calls } = await strip();
    await drop('a', 'b');
    keep();
    fill();
    await studio.filmStrip.step(1);
    expect(open()).toBe('doc-b');
    expect(works()).toEqual([
      ['a', 'unsaved'],
      ['b', 'none'],
    ]);
    expect(calls).toContainEqual(['document:rest', { documentId: 'doc-a', kept: true }]);
    await studio.filmStrip.step(-1);
    expect(open()).toBe('doc-a');
    expect(calls).toContainEqual(['document:resume', { documentId: 'doc-a' }]);
    // Nothing was done to the other: nothing of it stays.
    expect(calls).toContainEqual(['document:close', { documentId: 'doc-b' }]);
  });

  it('stays with a photo whose work cannot be kept, and lets the other one go', async () => {
    const { studio, drop, open, fill, calls } = await strip();
    await drop('a', 'b');
    fill();
    studio.documents['options'].autosave.flush = () => Promise.reject(new StudioError(BROKEN));
    await studio.filmStrip.step(1);
    expect(open()).toBe('doc-a');
    expect(calls).toContainEqual(['document:close', { documentId: 'doc-b' }]);
    expect(studio.store.getState().notices.map(({ kind }) => kind)).toEqual(['error']);
  });

  it('loses nothing of a photo whose opening was cancelled too late', async () => {
    const { studio, drop, works, open, fill, keep, settle, calls } = await strip();
    await drop('a', 'b');
    keep();
    fill();
    await studio.filmStrip.step(1);
    const back = studio.filmStrip.step(-1);
    await Promise.resolve();
    await studio.documents.cancelOpening();
    await back;
    await settle();
    expect(open()).toBe('doc-b');
    expect(works()[0]).toEqual(['a', 'unsaved']);
    expect(calls).not.toContainEqual(['document:close', { documentId: 'doc-a' }]);
    expect(calls.at(-1)).toEqual(['document:rest', { documentId: 'doc-a', kept: true }]);
  });

  it('names a photo that cannot be opened, and goes past it by the next key', async () => {
    const { studio, drop, works, open } = await strip();
    await drop('a', 'broken', 'c');
    await studio.filmStrip.open('broken');
    expect(open()).toBe('doc-a');
    expect(works()).toContainEqual(['broken', 'failed']);
    expect(neighbour(studio.store.getState(), 1)?.name).toBe('c');
    await studio.filmStrip.step(1);
    expect(open()).toBe('doc-c');
    expect(neighbour(studio.store.getState(), 1)).toBeNull();
  });

  it('asks before a single photo with fills is replaced by another single one', async () => {
    const { studio, drop, open, fill, settle } = await strip();
    await drop('a');
    fill();
    const dropped = drop('b');
    await settle();
    await settle();
    const { dialog } = studio.store.getState();
    if (dialog.kind !== 'question') throw new Error('nothing was asked');
    dialog.question.answer('yes');
    await dropped;
    expect(open()).toBe('doc-b');
    expect(studio.store.getState().photos.map(({ name }) => name)).toEqual(['b']);
  });

  it('keeps a photo at rest with fills beside a single one that is opened', async () => {
    const { studio, drop, works, fill, keep } = await strip();
    await drop('a', 'b');
    keep();
    fill();
    await studio.filmStrip.step(1);
    // As after the other one was put away while a picture of no strip is open.
    studio.store.setState(({ photos }) => ({ photos: photos.filter(({ name }) => name === 'a') }));
    await drop('c');
    expect(works()).toEqual([
      ['a', 'unsaved'],
      ['c', 'none'],
    ]);
  });

  it('asks before it is cleared while another photo has fills, and then lets their documents go', async () => {
    const { studio, drop, works, fill, keep, settle, calls } = await strip();
    await drop('a', 'b');
    keep();
    fill();
    await studio.filmStrip.step(1);
    const cleared = studio.filmStrip.clear();
    await settle();
    const { dialog } = studio.store.getState();
    if (dialog.kind !== 'question') throw new Error('nothing was asked');
    expect(dialog.question.body).toContain('a');
    dialog.question.answer('yes');
    await cleared;
    expect(works()).toEqual([['b', 'none']]);
    expect(calls).toContainEqual(['document:close', { documentId: 'doc-a' }]);
  });

  it('goes on to the neighbour when a photo is closed', async () => {
    const { studio, drop, works, open } = await strip();
    await drop('a', 'b', 'c');
    await studio.filmStrip.step(1);
    await studio.filmStrip.close();
    expect(open()).toBe('doc-c');
    expect(works().map(([name]) => name)).toEqual(['a', 'c']);
  });

  it('keeps its photo where the canvas of that becomes another document', async () => {
    const { studio, drop } = await strip();
    await drop('a', 'b');
    await studio.documents.adopt({ ...INFO, documentId: 'wider', reframed: true }, 'keep');
    expect(studio.store.getState().photos[0]).toMatchObject({ name: 'a', documentId: 'wider' });
  });
});
