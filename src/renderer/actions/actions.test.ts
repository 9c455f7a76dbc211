import { describe, expect, it } from 'vitest';
import { createAppStore } from '../state/app-state';
import { TOOLS } from '../tools';
import { ACTION_GROUPS } from './action';
import { ACTIONS } from './index';
import { keysOf, shortcutOf } from '../controls/shortcut';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('the list of actions', () => {
  it('has no two actions of one id and no two meanings of one shortcut', () => {
    const ids = ACTIONS.map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
    const shortcuts = ACTIONS.flatMap((action) => action.shortcuts);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });

  it('holds everything that the application menu asks for', () => {
    const ids = ACTIONS.map((action) => action.id);
    const menu =
      'open open-sample save save-as undo redo paste fill cancel zoom-in zoom-out fit actual-size rotate-left rotate-right rotate-reset split difference pixel-grid minimap shortcuts';
    expect(ids).toEqual(expect.arrayContaining(menu.split(' ')));
  });

  it('says for each what it is called and what it does, and has every tool', () => {
    for (const action of ACTIONS) {
      expect(action.words().title).not.toBe('');
      expect(action.words().help).not.toBe('');
      expect(ACTION_GROUPS).toContain(action.group);
    }
    for (const tool of TOOLS) expect(ACTIONS.some((action) => action.id === `tool-${tool.id}`)).toBe(true);
  });

  it('allows nothing that needs a picture while there is none', () => {
    const state = createAppStore().getState();
    const allowed = ACTIONS.filter((action) => action.enabled(state)).map((action) => action.id);
    expect(allowed).not.toEqual(expect.arrayContaining(['save']));
    for (const id of ['save', 'save-as', 'undo', 'redo', 'fill', 'cancel', 'fit', 'compare'])
      expect(allowed).not.toContain(id);
    for (const id of ['open', 'open-sample', 'paste', 'shortcuts']) expect(allowed).toContain(id);
  });

  it('names shortcuts the way key presses are read', () => {
    expect(shortcutOf(press('s', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+S');
    expect(shortcutOf(press('s', { metaKey: true }), true)).toBe('Mod+S');
    expect(shortcutOf(press('?', { shiftKey: true }), false)).toBe('?');
    expect(shortcutOf(press('+', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod++');
    expect(shortcutOf(press('Enter', { ctrlKey: true }), false)).toBe('Mod+Enter');
    expect(shortcutOf(press('['), false)).toBe('[');
  });

  it('shows shortcuts in the words of the keyboard', () => {
    expect(keysOf('Mod+Shift+S', false)).toEqual(['Ctrl', 'Shift', 'S']);
    expect(keysOf('Mod++', false)).toEqual(['Ctrl', '+']);
    expect(keysOf('+', false)).toEqual(['+']);
    expect(keysOf('Mod+Enter', true)).toEqual(['⌘', '↩']);
    expect(keysOf('Escape', false)).toEqual(['Esc']);
  });
});
