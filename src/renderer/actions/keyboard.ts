import type { Studio } from '../studio/studio';
import { ACTIONS, runAction } from './index';
import { type Action, withPicture } from './action';
import { save } from './save';
import { returnKeys } from '../controls/pointer-focus';
import { onlyClosesTooltip } from '../controls/tooltip';
import { shortcutOf } from '../controls/shortcut';

/** Keys that a focused control uses itself. */
const CONTROL_KEYS = new Set(['Enter', ' ', 'Escape']);
const CONTROLS =
  'button, a, select, input[type="color"], input[type="checkbox"], [role="slider"], [role="combobox"], [role="radio"], [role="switch"], [role="menuitem"]';
const FIELDS = 'input:not([type="color"], [type="checkbox"]), textarea, [contenteditable="true"]';

/** Runs actions by their shortcuts, and by the application menu. Returns how to stop. */
export function listenToKeys(studio: Studio, mac: boolean): () => void {
  const byShortcut = new Map(
    ACTIONS.flatMap((action) => action.shortcuts.map((shortcut) => [shortcut, action] as const)),
  );
  const byId = new Map(ACTIONS.map((action) => [action.id, action]));
  const held = new Map<string, Action>();
  const letGo = (code: string) => {
    held.get(code)?.release?.(studio);
    held.delete(code);
  };
  const stop = new AbortController();
  const { signal } = stop;

  const press = (event: KeyboardEvent) => {
    if ((event.defaultPrevented && !onlyClosesTooltip(event)) || event.isComposing) return;
    if (studio.store.getState().dialog.kind !== 'closed') return;
    const action = byShortcut.get(shortcutOf(event, mac));
    if (!action || belongsToControl(event)) return;
    // Also when it cannot run now: the browser's own meaning of the keys is never wanted.
    event.preventDefault();
    if (event.repeat && (action.release || held.has(event.code))) return;
    if (runAction(studio, action) && action.release) held.set(event.code, action);
  };
  returnKeys(() => (withPicture(studio.store.getState()) ? document.querySelector('.canvas-view') : null), signal);
  window.addEventListener('keydown', press, { signal });
  window.addEventListener('keyup', (event) => letGo(event.code), { signal });
  window.addEventListener('blur', () => [...held.keys()].forEach(letGo), { signal });
  const stopMenu = studio.main.on('menu:action', ({ actionId }) => {
    const action = byId.get(actionId);
    if (action && !runAction(studio, action) && action.id === save.id) studio.saves.abandon();
  });
  return () => {
    stop.abort();
    stopMenu();
  };
}

function belongsToControl(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false;
  if (event.target.matches(FIELDS)) return !(event.ctrlKey || event.metaKey) || 'acvxz'.includes(event.key);
  // Words that are selected, of a message, are what is copied.
  if ((event.ctrlKey || event.metaKey) && event.key === 'c' && getSelection()?.isCollapsed === false) return true;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  return !modified && event.key !== 'Escape' && CONTROL_KEYS.has(event.key) && event.target.matches(CONTROLS);
}
