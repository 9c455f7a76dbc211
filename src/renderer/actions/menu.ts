import type { MenuEntry, WindowMenu } from '../../shared/menu';
import type { AppState } from '../state/app-state';
import type { Studio } from '../studio/studio';
import { texts } from '../texts';
import { type Action, ACTION_GROUPS } from './action';
import { ACTIONS } from './index';

/** The state changes with every stroke and every notch of the wheel; the menu may follow a little later. */
const REST_MS = 120;

/** The application menu: every action that can be chosen (one that lasts while a key is held cannot), by its group. */
export function menuOf(state: AppState): WindowMenu {
  return ACTION_GROUPS.map((group) => ({
    id: group,
    title: texts.groups[group],
    entries: ACTIONS.filter((action) => action.group === group && !action.release).map((action) =>
      entryOf(action, state),
    ),
  }));
}

function entryOf(action: Action, state: AppState): MenuEntry {
  return {
    id: action.id,
    label: action.words().title,
    // Keys without a modifier are typed into fields too: a menu would take them away.
    shortcut: action.shortcuts.find((shortcut) => /^(Mod\+|F\d)/.test(shortcut)) ?? null,
    enabled: action.enabled(state),
    checked: action.chosen?.(state) ?? null,
    line: action.line ?? false,
  };
}

/** Keeps the application menu like the list of actions. Returns how to stop. */
export function tellMenu({ store, main, notices }: Studio): () => void {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    timer = undefined;
    const menu = menuOf(store.getState());
    const key = JSON.stringify(menu);
    if (key === told) return;
    told = key;
    main.call('window:menu', menu).catch((error: unknown) => notices.error(error));
  };
  tell();
  const stop = store.subscribe(() => {
    timer ??= setTimeout(tell, REST_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
