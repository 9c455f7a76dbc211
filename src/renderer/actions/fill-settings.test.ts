import { describe, expect, it } from 'vitest';
import { strokeSample } from '../../shared/stroke';
import { chosenVariant } from '../state/document/edits';
import { runFills, studioWithPicture } from '../testing/working-studio';
import { copySettings, pasteSettings } from './fill-settings';
import { runAction } from '.';

describe('settings of a fill', () => {
  it('are put onto another one, which is made again with them, and leave a person’s own as they are', async () => {
    const window = await studioWithPicture();
    const { studio, paint, settle, finishFill } = window;
    const state = () => studio.store.getState();
    const settingsOf = (index: number) => chosenVariant(state().edits[index]).recipe.settings;
    expect(pasteSettings.enabled(state())).toBe(false);
    studio.preferences.change({ manner: 'restore', detail: 0.3, feather: 6, workingSize: 256 });
    paint();
    await runFills(window, studio.fills.start());
    studio.editing.select(null);
    studio.preferences.change({ manner: 'remove', detail: 1, feather: 0, workingSize: 512 });
    studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(200, 150, 10)], 'second');
    await runFills(window, studio.fills.start());
    expect(settingsOf(1)).toMatchObject({ manner: 'remove', detail: 1, feather: 0, workingSize: 512 });

    studio.editing.select(state().edits[0].editId);
    runAction(studio, copySettings);
    studio.editing.select(state().edits[1].editId);
    runAction(studio, pasteSettings);
    await settle();
    await finishFill();
    expect(state().edits[1].variants).toHaveLength(2);
    expect(settingsOf(1)).toMatchObject({ manner: 'restore', detail: 0.3, feather: 6, workingSize: 256 });
    studio.editing.select(null);
    expect(state().settings).toMatchObject({ manner: 'remove', detail: 1, feather: 0, workingSize: 512 });
    runAction(studio, pasteSettings);
    expect(state().settings).toMatchObject({ manner: 'restore', detail: 0.3 });
  });
});
