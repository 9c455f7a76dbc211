import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../shared/errors';
import { runAction } from '../../actions';
import { cancel } from '../../actions/fill';
import { texts } from '../../texts';
import { editFor } from '../../testing/edits';
import { INFO, studioWithPicture } from '../../testing/working-studio';

const UNREADABLE = { code: 'file-unreadable', message: 'The file ends early.', remedy: 'Open another copy.' } as const;

describe('a picture of which only an overview was read', () => {
  it('is left with all that was done to it when the rest cannot be read', async () => {
    const { studio, refuse, paint } = await studioWithPicture();
    await studio.documents.adopt({ ...INFO, documentId: 'torn', overviewLevel: 3 });
    studio.store.setState({ edits: [editFor('one')], selectedEdit: 'one', renaming: 'one' });
    paint();
    expect(studio.store.getState()).toMatchObject({ partial: true, painted: { hole: true } });
    await refuse('whole', UNREADABLE);
    expect(studio.documents.open).toBeNull();
    expect(studio.store.getState()).toMatchObject({
      document: { kind: 'failed', error: UNREADABLE },
      partial: false,
      edits: [],
      selectedEdit: null,
      renaming: null,
      painted: { hole: false, include: false, exclude: false },
      history: { undo: null, redo: null },
    });
  });

  it('stays when another one was opened meanwhile', async () => {
    const { studio, refuse } = await studioWithPicture();
    await studio.documents.adopt({ ...INFO, documentId: 'torn', overviewLevel: 3 });
    await studio.documents.adopt(INFO);
    await refuse('whole', UNREADABLE);
    expect(studio.documents.open?.info.documentId).toBe(INFO.documentId);
    expect(studio.store.getState().document.kind).toBe('open');
  });
});

describe('another picture', () => {
  const OTHER = { ...INFO, documentId: 'other', name: 'other.png' };

  it('is begun with the brush and its hole, not with the source of the last one', async () => {
    const { studio } = await studioWithPicture();
    studio.store.setState({ tool: 'source-include', target: 'include' });
    await studio.documents.adopt(OTHER);
    expect(studio.store.getState()).toMatchObject({ tool: 'brush', target: 'hole' });
    studio.store.setState({ tool: 'lasso', target: 'exclude' });
    await studio.documents.adopt(INFO);
    expect(studio.store.getState()).toMatchObject({ tool: 'lasso', target: 'hole' });
  });

  it('is not told of errors of the last one; other messages stay', async () => {
    const { studio } = await studioWithPicture();
    studio.notices.error(new StudioError(UNREADABLE));
    studio.notices.info('Saved');
    await studio.documents.adopt(OTHER);
    expect(studio.store.getState().notices.map(({ title }) => title)).toEqual(['Saved']);
    studio.notices.error(new StudioError(UNREADABLE));
    await studio.documents.close();
    expect(studio.store.getState().notices.map(({ title }) => title)).toEqual(['Saved']);
  });

  it('is opened after what is unsaved was saved, and not while it could not be', async () => {
    const { studio, settle } = await studioWithPicture();
    const state = () => studio.store.getState();
    const openOther = async () => {
      const opened = studio.documents.openSample();
      await settle();
      const { dialog } = state();
      if (dialog.kind !== 'question') throw new Error('nothing was asked');
      expect(dialog.question).toMatchObject(texts.questions.discard('photo.png'));
      dialog.question.answer('other');
      await opened;
    };
    studio.store.setState({ edits: [editFor('one')] });
    // The dialog for the place is cancelled.
    let saved: unknown = null;
    studio.main.call = (async (channel: string) => {
      await settle();
      return channel === 'document:save-as' ? saved : channel === 'document:open-sample' ? OTHER : undefined;
    }) as typeof studio.main.call;
    await openOther();
    expect(studio.documents.open?.info.documentId).toBe(INFO.documentId);
    saved = { name: 'photo-2.png', savable: true, project: null };
    await openOther();
    expect(studio.documents.open?.info.documentId).toBe('other');
  });
});

describe('a picture that is being opened', () => {
  const OTHER = { ...INFO, documentId: 'other', name: 'other.png' };
  const CANCELLED = { code: 'cancelled', message: 'The work was stopped.', remedy: '' } as const;

  /** Main hangs over the file until it is told to end, and then says what the test wants. */
  async function opening(end: () => Promise<unknown>) {
    const { studio, settle } = await studioWithPicture();
    const called: string[] = [];
    let endNow: () => void = () => undefined;
    const ends = new Promise<void>((resolve) => (endNow = resolve));
    studio.main.call = (async (channel: string) => {
      called.push(channel);
      if (channel === 'document:cancel-open') endNow();
      if (channel !== 'document:open-sample') return undefined;
      await ends;
      return end();
    }) as typeof studio.main.call;
    const opened = studio.documents.openSample();
    await settle();
    return { studio, called, opened };
  }

  it('is given up by Escape, and what was open stays as it was, without a message', async () => {
    const { studio, called, opened } = await opening(() => Promise.reject(new StudioError(CANCELLED)));
    expect(studio.store.getState()).toMatchObject({ opening: true, openingFile: true });
    expect(runAction(studio, cancel)).toBe(true);
    await opened;
    expect(called).toEqual(['document:open-sample', 'document:cancel-open']);
    expect(studio.documents.open?.info.documentId).toBe(INFO.documentId);
    expect(studio.store.getState()).toMatchObject({ opening: false, openingFile: false, notices: [] });
  });

  it('or a mask, is given up by Escape, and nothing is marked', async () => {
    const { studio, settle } = await studioWithPicture();
    const called: string[] = [];
    let end: (error: unknown) => void = () => undefined;
    studio.main.call = ((channel: string) => {
      called.push(channel);
      if (channel === 'document:cancel-open') end(new StudioError(CANCELLED));
      return channel === 'mask:open' ? new Promise((_, reject) => (end = reject)) : Promise.resolve(undefined);
    }) as typeof studio.main.call;
    const reading = studio.marks.importMask();
    await settle();
    expect(studio.store.getState()).toMatchObject({ opening: true, openingFile: true });
    expect(runAction(studio, cancel)).toBe(true);
    await reading;
    expect(called).toEqual(['mask:open', 'document:cancel-open']);
    expect(studio.store.getState()).toMatchObject({ opening: false, openingFile: false, notices: [] });
    expect(studio.store.getState().painted.hole).toBe(false);
  });

  it('is closed again where it was open before that was heard', async () => {
    const { studio, called, opened } = await opening(() => Promise.resolve(OTHER));
    runAction(studio, cancel);
    await opened;
    expect(called.at(-1)).toBe('document:close');
    expect(studio.documents.open?.info.documentId).toBe(INFO.documentId);
  });
});
