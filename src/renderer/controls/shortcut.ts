/** What of a keyboard event a shortcut is made of. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * A key press in the form of the action list: "Mod+Shift+S", "[", "Escape". Mod is Ctrl, on a Mac the command key.
 * Shift counts for letters and named keys only: how one types "?" depends on the keyboard.
 */
export function shortcutOf(press: KeyPress, mac: boolean): string {
  const letter = /^[a-z]$/i.test(press.key);
  const named = press.key.length > 1;
  const parts = [
    (mac ? press.metaKey : press.ctrlKey) ? 'Mod' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && (letter || named) ? 'Shift' : '',
    letter ? press.key.toUpperCase() : press.key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Enter: 'Enter',
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
const MAC_NAMES: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩' };

/** The keys of a shortcut as a person reads them. */
export function keysOf(shortcut: string, mac: boolean): readonly string[] {
  const parts = shortcut.endsWith('+')
    ? [...shortcut.slice(0, -1).split('+').filter(Boolean), '+']
    : shortcut.split('+');
  return parts.map(
    (part) => (mac ? MAC_NAMES[part] : undefined) ?? (part === 'Mod' ? 'Ctrl' : (KEY_NAMES[part] ?? part)),
  );
}
