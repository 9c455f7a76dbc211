import { describe, expect, it } from 'vitest';
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
